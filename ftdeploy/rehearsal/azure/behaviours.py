"""Every behaviour of Azure that the emulator has, how surely Azure has it, and which of them are switched off.

A handler asks `call.leans_on("one-write-per-account")` before it acts on a behaviour, and what comes due by itself asks
the world's switches: that notes what the request leaned on, what came due before it included, and answers False when
the behaviour is switched off by `--without`.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

RECORDINGS = Path(__file__).parent / "recordings"
"""What the live probe saw real Azure do: a file for each behaviour, which replaces its tag."""


class Tag(StrEnum):
    """How surely Azure behaves so."""

    RECORDED = "recorded"
    """An answer of real Azure to somebody else, quoted in the thread or page that the source names."""
    DOCUMENTED = "documented"
    """Stated in Microsoft's documentation or specification, at the address that the source names."""
    INFERRED = "inferred"
    """Follows from what is documented or from what clients handle, but nowhere stated."""
    ASSUMED = "assumed"
    """Our guess; a rehearsal says when it leaned on one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """One thing that Azure does and the emulator does too."""

    id: str
    title: str
    tag: Tag
    source: str


class UnknownBehaviour(ValueError):
    """`--without` names no behaviour; the text names the nearest."""


@cache
def list_behaviours() -> tuple[Behaviour, ...]:
    """All behaviours, as the providers' `behaviours.json` list them: sorted by id."""
    files = sorted(Path(__file__).parent.glob("*/behaviours.json"))
    entries = [each for file in files for each in json.loads(file.read_text(encoding="utf-8"))]
    return tuple(read_behaviour(each) for each in sorted(entries, key=lambda each: str(each["id"])))


def read_behaviour(entry: dict[str, Any], recordings: Path = RECORDINGS) -> Behaviour:
    """A behaviour as a provider lists it, or as a recording of Azure confirms it."""
    tag, source = Tag(entry["tag"]), entry["source"]
    recording = recordings / f"{entry['id']}.json"
    if recording.exists():
        seen = json.loads(recording.read_text(encoding="utf-8"))
        if seen["from"] == "Azure":
            tag, source = Tag.RECORDED, f"recordings/{entry['id']}.json ({seen['region']}, {seen['recorded']})"
    return Behaviour(id=entry["id"], title=entry["title"], tag=tag, source=source)


@cache
def _index() -> dict[str, Behaviour]:
    return {each.id: each for each in list_behaviours()}


def get_behaviour(behaviour_id: str) -> Behaviour:
    """The behaviour of that id.

    Raises:
        KeyError: a handler names a behaviour that is not registered.
    """
    return _index()[behaviour_id]


class Switches:
    """Which behaviours are on; all are, unless switched off by name."""

    def __init__(self, off: Iterable[str] = ()) -> None:
        known = [each.id for each in list_behaviours()]
        self._off = frozenset(off)
        self._leaned: set[str] = set()
        for wanted in sorted(self._off.difference(known)):
            near = difflib.get_close_matches(wanted, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else f"; one of: {', '.join(known)}"
            raise UnknownBehaviour(f"no behaviour is called {wanted}{hint}")

    def leans_on(self, behaviour_id: str) -> bool:
        """Note that what is done now leans on a behaviour; False when that is switched off."""
        self._leaned.add(get_behaviour(behaviour_id).id)
        return behaviour_id not in self._off

    def take_leaned(self) -> frozenset[str]:
        """What was leaned on since this was last asked."""
        leaned = frozenset(self._leaned)
        self._leaned.clear()
        return leaned
