"""Changes single scalars of YAML files in place; every other byte stays as it is."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ftdeploy.domain.promotion import Edit
from ftdeploy.errors import InputError, Problem
from ftdeploy.files.documents import Document, KeyPath, Node, quote, read_bytes
from ftdeploy.files.parse import parse_bytes

_BOM = b"\xef\xbb\xbf"
_QUOTES = ("'", '"')


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A file's bytes before and after."""

    name: str
    before: bytes
    after: bytes


def apply_edits(root: Path, edits: Sequence[Edit]) -> None:
    """Writes all edits, or none when one of them cannot be made.

    Every file is written whole beside itself and then put in its place, with its mode kept.

    Raises:
        InputError: a scalar is missing or has another value than the edit expects, or a file changed meanwhile.
    """
    changes = [_plan_file(root, name, edits) for name in dict.fromkeys(each.file for each in edits)]
    for change in changes:
        _replace_file(root / change.name, change)


def edit_bytes(data: bytes, edit: Edit) -> bytes:
    """A file's bytes with one scalar changed, in the quotes it had where the new value can stand in them.

    Raises:
        InputError: the scalar is missing, has another value than `edit.old`, is a block of several lines, or
            stands in a file that is not right.
    """
    document = parse_bytes(data, edit.file)
    if document.problems:
        raise InputError(document.problems)
    node = _find_scalar(document, edit)
    start, end = (len(document.text[:each].encode()) for each in (node.start, node.end))
    offset = len(_BOM) if data.startswith(_BOM) else 0
    head, tail = data[: offset + start], data[offset + end :]
    wanted = _replace_value(document.value, edit.path, edit.new)
    for spelling in _list_spellings(edit.new, node.style):
        after = head + spelling.encode() + tail
        if _reads_as(after, edit.file, wanted):
            return after
    raise _refuse(document, edit.path, f"`{quote(edit.new)}` cannot stand here", "change it by hand")


def _plan_file(root: Path, name: str, edits: Sequence[Edit]) -> _Change:
    before = after = read_bytes(root / name, name)
    for edit in edits:
        if edit.file == name:
            after = edit_bytes(after, edit)
    return _Change(name=name, before=before, after=after)


def _find_scalar(document: Document, edit: Edit) -> Node:
    node = document.find_node(edit.path)
    if node is None:
        raise _refuse(document, edit.path, "the key is missing", f"write `{edit.path[-1]}: {edit.new}` there by hand")
    if node.style not in ("plain", *_QUOTES):
        raise _refuse(document, edit.path, "the value is not a single line", f"write `{edit.path[-1]}: {edit.old}`")
    value = _get_value(document.value, edit.path)
    if value != edit.old:
        problem = f"the value is `{quote(value)}`, and `{quote(edit.old)}` was expected"
        raise _refuse(document, edit.path, problem, "run the command again: the file changed since it was read")
    return node


def _list_spellings(text: str, style: str) -> list[str]:
    """The ways to write a text, the one that stands there now first."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    ways = {"plain": text, "'": "'" + text.replace("'", "''") + "'", '"': f'"{escaped}"'}
    return [ways[style], ways['"']]


def _reads_as(data: bytes, name: str, wanted: object) -> bool:
    try:
        return parse_bytes(data, name).value == wanted
    except InputError:
        return False


def _get_value(value: object, path: KeyPath) -> object:
    for step in path:
        value = value[step]  # type: ignore[index]
    return value


def _replace_value(value: object, path: KeyPath, new: str) -> object:
    if not path:
        return new
    if isinstance(value, dict):
        return {key: _replace_value(each, path[1:], new) if key == path[0] else each for key, each in value.items()}
    if isinstance(value, list):
        return [_replace_value(each, path[1:], new) if at == path[0] else each for at, each in enumerate(value)]
    return value


def _refuse(document: Document, path: KeyPath, problem: str, fix: str) -> InputError:
    return InputError((Problem(problem=problem, where=document.place(path), fix=fix),))


def _replace_file(path: Path, change: _Change) -> None:
    target = path.resolve()
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(change.after)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(target.stat().st_mode & 0o7777)
        if read_bytes(target, change.name) != change.before:
            document = parse_bytes(change.before, change.name)
            raise _refuse(document, (), "the file changed while it was edited", "run the command again")
        Path(beside).replace(target)
    finally:
        Path(beside).unlink(missing_ok=True)
