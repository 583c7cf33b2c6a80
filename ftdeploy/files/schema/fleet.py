"""Shape of `fleet.yaml`: the stages, their order, and what holds for many stacks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ftdeploy.files.schema.fields import Label, Schema


class StageEntry(Schema):
    """A stage; stacks name it in `stage`."""

    after: list[str] = Field(default_factory=list)
    """Stages in which a model has to be deployed before it may come here."""


class MatchEntry(Schema):
    """Which stacks a default is for; what is not named matches all."""

    stage: str | None = None
    """Stage of the stacks."""
    geography: str | None = None
    """Geography of the stacks."""
    stack: str | None = None
    """Name of one stack."""


class SetEntry(Schema):
    """What a default sets. Nothing that costs money or opens a door can be set here."""

    owner: Annotated[str, Field(min_length=1)] | None = None
    """Owner of a stack that names none."""
    protect: bool | None = None
    """For accounts and deployments that say nothing themselves."""
    content_filter: str | None = None
    """For deployments that say nothing themselves."""
    change: Literal["inPlace", "beside"] | None = None
    """For deployments that say nothing themselves."""


class DefaultEntry(Schema):
    """A default for some stacks; of several that match, the last one wins."""

    match: MatchEntry
    """Which stacks it is for."""
    set: SetEntry
    """What it sets."""


class FleetFile(Schema):
    """What holds for all stacks."""

    requires: Annotated[str, Field(examples=["ftdeploy>=0.1,<1"])]
    """Versions of ftdeploy that read these files."""
    stages: dict[Label, StageEntry]
    """The stages, by name."""
    defaults: list[DefaultEntry] = Field(default_factory=list)
    """What stacks need not repeat."""
