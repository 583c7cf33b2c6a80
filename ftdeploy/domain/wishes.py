"""What a rule judges, and what a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ftdeploy.domain.facts import Facts
from ftdeploy.domain.models import BaseModel
from ftdeploy.errors import Place, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentWish:
    """A wanted deployment as every mouth can tell it: a stack file, the program, the policy pack."""

    where: Place
    """The place of the capacity: file, line and key, or the resource's name."""
    sku_text: str
    """As written, in any letter case."""
    capacity: int
    """PTU on a provisioned SKU, otherwise thousands of tokens a minute."""
    base: BaseModel | None
    """None where nothing tells what was fine-tuned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Something that every deployment has to keep to."""

    id: str
    """A statement of what is wanted, such as `ptu-at-legal-size`."""
    title: str
    why: str
    source: str
    check: Callable[[DeploymentWish, Facts], Iterator[Problem]]
    """Yields a problem for each breach; one of level `advisory` where a figure is missing."""
