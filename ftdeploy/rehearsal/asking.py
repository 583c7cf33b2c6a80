"""What commands ask the pretend Azure about itself: what time it is there, and what it leaned on."""

from __future__ import annotations

from typing import Any

from ftdeploy.rehearsal.pretend_azure import ask_pretend_azure
from ftdeploy.rehearsal.world import Address

_EVERYTHING = 1 << 60
"""Asks for no request at all, only for the number of the last one."""


def find_now(address: Address) -> str:
    """What time it is there, such as `2026-12-24T08:00:00.000000Z`; empty where that is this machine's."""
    clock = ask_pretend_azure(address, "clock")
    return str(clock["now"]) if clock["aheadSeconds"] else ""


def find_ahead_seconds(address: Address) -> float:
    """How far ahead of this machine's its clock is."""
    return float(ask_pretend_azure(address, "clock")["aheadSeconds"])


def find_last_request(address: Address) -> int:
    """The number of the last request that it answered."""
    return int(ask_pretend_azure(address, f"requests?after={_EVERYTHING}")["last"])


def list_changed_settings(address: Address) -> dict[str, Any]:
    """What is set otherwise than by default: `{"operationSeconds": 1.0}`."""
    found: dict[str, Any] = ask_pretend_azure(address, "settings?only=changed")
    return found


def list_assumed(address: Address, *, after: int) -> list[dict[str, str]]:
    """What requests later than `after` leaned on that is only assumed of Azure: `{"id", "title", "tag", "source"}`."""
    leaned = ask_pretend_azure(address, f"behaviours?after={after}")["behaviours"]
    return [each for each in leaned if each["tag"] == "assumed"]
