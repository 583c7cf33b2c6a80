"""The catalogue's figures one by one: listed, compared between two days, and those nobody looked at for long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum

from ftdeploy.domain.facts import Fact, Facts
from ftdeploy.domain.models import BaseModel

_ABOUT = {each.name for each in fields(Fact)}
"""Where a figure is from; no figure itself."""
_NO_KINDS = ("as_of", "base_models")
"""Fields of `Facts` that are told by others."""
KINDS: tuple[str, ...] = tuple(each.name for each in fields(Facts) if each.name not in _NO_KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of the catalogue."""

    kind: str
    """`ptu_sizes`, `offers`, …: a field of `Facts`."""
    thing: str
    """What it is of, such as `gpt-4o ProvisionedManaged`."""
    name: str
    """Such as `minimum_ptu`."""
    value: str
    source: str
    checked: str
    """Day, such as `2026-11-21`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is another figure on a later day."""

    kind: str
    thing: str
    name: str
    before: str | None
    """None where there was none."""
    after: str | None
    """None where there is none any more."""
    source: str


def list_figures(facts: Facts, kinds: Iterable[str] = KINDS) -> Iterator[Figure]:
    """Every figure of these kinds, sorted by thing."""
    for kind in kinds:
        known: Mapping[object, Fact] = getattr(facts, kind)
        for key, fact in sorted(known.items(), key=lambda each: _say(each[0])):
            for each in fields(fact):
                if each.name not in _ABOUT:
                    nothing = "everywhere" if each.name == "regions" else "none"
                    yield Figure(
                        kind=kind,
                        thing=_say(key),
                        name=each.name,
                        value=_say(getattr(fact, each.name), nothing=nothing),
                        source=fact.source,
                        checked=fact.checked,
                    )


def diff_figures(before: Facts, after: Facts, kinds: Iterable[str] = KINDS) -> Iterator[Change]:
    """What differs between two days, sorted by kind and thing."""
    wanted = tuple(kinds)
    old = {(each.kind, each.thing, each.name): each for each in list_figures(before, wanted)}
    new = {(each.kind, each.thing, each.name): each for each in list_figures(after, wanted)}
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if (was and was.value) != (now and now.value):
            kind, thing, name = key
            yield Change(
                kind=kind,
                thing=thing,
                name=name,
                before=was.value if was else None,
                after=now.value if now else None,
                source=(now or was or _NOTHING).source,
            )


_NOTHING = Figure(kind="", thing="", name="", value="", source="", checked="")


def list_stale(facts: Facts, *, today: date, days: int) -> Iterator[tuple[str, str, str]]:
    """Kind, thing, and day of the last comparison, of every fact that nobody compared with its page for so long."""
    oldest = (today - timedelta(days=days)).isoformat()
    seen = dict.fromkeys((each.kind, each.thing, each.checked) for each in list_figures(facts))
    return (each for each in seen if each[2] < oldest)


def _say(value: object, *, nothing: str = "everywhere") -> str:  # noqa: PLR0911 one line a kind of value
    if value is None:
        return nothing
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, BaseModel):
        return f"{value.name} {value.version}"
    if isinstance(value, tuple):
        return " ".join(_say(each) for each in value)
    if isinstance(value, frozenset):
        return ", ".join(sorted(_say(each) for each in value))
    if isinstance(value, Mapping):
        return "; ".join(f"{_say(key)}: {_say(each)}" for key, each in value.items())
    return str(value).lower() if isinstance(value, bool) else str(value)
