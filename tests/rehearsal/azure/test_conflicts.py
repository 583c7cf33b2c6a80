"""One write at a time for each account, whoever asks."""

from __future__ import annotations

import pytest

from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, GROUP, IDLE_ACCOUNT

BOT = f"{ACCOUNT}/deployments/bot"


@pytest.fixture
def busy(slow: Pretend) -> Pretend:
    """`bot` exists, and another deployment of its account is being made."""
    slow.deploy("bot")
    slow.pass_seconds(61)
    slow.deploy("other")
    return slow


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("DELETE", BOT, None),
        ("PATCH", BOT, {"tags": {}}),
        ("PATCH", ACCOUNT, {"tags": {}}),
        ("PUT", ACCOUNT, {"location": "swedencentral"}),
        ("DELETE", ACCOUNT, None),
    ],
    ids=["delete", "patch", "account-patch", "account-put", "account-delete"],
)
def test_second_write_is_refused_in_azures_words(busy: Pretend, method: str, path: str, body: dict | None) -> None:
    response = busy.ask(method, path, body)

    assert (response.status_code, get_code(response)) == (409, "RequestConflict")
    assert response.json()["error"]["message"] == (
        f"Another operation is being performed on the parent resource '{ACCOUNT}'. Please try again later."
    )


def test_other_accounts_are_not_held_up(busy: Pretend) -> None:
    response = busy.ask("PATCH", IDLE_ACCOUNT, {"tags": {"a": "b"}})

    assert response.status_code == 200


def test_account_is_free_when_the_operation_ends(busy: Pretend) -> None:
    busy.pass_seconds(61)

    assert busy.delete(BOT).status_code == 202


def test_delete_under_way_holds_the_account(slow: Pretend) -> None:
    slow.deploy("bot")
    slow.pass_seconds(61)
    slow.delete(BOT)

    assert get_code(slow.deploy("other")) == "RequestConflict"


def test_reading_is_never_refused(busy: Pretend) -> None:
    assert busy.get(BOT).status_code == 200
    assert busy.get(GROUP).status_code == 200
