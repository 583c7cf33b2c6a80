"""What asking found, told as it is found, and what is kept of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.places import REAL
from ftdeploy.rehearsal.probe.redaction import Redaction
from ftdeploy.rehearsal.probe.verdicts import Verdict

Tell = Callable[[str], None]
UNTRIED = (httpx.HTTPError, AttributeError, LookupError, TypeError, ValueError)
"""What is raised where an answer has not the form that a probe reads, or does not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one probe found; no verdict where it could not be tried."""

    behaviour: str
    verdict: Verdict | None
    problem: str = ""

    @property
    def agrees(self) -> bool:
        """Whether Azure behaves as claimed."""
        return self.verdict is not None and self.verdict.agrees

    def to_json(self) -> dict[str, Any]:
        """`{"behaviour", "result": "agrees" | "differs" | "not tried", "seen"}`."""
        if self.verdict is None:
            return {"behaviour": self.behaviour, "result": "not tried", "seen": self.problem}
        result = "agrees" if self.verdict.agrees else "differs"
        return {"behaviour": self.behaviour, "result": result, "seen": self.verdict.seen}


def find(lab: Lab, behaviour: str, ask: Callable[[], Verdict], folder: Path | None, tell: Tell) -> Finding:
    """Ask, tell what was found, and write what agrees into a folder.

    Recordings of anything but Azure say so, and never count as recorded.
    """
    lab.wire.take()
    try:
        finding = Finding(behaviour=behaviour, verdict=ask())
    except UNTRIED as error:
        last = lab.wire.exchanges[-1:]
        answer = "".join(f", after {each.status} {each.code}".rstrip() for each in last)
        finding = Finding(behaviour=behaviour, verdict=None, problem=f"{type(error).__name__}: {error}{answer}")
    told = finding.to_json()
    tell(f"{told['result']:<10} {behaviour}: {told['seen']}")
    if folder is not None and finding.agrees:
        _write(folder, lab, behaviour)
    return finding


def _write(folder: Path, lab: Lab, behaviour: str) -> None:
    redaction = Redaction(lab.names)
    content = {
        "behaviour": behaviour,
        "recorded": f"{datetime.now(UTC):%Y-%m-%d}",
        "from": "Azure" if lab.wire.base == REAL else "a pretend Azure",
        "region": lab.region,
        "exchanges": [redaction.render(each) for each in lab.wire.take()],
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{behaviour}.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
