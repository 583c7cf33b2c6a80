"""Stack files, read into valid records or refused with all their problems at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ftdeploy.domain.facts import Facts
from ftdeploy.domain.fleet import Fleet
from ftdeploy.domain.stacks import Stack
from ftdeploy.errors import InputError, Place, Problem
from ftdeploy.files.build import Builder
from ftdeploy.files.checks import Surroundings, check_stack_file, list_defaults
from ftdeploy.files.documents import Document, read_bytes
from ftdeploy.files.findings import Findings
from ftdeploy.files.fleet import read_fleet
from ftdeploy.files.models import Shelf
from ftdeploy.files.parse import parse_bytes
from ftdeploy.files.refusals import validate
from ftdeploy.files.schema.stack import StackFile
from ftdeploy.files.spelling import find_nearest, list_if_short

_FOLDER = "stacks"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedStack:
    """A stack, the fleet it belongs to, and where each of its keys stands."""

    stack: Stack
    fleet: Fleet
    document: Document

    def place(self, key: str) -> Place:
        """File and line of a dotted key path; of its nearest existing parent when it is absent."""
        return self.document.place(self.document.find_path(key))


def list_stack_names(root: Path) -> tuple[str, ...]:
    """Names of all stack files, sorted; `Pulumi.<stack>.yaml` beside them are Pulumi's, and none of ours."""
    folder = root / _FOLDER
    found = folder.iterdir() if folder.is_dir() else ()
    names = (each.name for each in found if each.name.endswith(".yaml"))
    return tuple(sorted(each.removesuffix(".yaml") for each in names if not each.startswith((".", "Pulumi."))))


def load_fleet(root: Path) -> Fleet:
    """What `fleet.yaml` says.

    Raises:
        InputError: it is not right, or asks for another version of ftdeploy; all problems at once.
    """
    return read_fleet(root, list_stack_names(root))


def load_stacks(root: Path, facts: Facts) -> tuple[LoadedStack, ...]:
    """Every stack, sorted by name.

    Raises:
        InputError: files are not right; all problems of all stacks at once, each told once.
    """
    loaded, problems = read_stacks(root, list_stack_names(root), facts)
    if problems:
        raise InputError(problems)
    return loaded


def load_stack(root: Path, name: str, facts: Facts) -> LoadedStack:
    """The stack that `stacks/<name>.yaml` wants, with the fleet's defaults and the models it names.

    Raises:
        InputError: a file is not right; all problems of the stack, the fleet and the models it names at once.
    """
    loaded, problems = read_stacks(root, [name], facts)
    if problems:
        raise InputError(problems)
    return loaded[0]


def read_stacks(root: Path, names: Iterable[str], facts: Facts) -> tuple[tuple[LoadedStack, ...], tuple[Problem, ...]]:
    """The stacks whose files are right, and all problems of the others, of the fleet and of the models they name."""
    reader = _Reader(root, facts)
    loaded: list[LoadedStack] = []
    problems: dict[Problem, None] = {}
    for name in names:
        try:
            loaded.append(reader.read(name))
        except InputError as error:
            problems.update(dict.fromkeys(error.problems))
    return tuple(loaded), tuple(problems)


class _Reader:
    """Reads stacks, and what they share once."""

    def __init__(self, root: Path, facts: Facts) -> None:
        self._root = root
        self._facts = facts
        self._names = list_stack_names(root)
        self._shelf = Shelf(root, facts)
        self._fleet_problems: list[Problem] = []
        self._fleet = _find_fleet(root, self._names, self._fleet_problems)

    def read(self, name: str) -> LoadedStack:
        """One stack.

        Raises:
            InputError: a file is not right; all problems at once.
        """
        document = _read_document(self._root, name, self._names)
        shelf, fleet = self._shelf.share(), self._fleet
        findings = Findings(document)
        file = validate(findings, StackFile)
        check_stack_file(findings, Surroundings(name=name, fleet=fleet, facts=self._facts, shelf=shelf))
        problems = [*self._fleet_problems, *findings.problems, *shelf.problems]
        if problems or file is None or fleet is None:
            raise InputError(tuple(problems))
        defaults = tuple(list_defaults(document.value, name, fleet))
        stack = Builder(file=file, defaults=defaults, facts=self._facts, shelf=shelf, document=document).build(name)
        return LoadedStack(stack=stack, fleet=fleet, document=document)


def _read_document(root: Path, name: str, names: tuple[str, ...]) -> Document:
    file_name = f"{_FOLDER}/{name}.yaml"
    if name not in names:
        nearest = find_nearest(name, names)
        fix = f"did you mean `{nearest}`?" if nearest else f"create `{file_name}`, or name another stack"
        where = Place(name=file_name)
        raise InputError(
            (Problem(problem=f"there is no stack `{name}`", where=where, fix=fix, allowed=list_if_short(names)),)
        )
    return parse_bytes(read_bytes(root / _FOLDER / f"{name}.yaml", file_name), file_name)


def _find_fleet(root: Path, names: tuple[str, ...], problems: list[Problem]) -> Fleet | None:
    try:
        return read_fleet(root, names)
    except InputError as error:
        problems.extend(error.problems)
        return None
