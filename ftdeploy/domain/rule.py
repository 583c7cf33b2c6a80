"""What a rule is, and how its findings are made those of a place, a level and a waiver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import AccountWish, DeploymentWish, FleetWish, StackWish
from ftdeploy.errors import Problem

S = TypeVar("S", DeploymentWish, AccountWish, StackWish, FleetWish)


class Level(StrEnum):
    """What a finding does."""

    MANDATORY = "mandatory"
    """It stops."""
    ADVISORY = "advisory"
    """It is only told."""
    OFF = "off"
    """Nobody asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What a rule thinks of an example; each text is YAML, written below the thing it is named after."""

    deployment: str = ""
    account: str = ""
    stack: str = ""
    fleet: str = ""
    as_of: str = ""
    """The day it is looked at; empty where every day will do."""
    note: str = ""
    """What the files do not show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[S]):
    """Something that everything of one kind has to keep to."""

    id: str
    """A statement of what is wanted, such as `ptu-at-legal-size`."""
    title: str
    why: str
    source: str
    """Page that says so; a problem with a source of its own overrules it."""
    judges: type[S]
    check: Callable[[S, Terms], Iterator[Problem]]
    """Yields a problem for each breach; one of level `advisory` where a figure is missing."""
    level: Level = Level.MANDATORY
    """Of a breach, where the fleet says nothing."""
    is_local: bool = True
    """Whether one resource's own properties are enough to judge it."""
    is_dated: bool = False
    """Whether an untouched stack can come to break it as days pass."""
    limits: tuple[str, ...] = ()
    """The fields of `Limits` that it reads."""
    good: Sample
    bad: Sample
