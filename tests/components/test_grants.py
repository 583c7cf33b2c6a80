"""Which grants a refusal may be waiting for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ftdeploy.components.grants import Grants
from tests.components.builders import OTHER_TENANT, PRINCIPAL, SUPPORT

BEGAN = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
SCOPE = str(SUPPORT)
FORBIDDEN = (
    "Status=403 Code=\"AuthorizationFailed\" Message=\"The client 'x' with object id '{}' does not have "
    "authorization to perform action 'write' over scope '{}/deployments/y' or the scope is invalid.\""
)


class Said:
    """An output that is known: `Said("2026-11-21T10:00:30Z").apply(function)` calls it at once."""

    def __init__(self, text: str) -> None:
        self.text = text

    def apply(self, function) -> None:
        function(self.text)


class Unsaid:
    """An output that is not known yet."""

    def apply(self, function) -> None:
        pass


def grant(created_on) -> Grants:
    grants = Grants(BEGAN)
    grants.watch(created_on, principal=PRINCIPAL.upper(), scope=SCOPE.upper())
    return grants


@pytest.mark.parametrize(
    ("created_on", "is_awaited"),
    [
        pytest.param("2026-11-21T10:00:30.1234567Z", True, id="made by this update"),
        pytest.param("2026-11-21T09:59:00Z", True, id="made by this update, by Azure's clock"),
        pytest.param("2026-11-21T09:00:00Z", False, id="made before"),
        pytest.param("2026-11-21T10:00:30", True, id="without a zone"),
        pytest.param("yesterday", False, id="not a time"),
    ],
)
def test_time_of_creation_tells_whether_this_update_made_it(created_on, is_awaited):
    assert grant(Said(created_on)).is_awaited(FORBIDDEN.format(PRINCIPAL, SCOPE)) is is_awaited


@pytest.mark.parametrize(
    ("principal", "scope"),
    [
        pytest.param(OTHER_TENANT, SCOPE, id="another principal"),
        pytest.param(PRINCIPAL, SCOPE + "-two", id="another account, whose name begins alike"),
    ],
)
def test_grant_of_something_else_is_not_awaited(principal, scope):
    assert not grant(Said("2026-11-21T10:00:30Z")).is_awaited(FORBIDDEN.format(principal, scope))


def test_grant_under_way_is_awaited():
    assert grant(Unsaid()).is_awaited(FORBIDDEN.format(PRINCIPAL, SCOPE))
