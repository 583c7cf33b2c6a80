"""Probes of what an account keeps of model calls: responses, and chats that are stored on request."""

from __future__ import annotations

from typing import Any

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.plane import TOKENS_EUR, Plane, open_plane
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, compare

_PATIENCE_SECONDS = 600
"""Ours: a stored chat is not listed at once."""
_STORED = "/chat/completions"


def _ask_response(lab: Lab) -> Verdict:
    """One that is kept, read, gone on from and deleted, and one that is not kept."""
    plane = open_plane(lab)
    with lab.deployed("kept", capacity=10):
        asked = {"model": "kept", "input": "Say yes.", "max_output_tokens": 16}
        kept = plane.insist("/responses", asked).body["id"]
        next_one = plane.insist("/responses", {**asked, "previous_response_id": kept}).body.get("id", "none")
        unkept = plane.insist("/responses", {**asked, "store": False}).body["id"]
        seen = [plane.ask("GET", f"/responses/{each}").status for each in (kept, next_one, unkept)]
        for each in (next_one, kept):
            plane.ask("DELETE", f"/responses/{each}")
        seen.append(plane.ask("GET", f"/responses/{kept}").status)
    return compare(seen, [200, 200, 404, 404])


def _ask_background(lab: Lab) -> Verdict:
    """One that is done later, and one that is stopped before it is done."""
    plane = open_plane(lab)
    with lab.deployed("later", capacity=10):
        asked = {"model": "later", "input": "Count to fifty.", "max_output_tokens": 400, "background": True}
        done, stopped = (plane.insist("/responses", asked).body for _ in range(2))
        plane.ask("POST", f"/responses/{stopped['id']}/cancel")

        def look() -> list[str] | None:
            found = [str(plane.ask("GET", f"/responses/{each['id']}").body["status"]) for each in (done, stopped)]
            return None if set(found) & {"queued", "in_progress"} else found

        ended = plane.wire.wait(look, limit_seconds=_PATIENCE_SECONDS)
        for each in (done, stopped):
            plane.ask("DELETE", f"/responses/{each['id']}")
    return compare((done["status"], ended), ("queued", ["completed", "cancelled"]))


def _store(plane: Plane) -> str:
    return str(plane.chat("stored", store=True, metadata={"made-by": "probe"}).body["id"])


def _list(plane: Plane) -> list[dict[str, Any]]:
    return list((plane.ask("GET", _STORED).body or {}).get("data") or ())


def _ask_stored(lab: Lab) -> Verdict:
    """Stored, listed, changed and deleted."""
    plane = open_plane(lab)
    with lab.deployed("stored", capacity=10):
        name = _store(plane)
    listed = plane.wire.wait(
        lambda: True if name in [each["id"] for each in _list(plane)] else None, limit_seconds=_PATIENCE_SECONDS
    )
    changed = plane.ask("POST", f"{_STORED}/{name}", {"metadata": {"seen": "yes"}}).body or {}
    deleted = plane.ask("DELETE", f"{_STORED}/{name}").status
    after = plane.ask("GET", f"{_STORED}/{name}").status
    seen = (bool(listed), (changed.get("metadata") or {}).get("seen"), deleted, after)
    return compare(seen, (True, "yes", 200, 404))


def _ask_disabled(lab: Lab) -> Verdict:
    """An account that keeps none; looked at as long as it takes elsewhere."""
    with lab.own_account("c", storedCompletionsDisabled=True) as account:
        plane = open_plane(lab, account)
        with lab.deployed("stored", account=account, capacity=10):
            _store(plane)
        found = plane.wire.wait(lambda: _list(plane) or None, limit_seconds=_PATIENCE_SECONDS)
    return compare(len(found or ()), 0)


PROBES = (
    Probe(behaviour="background-responses-take-time", ask=_ask_background, price_eur=TOKENS_EUR),
    Probe(behaviour="chats-are-stored-on-request", ask=_ask_stored, price_eur=TOKENS_EUR),
    Probe(behaviour="responses-are-kept", ask=_ask_response, price_eur=TOKENS_EUR),
    Probe(behaviour="stored-completions-can-be-disabled", ask=_ask_disabled, price_eur=TOKENS_EUR),
)
