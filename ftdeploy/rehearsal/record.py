"""The record of a rehearsal, for whoever decides by it later."""

from __future__ import annotations

import hashlib
import os
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from ftdeploy.errors import refuse
from ftdeploy.files.schema.record import (
    AssumedEntry,
    ComparedEntry,
    EngineEntry,
    PluginEntry,
    RecordFile,
)
from ftdeploy.rehearsal.asking import find_ahead_seconds, list_changed_settings
from ftdeploy.rehearsal.engines import COMPARED_CLI, COMPARED_SDK, PLUGIN_VERSION, Engine
from ftdeploy.rehearsal.result import Result
from ftdeploy.rehearsal.session import Session
from ftdeploy.workflows.revision import Revision, find_revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A record that is begun: what is true before the operation."""

    path: Path
    revision: Revision
    began: datetime


def begin_recording(session: Session, path: Path) -> Recording:
    """Find out what is rehearsed, and that the record can be written.

    Raises:
        InputError: nothing is committed, or the file's folder does not exist.
    """
    if not path.parent.is_dir():
        raise refuse("the folder does not exist", where=f"--record {path}", fix=f"run `mkdir -p {path.parent}`")
    return Recording(
        path=path,
        revision=find_revision(session.world.root, os.environ),
        began=datetime.now(UTC).replace(microsecond=0),
    )


def write_record(recording: Recording, session: Session, result: Result) -> None:
    """Write what came of the operation, whole or not at all."""
    record = RecordFile(
        commit=recording.revision.commit,
        is_clean=recording.revision.is_clean,
        stack=result.stack,
        operation=result.operation,  # type: ignore[arg-type]  # one of five words, which pydantic checks
        library=version("ftdeploy"),
        engine=_describe(session.engine),
        plugin=PluginEntry(name="azure-native-stand-in", version=PLUGIN_VERSION),
        compared_with=ComparedEntry(cli=COMPARED_CLI, sdk=COMPARED_SDK),
        scenario_sha256=hashlib.sha256(session.world.scenario.read_bytes()).hexdigest(),
        began=recording.began,
        clock_ahead_seconds=find_ahead_seconds(session.address),
        settings=list_changed_settings(session.address),
        duration_seconds=result.seconds,
        result="succeeded" if result.is_success else "failed",
        changes=dict(result.changes),
        violations=tuple(f"{each.policy} ({each.level})" for each in result.violations),
        errors=tuple(result.errors),
        assumed=tuple(AssumedEntry(id=each["id"], title=each["title"]) for each in result.assumed),
    )
    draft = recording.path.with_name(f"{recording.path.name}.new")
    draft.write_text(record.model_dump_json(by_alias=True, indent=2) + "\n", encoding="utf-8")
    draft.replace(recording.path)


def _describe(engine: Engine) -> EngineEntry:
    if engine.is_embedded:
        return EngineEntry(name="embedded", version=version("ftdeploy"))
    said = subprocess.run([engine.executable, "version"], capture_output=True, text=True, check=True)
    return EngineEntry(name="pulumi", version=said.stdout.strip().removeprefix("v"))
