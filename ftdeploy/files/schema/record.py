"""Shape of a rehearsal's record: what was rehearsed, with what, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from ftdeploy.files.schema.fields import Schema, Sha256


class Written(Schema):
    """A mapping that we write ourselves, so that it is made by the names that Python uses too."""

    model_config = ConfigDict(populate_by_name=True)


class EngineEntry(Written):
    """The deployment engine of an operation."""

    name: Literal["pulumi", "embedded"]
    """`pulumi` is the Pulumi CLI; the embedded engine is a demonstration and a fast test, not an authority."""
    version: str
    """The CLI's version; of the embedded engine, this library's."""


class PluginEntry(Written):
    """The provider plugin of an operation."""

    name: Literal["azure-native-stand-in"]
    """The stand-in for the azure-native provider plugin."""
    version: str
    """The azure-native release that it stands in for."""


class ComparedEntry(Written):
    """What engine and plugin were compared with when they were made."""

    cli: str
    """Version of the Pulumi CLI."""
    sdk: str
    """Version of the Pulumi SDK."""


class AssumedEntry(Written):
    """One thing that was leaned on and is only assumed of Azure."""

    id: str
    """The behaviour's name in the emulator's table."""
    title: str
    """What Azure is assumed to do."""


class RecordFile(Written):
    """What `rehearse … --record FILE` writes."""

    record_version: Literal[1] = 1
    """Grows when fields change their meaning."""
    commit: Annotated[str, Field(pattern=r"^[0-9a-f]{40,64}$")]
    """The commit that was rehearsed."""
    is_clean: bool
    """Whether stacks, models, program and policies were as the commit has them."""
    stack: str
    """The stack's name."""
    operation: Literal["up", "preview", "refresh", "destroy", "import"]
    """What was carried out."""
    library: str
    """This library's version."""
    engine: EngineEntry
    """What carried it out."""
    plugin: PluginEntry
    """What spoke to the pretend Azure."""
    compared_with: ComparedEntry
    """What both were compared with."""
    scenario_sha256: Sha256
    """Digest of what existed beforehand."""
    began: datetime
    """By the machine's clock, in UTC."""
    clock_ahead_seconds: float
    """How far ahead of the machine's the pretend Azure's clock was: facts and dates were those of that day."""
    settings: dict[str, bool | int | float | list[str]]
    """What was set otherwise than Azure is taken to have it on that day."""
    duration_seconds: float
    """How long it took."""
    result: Literal["succeeded", "failed"]
    """What came of it."""
    changes: dict[str, int]
    """How many resources, by what was done to them: `create`, `update`, `same`, …"""
    violations: tuple[str, ...]
    """Policies that were violated, advisory ones too."""
    errors: tuple[str, ...]
    """What was said when it failed."""
    assumed: tuple[AssumedEntry, ...]
    """What was leaned on that is only assumed of Azure."""
