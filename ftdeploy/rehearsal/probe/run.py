"""One run of the probe: what it would cost, what it found, and what is kept of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from ftdeploy.errors import InputError, Place, Problem, refuse
from ftdeploy.rehearsal.probe import accounts, deployments, platform
from ftdeploy.rehearsal.probe.lab import Lab, open_lab
from ftdeploy.rehearsal.probe.redaction import Redaction
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict

PROBES: tuple[Probe, ...] = (*accounts.PROBES, *platform.PROBES, *deployments.PROBES)
REAL = "https://management.azure.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one probe found; no verdict where it could not be tried."""

    behaviour: str
    verdict: Verdict | None
    problem: str = ""

    def to_json(self) -> dict[str, Any]:
        """`{"behaviour", "result": "agrees" | "differs" | "not tried", "seen"}`."""
        if self.verdict is None:
            return {"behaviour": self.behaviour, "result": "not tried", "seen": self.problem}
        result = "agrees" if self.verdict.agrees else "differs"
        return {"behaviour": self.behaviour, "result": result, "seen": self.verdict.seen}


def choose(lab: Lab, cap_eur: float, wanted: Sequence[str] = ()) -> list[Probe]:
    """The probes to run: all that can be, or those named.

    Raises:
        InputError: a name that no probe has, or the worst price is above the cap.
    """
    unknown = sorted(set(wanted) - {each.behaviour for each in PROBES})
    if unknown:
        allowed = tuple(each.behaviour for each in PROBES)
        problem = f"no probe for {', '.join(unknown)}"
        raise InputError((Problem(problem=problem, where=Place(name="--only"), fix="name others", allowed=allowed),))
    named = [each for each in PROBES if not wanted or each.behaviour in wanted]
    chosen = [each for each in named if lab.model or not each.needs_model]
    worst_eur = sum(each.price_eur for each in chosen)
    if worst_eur > cap_eur:
        raise refuse(
            f"this may cost {worst_eur:.2f} EUR, and the cap is {cap_eur:.2f} EUR",
            where="--cap-eur",
            fix=f"allow it with `--cap-eur {worst_eur:.2f}`, or name fewer with `--only`",
        )
    return chosen


def run(lab: Lab, probes: Sequence[Probe], folder: Path | None, tell: Callable[[str], None]) -> list[Finding]:
    """Ask everything, clear away, and write what agrees into a folder.

    Recordings of anything but Azure say so, and never count as recorded.
    """
    findings: list[Finding] = []
    with open_lab(lab):
        lab.wire.take()
        for each in probes:
            finding = _try(lab, each)
            findings.append(finding)
            told = finding.to_json()
            tell(f"{told['result']:<10} {each.behaviour}: {told['seen']}")
            exchanges = lab.wire.take()
            if folder is not None and finding.verdict is not None and finding.verdict.agrees:
                redaction = Redaction(lab.names)
                _write(folder, lab, finding, [redaction.render(one) for one in exchanges])
    return findings


def _try(lab: Lab, probe: Probe) -> Finding:
    try:
        return Finding(behaviour=probe.behaviour, verdict=probe.ask(lab))
    except (httpx.HTTPError, KeyError, TypeError) as error:
        return Finding(behaviour=probe.behaviour, verdict=None, problem=f"{type(error).__name__}: {error}")


def _write(folder: Path, lab: Lab, finding: Finding, exchanges: list[dict[str, Any]]) -> None:
    content = {
        "behaviour": finding.behaviour,
        "recorded": f"{datetime.now(UTC):%Y-%m-%d}",
        "from": "Azure" if lab.wire.base == REAL else "a pretend Azure",
        "region": lab.region,
        "exchanges": exchanges,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{finding.behaviour}.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
