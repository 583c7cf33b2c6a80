"""The shape of catalogue entries: figures with unit, source and the day they were checked."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel as Schema
from pydantic import BeforeValidator, ConfigDict, Field


def _read_date(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError('write the date in quotes, such as "2026-11-21"')
    return date.fromisoformat(value)


QuotedDate = Annotated[date, BeforeValidator(_read_date)]
_Guid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class Entry(Schema):
    """What every entry says of itself."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: str
    """Unique in its file; the file is sorted by it."""
    holds_from: QuotedDate = Field(alias="from")
    """First day on which the entry is known to hold."""
    source: Annotated[str, Field(pattern=r"^https://")]
    """The page that says so."""
    checked: QuotedDate
    """The day somebody compared the entry with its source."""


class RegionEntry(Entry):
    """A region; its id is Azure's name for it."""


class ModelEntry(Entry):
    """A base model that can be fine-tuned."""

    name: str
    """Azure's name of it."""
    version: str
    """Azure's version of it: a date."""


class RoleEntry(Entry):
    """A built-in role; its id is the role's name."""

    guid: _Guid
    """Of the role definition, the same in every tenant."""


class PtuEntry(Entry):
    """How regional provisioned throughput is sold for one base model."""

    base: str
    """Name of the base model."""
    minimum_ptu: Annotated[int, Field(ge=1)]
    """Smallest purchase."""
    step_ptu: Annotated[int, Field(ge=1)]
    """Every size is the minimum plus whole steps."""
    input_tpm_per_ptu: Annotated[int, Field(ge=1)]
    """Input tokens a minute that one PTU carries."""
    output_weight_input_tokens: Annotated[int, Field(ge=1)]
    """How many input tokens one output token counts as."""
