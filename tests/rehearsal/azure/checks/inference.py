"""Checks of inference's behaviours."""

from __future__ import annotations

from collections.abc import Callable

from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import READER


def check_key(pretend: Pretend) -> None:
    pretend.deploy()
    response = pretend.chat(**{"api-key": "guessed"})
    assert (response.status_code, get_code(response)) == (401, "401")


def check_data_role(pretend: Pretend) -> None:
    pretend.deploy()
    response = pretend.as_(READER).chat()
    assert (response.status_code, get_code(response)) == (401, "PermissionDenied")


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "keys-are-checked": check_key,
    "model-calls-need-a-data-role": check_data_role,
}
