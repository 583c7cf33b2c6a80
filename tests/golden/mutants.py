"""Defects that the golden transcripts must notice: each is one replacement of text in a copy of the package."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.rehearsal.engine.conftest import ROOT


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """`old` stands once in `file`; the first `steps` of `journey` tell it from the right one."""

    name: str
    file: str
    """Below `ftdeploy/rehearsal`."""
    old: str
    new: str
    journey: str
    steps: int


MUTANTS = (
    Mutant(
        name="delete order reversed",
        file="engine/removal.py",
        old="return reversed(layers)",
        new="return iter(layers)",
        journey="scripted/chain",
        steps=4,
    ),
    Mutant(
        name="one dependency dropped",
        file="engine/goals.py",
        old="dependencies=list(request.dependencies)",
        new="dependencies=list(request.dependencies)[1:]",
        journey="scripted/chain",
        steps=2,
    ),
    Mutant(
        name="alias ignored",
        file="engine/generator.py",
        old="for former in (new.urn, *(self._render_alias(goal, each) for each in goal.aliases)):",
        new="for former in (new.urn,):",
        journey="scripted/alias",
        steps=2,
    ),
    Mutant(
        name="replace create-first",
        file="engine/generator.py",
        old="return [*self._list_deletes_before(old), *_list_replacing(old, new, diff)]",
        new="return [*_list_replacing(old, new, diff), *self._list_deletes_before(old)]",
        journey="scripted/trigger",
        steps=2,
    ),
    Mutant(
        name="protect ignored",
        file="engine/removal.py",
        old="protected = [each for each in deletes if each.resource.protect]",
        new="protected = [each for each in deletes if not each.urn]",
        journey="scripted/protect",
        steps=2,
    ),
    Mutant(
        name="partial failure as success",
        file="engine/steps.py",
        old="            raise\n\n    def _send",
        new="            if failure.partial is None:\n                raise\n\n    def _send",
        journey="scripted/partial",
        steps=1,
    ),
    Mutant(
        name="hook result ignored",
        file="engine/hooks.py",
        old="return bool(answer.retry)",
        new="return False",
        journey="scripted/hooks",
        steps=1,
    ),
    Mutant(
        name="unknown as null",
        file="engine/values.py",
        old="    if not isinstance(value, dict):\n        return value\n",
        new="    if not isinstance(value, dict):\n        return None if value == UNKNOWN else value\n",
        journey="scripted/chain",
        steps=1,
    ),
    Mutant(
        name="provider change as same",
        file="engine/registry.py",
        old="return found or Diff(has_changes=old.outputs != drop_internal(new.inputs))",
        new="return Diff()",
        journey="scripted/provider",
        steps=2,
    ),
    Mutant(
        name="outputs not saved",
        file="engine/provider.py",
        old="state.id, state.outputs, state.init_errors = outcome.id, outcome.outputs, list(outcome.reasons)",
        new="state.id, state.init_errors = outcome.id, list(outcome.reasons)",
        journey="scripted/chain",
        steps=2,
    ),
    Mutant(
        name="plugin: partial failure as success",
        file="plugin/service.py",
        old="            raise partly from error\n",
        new="            return self._manager.get(url)\n",
        journey="failed",
        steps=1,
    ),
    Mutant(
        name="plugin: outputs not told",
        file="plugin/shapes.py",
        old='return _select(self.shape, body, "both", "answers")',
        new='return _select(self.shape, body, "both")',
        journey="dev",
        steps=2,
    ),
    Mutant(
        name="plugin: replacement as update",
        file="plugin/shapes.py",
        old='self.replacing = {*self.path_names, *entry.get("createOnly", [])}',
        new="self.replacing = set[str]()",
        journey="replace",
        steps=2,
    ),
)


def copy_package(folder: Path, mutant: Mutant | None) -> None:
    """A copy of the package in `folder`, with the defect in it."""
    shutil.copytree(ROOT / "ftdeploy", folder / "ftdeploy")
    if mutant is None:
        return
    path = folder / "ftdeploy/rehearsal" / mutant.file
    text = path.read_text(encoding="utf-8")
    assert text.count(mutant.old) == 1, (
        f"{mutant.name}: its text stands {text.count(mutant.old)} times in {mutant.file}"
    )
    path.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
