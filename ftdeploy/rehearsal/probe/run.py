"""One run of the probe: everything that is asked within minutes, in a lab that is gone at its end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from ftdeploy.rehearsal.probe import (
    accounts,
    batch,
    calls,
    deployments,
    files,
    identities,
    kept,
    limits,
    metrics,
    platform,
    provisioned,
    refusals,
    roles,
    signin,
    training,
)
from ftdeploy.rehearsal.probe.findings import Finding, Tell, find
from ftdeploy.rehearsal.probe.lab import Lab, open_lab
from ftdeploy.rehearsal.probe.verdicts import Probe

_AREAS = (
    *(
        platform,
        signin,
        identities,
        roles,
        accounts,
        deployments,
        calls,
        refusals,
        kept,
        metrics,
        batch,
        files,
        training,
    ),
    *(limits, provisioned),
)
PROBES: tuple[Probe, ...] = tuple(each for area in _AREAS for each in area.PROBES)
"""In the order in which they are asked."""


def run(lab: Lab, probes: Sequence[Probe], folder: Path | None, tell: Tell) -> list[Finding]:
    """Ask everything, clear away, and write what agrees into a folder."""
    with open_lab(lab):
        return [find(lab, each.behaviour, partial(each.ask, lab), folder, tell) for each in probes]
