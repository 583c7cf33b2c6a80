"""The folder `models/`: every model with its current origins, checked against the digests in their names."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ftdeploy.domain.facts import Facts
from ftdeploy.domain.models import BaseModel, Model
from ftdeploy.errors import InputError, Problem
from ftdeploy.files.documents import quote, read_bytes
from ftdeploy.files.findings import Findings
from ftdeploy.files.names import check_base, digest_bytes
from ftdeploy.files.origins import load_origins
from ftdeploy.files.parse import parse_bytes
from ftdeploy.files.refusals import validate
from ftdeploy.files.schema.models import ModelFile

FOLDER = "models"

_Read = tuple[Model | None, tuple[Problem, ...]]
"""A model, or what is wrong with its files."""


@dataclass(slots=True)
class Shelf:
    """Reads models once each, and collects what is wrong with the files of those that were asked for."""

    root: Path
    facts: Facts
    problems: list[Problem] = field(default_factory=list)
    _read: dict[tuple[str, str], _Read] = field(default_factory=dict)
    _listed: dict[Path, tuple[str, ...]] = field(default_factory=dict)

    def share(self) -> Shelf:
        """The same models, with the problems of others left out."""
        return Shelf(self.root, self.facts, _read=self._read, _listed=self._listed)

    def list_names(self) -> tuple[str, ...]:
        """Names of all models, sorted."""
        return self._list(self.root / FOLDER)

    def list_ids(self, name: str) -> tuple[str, ...]:
        """Ids of all models of one name, sorted."""
        return self._list(self.root / FOLDER / name)

    def _list(self, folder: Path) -> tuple[str, ...]:
        if folder not in self._listed:
            self._listed[folder] = _list_folders(folder)
        return self._listed[folder]

    def find(self, name: str, model_id: str) -> Model | None:
        """The model in `models/<name>/<id>`; None, with problems collected, when its files are not right."""
        key = (name, model_id)
        if key not in self._read:
            self._read[key] = _try_model(self.root, name, model_id, self.facts)
        model, problems = self._read[key]
        self.problems.extend(each for each in problems if each not in self.problems)
        return model


def load_models(root: Path, facts: Facts) -> tuple[Model, ...]:
    """Every model in `models/`, sorted by name and id.

    Raises:
        InputError: files are not right; all problems at once.
    """
    shelf = Shelf(root, facts)
    found = [shelf.find(name, model_id) for name in shelf.list_names() for model_id in shelf.list_ids(name)]
    if shelf.problems:
        raise InputError(tuple(shelf.problems))
    return tuple(each for each in found if each is not None)


def _list_folders(folder: Path) -> tuple[str, ...]:
    if not folder.is_dir():
        return ()
    return tuple(sorted(each.name for each in folder.iterdir() if each.is_dir() and not each.name.startswith(".")))


def _try_model(root: Path, name: str, model_id: str, facts: Facts) -> _Read:
    try:
        return _load_model(root, name, model_id, facts), ()
    except InputError as error:
        return None, error.problems


def _load_model(root: Path, name: str, model_id: str, facts: Facts) -> Model:
    folder = f"{FOLDER}/{name}/{model_id}"
    file_name = f"{folder}/model.yaml"
    data = read_bytes(root / file_name, file_name)
    findings = Findings(parse_bytes(data, file_name))
    entry = validate(findings, ModelFile)
    if digest_bytes(data) != model_id:
        _add_altered(findings, folder, digest_bytes(data))
    if entry is not None:
        check_base(findings, ("base",), entry.base, facts)
    base = None if entry is None else BaseModel(name=entry.base.name, version=entry.base.version)
    origins, problems = load_origins(root, f"{folder}/origins", base)
    problems = [*findings.problems, *problems]
    if problems or base is None:
        raise InputError(tuple(problems))
    return Model(name=name, id=model_id, base=base, origins=origins)


def _add_altered(findings: Findings, folder: str, digest: str) -> None:
    parent, _, model_id = folder.rpartition("/")
    findings.add(
        (),
        f"the file was changed: its digest is {digest}, and its folder is named {quote(model_id)}",
        fix=f"run `git checkout -- {folder}/model.yaml`; for a new model, name its folder `{parent}/{digest}`",
    )
