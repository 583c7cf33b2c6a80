"""Checks of stored completions."""

from __future__ import annotations

from collections.abc import Callable

from tests.rehearsal.azure.dataplane import ask_plane
from tests.rehearsal.azure.pretend import Pretend
from tests.rehearsal.azure.scenarios import ACCOUNT

CHAT = {"model": "bot", "messages": [{"role": "user", "content": "Hello?"}], "store": True}


def store(pretend: Pretend, **asked: object) -> str:
    """Chat with a deployment so that it is kept; the id."""
    return str(ask_plane(pretend, "POST", "/chat/completions", {**CHAT, **asked}).json()["id"])


def count_stored(pretend: Pretend) -> int:
    return int(ask_plane(pretend, "GET", "/chat/completions").json()["total"])


def check_stored(pretend: Pretend) -> None:
    pretend.deploy()
    store(pretend)
    assert count_stored(pretend) == 1


def check_disabled(pretend: Pretend) -> None:
    pretend.deploy()
    account = pretend.world.resources.find(ACCOUNT)
    account.properties["storedCompletionsDisabled"] = True
    pretend.world.resources.save(account)
    store(pretend)
    assert count_stored(pretend) == 0


def check_limit(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.world.settings.put("storedCompletionsBytes", 10)
    store(pretend)
    assert count_stored(pretend) == 0


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "chats-are-stored-on-request": check_stored,
    "stored-completions-can-be-disabled": check_disabled,
    "stored-completions-have-a-limit": check_limit,
}
