"""Leaving something in the lab, and coming back to look at it: what is left stands in a file, with when it is due."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from ftdeploy.errors import refuse
from ftdeploy.rehearsal.probe.findings import UNTRIED, Finding, Tell, find
from ftdeploy.rehearsal.probe.lab import Lab, set_up
from ftdeploy.rehearsal.probe.watches import WATCHES, Watch
from ftdeploy.rehearsal.probe.wire import Wire

_WATCHES = {each.behaviour: each for each in WATCHES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """One thing that is watched."""

    behaviour: str
    name: str
    """Of what was made for it."""
    due: str
    """`2026-11-22T16:00:00+00:00`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A lab that waits."""

    mark: str
    subscription: str
    region: str
    model: str
    source: str
    left: tuple[Left, ...]

    def open_lab(self, wire: Wire) -> Lab:
        """The lab as it was left."""
        return Lab(
            wire=wire,
            subscription=self.subscription,
            region=self.region,
            mark=self.mark,
            model=self.model,
            source=self.source,
        )


def leave(lab: Lab, watches: Sequence[Watch], file: Path, tell: Tell) -> Stay:
    """Make a lab with what is to be watched, and write down what there is; with nothing to watch, it is gone again."""
    try:
        set_up(lab)
        left = tuple(each for watch in watches for each in _begin(lab, watch, tell))
        own = {"mark": lab.mark, "subscription": lab.subscription, "region": lab.region}
        stay = Stay(**own, model=lab.model, source=lab.source, left=left)
        if left:
            _write(file, stay)
    except BaseException:
        lab.clear()
        raise
    if not left:
        lab.clear()
    return stay


def _begin(lab: Lab, watch: Watch, tell: Tell) -> Iterator[Left]:
    due = lab.wire.now() + timedelta(seconds=watch.after_seconds)
    try:
        name = watch.leave(lab)
    except UNTRIED as error:
        tell(f"not tried  {watch.behaviour}: {error}")
        return
    tell(f"left       {watch.behaviour}: come back after {due:%Y-%m-%d %H:%M} UTC")
    yield Left(behaviour=watch.behaviour, name=name, due=due.isoformat(timespec="seconds"))


def come_back(  # noqa: PLR0913 a run and where it was left
    stay: Stay, lab: Lab, file: Path, folder: Path | None, tell: Tell, *, gives_up: bool = False
) -> list[Finding]:
    """Look at what is due; once nothing is left to wait for, or whatever is left when giving up, clear away."""
    now = lab.wire.now()
    due = [each for each in stay.left if datetime.fromisoformat(each.due) <= now]
    waiting = tuple(each for each in stay.left if each not in due)
    looks = {each.behaviour: partial(_WATCHES[each.behaviour].look, lab, each.name) for each in due}
    findings = [find(lab, behaviour, look, folder, tell) for behaviour, look in looks.items()]
    if waiting and not gives_up:
        _write(file, replace(stay, left=waiting))
        for each in waiting:
            tell(f"not due    {each.behaviour}: come back after {datetime.fromisoformat(each.due):%Y-%m-%d %H:%M} UTC")
        return findings
    lab.clear()
    file.unlink()
    return findings


def load_stay(file: Path) -> Stay:
    """What was left, by its file.

    Raises:
        InputError: the file is missing, or `--leave` did not write it.
    """
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return Stay(**{**found, "left": tuple(Left(**each) for each in found["left"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise refuse(
            f"it says nothing that was left: {error}", where=str(file), fix="name the file of `--leave`"
        ) from error


def _write(file: Path, stay: Stay) -> None:
    file.write_text(json.dumps(asdict(stay), indent=2) + "\n", encoding="utf-8")
