"""Firewalls: which calls reach a model endpoint."""

from __future__ import annotations

import pytest

from tests.rehearsal.azure.pretend import Pretend
from tests.rehearsal.azure.scenarios import ACCOUNT


@pytest.mark.parametrize(
    ("rules", "status"),
    [
        ({"defaultAction": "Allow"}, 200),
        ({"defaultAction": "Deny"}, 403),
        ({"defaultAction": "Deny", "ipRules": [{"value": "203.0.113.0/24"}]}, 200),
        ({"defaultAction": "Deny", "ipRules": [{"value": "198.51.100.7"}]}, 403),
    ],
    ids=["open", "closed", "listed", "another-listed"],
)
def test_firewall_lists_who_may_call(pretend: Pretend, rules: dict, status: int) -> None:
    pretend.deploy()
    pretend.ask("PATCH", ACCOUNT, {"properties": {"networkAcls": rules}})

    assert pretend.chat().status_code == status


@pytest.mark.parametrize(
    "rules", [{"defaultAction": "Ask"}, {"ipRules": [{"value": "here"}]}, {"ipRules": ["203.0.113.10"]}]
)
def test_firewall_that_cannot_be_is_refused(pretend: Pretend, rules: dict) -> None:
    refused = pretend.ask("PATCH", ACCOUNT, {"properties": {"networkAcls": rules}})

    assert refused.status_code == 400
    assert "networkAcls" not in pretend.get(ACCOUNT).json()["properties"]
