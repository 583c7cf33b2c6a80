"""YAML text to a document: one pass over the C parser's events."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from ftdeploy.errors import InputError, Place, Problem
from ftdeploy.files.documents import LONGEST_QUOTE, Document, KeyPath, Node, quote, render_path
from ftdeploy.files.yaml_errors import explain_yaml

_LIMIT_DEPTH = 24
"""Ours: a stack file has 6 levels."""
_LIMIT_PROBLEMS = 50
"""Ours: who has more has one mistake many times over."""
_BOM = "\ufeff"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LINE_END = re.compile("\r\n|\r|\n")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]{0,17})(?:\.[0-9]*)?(?:[eE][-+]?[0-9]{1,3})?)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?")
_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def parse_bytes(data: bytes, name: str) -> Document:
    """The document in a file's bytes: UTF-8, with or without a byte order mark.

    Raises:
        InputError: it is no UTF-8, or not one plain YAML mapping; all problems up to the first that ends the reading.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _stop(name, line, "the file is not UTF-8", "save it as UTF-8") from error
    return parse_text(text, name)


def parse_text(text: str, name: str) -> Document:
    """The document in a text; see `parse_bytes`."""
    text = text.removeprefix(_BOM)
    if found := _CONTROL.search(text):
        line = count_lines(text, found.start())
        raise _stop(name, line, f"the character U+{ord(found[0]):04X} cannot stand in YAML", "delete the character")
    builder = _Builder(name=name)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.feed(event)
    except yaml.MarkedYAMLError as error:
        builder.problems.append(explain_yaml(error, text, name))
        raise InputError(tuple(builder.problems)) from error
    return builder.finish(text)


def count_lines(text: str, index: int) -> int:
    """The line, counted from 1, of a character."""
    return len(_LINE_END.findall(text, 0, index)) + 1


def read_scalar(text: str) -> object:
    """What a plain, unquoted scalar means: null, boolean and number as in YAML 1.2, all else is text.

    `yes`, `010`, `1_000` and `0x1f` are texts, which YAML 1.1 reads as true, 8, 1000 and 31.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _stop(name: str, line: int | None, problem: str, fix: str) -> InputError:
    return InputError((Problem(problem=problem, where=Place(name=name, line=line), fix=fix),))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _span(event: yaml.Event) -> tuple[int, int]:
    start, end = event.start_mark, event.end_mark
    return (start.index, end.index) if start and end else (0, 0)


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being read."""

    value: dict[str, object] | list[object]
    node: Node
    path: KeyPath
    key: str | None = None
    key_line: int = 0


@dataclass(slots=True)
class _Builder:
    """Takes events one by one; nothing it does depends on the depth of the call stack."""

    name: str
    problems: list[Problem] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    value: object = None
    root: Node | None = None
    is_readable: bool = True

    def feed(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._take_scalar(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.frames.pop().node.end = _span(event)[1]
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.AliasEvent):
            self._forbid(event, f"`*{quote(event.anchor)}` refers to another place", "write the value out")
            self._put(None, event, "*")
        elif isinstance(event, yaml.DocumentStartEvent):
            self._start(event)

    def finish(self, text: str) -> Document:
        if self.root is None or self.value is None:
            self._add(1, (), "the file is empty", "write its keys; `docs/reference` lists them")
        elif not isinstance(self.value, dict):
            self._add(self.root.line, (), "the file holds no mapping", "write `key: value` lines")
        elif self.is_readable:
            problems = tuple(self.problems)
            return Document(name=self.name, text=text, value=self.value, root=self.root, problems=problems)
        raise InputError(tuple(self.problems))

    def _start(self, event: yaml.DocumentStartEvent) -> None:
        line = _line(event)
        if event.version or event.tags:
            self._add(line, (), "a `%` directive stands here", "remove it")
            self.is_readable = False
        if self.root is not None:
            self._add(line, (), "a second document begins here", "remove `---`, or move what follows to its own file")
            raise InputError(tuple(self.problems))

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._check_properties(event)
        if self._awaits_key():
            self._stop_at(event, "a key is a mapping or list", "write a plain name before the `:`")
        if len(self.frames) >= _LIMIT_DEPTH:
            self.frames.clear()
            self._stop_at(event, f"more than {_LIMIT_DEPTH} levels are nested", "remove the nesting")
        value: dict[str, object] | list[object] = {} if is_mapping else []
        node, path = self._put(value, event, "")
        self.frames.append(_Frame(value=value, node=node, path=path))

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        self._check_properties(event)
        if self._awaits_key():
            self._take_key(event)
            return
        style = event.style or "plain"
        is_plain = event.implicit[0]
        value = read_scalar(event.value) if is_plain else event.value
        _, path = self._put(value, event, "plain" if is_plain else style)
        if is_plain:
            self._check_plain(event, value, path)

    def _check_plain(self, event: yaml.ScalarEvent, value: object, path: KeyPath) -> None:
        line, key = _line(event), path[-1] if path else ""
        if value is None and path:
            line = self.frames[-1].key_line or line
            self._add(line, path, f"`{key}` has no value", f"write a value after `{key}:`, or remove the key")
        elif isinstance(value, str) and _DATE.fullmatch(value):
            self._add(line, path, f"the date {quote(value)} is not quoted", f'write `{key}: "{quote(value)}"`')

    def _take_key(self, event: yaml.ScalarEvent) -> None:
        frame, key, line = self.frames[-1], event.value, _line(event)
        if len(key) > LONGEST_QUOTE or not key.isprintable():
            self._stop_at(event, f"`{quote(key)}` cannot be a key", "write a short name before the `:`")
        if key == "<<":
            self._forbid(event, "`<<` merges another mapping", "write the keys out")
        if key in frame.value:
            first = frame.node.children[key].line
            self._add(line, (*frame.path, key), f"`{key}` stands twice, first in line {first}", "remove one of the two")
        frame.key, frame.key_line = key, line

    def _put(self, value: object, event: yaml.Event, style: str) -> tuple[Node, KeyPath]:
        start, end = _span(event)
        node = Node(line=_line(event), start=start, end=end, style=style)
        if not self.frames:
            self.value, self.root = value, node
            return node, ()
        frame = self.frames[-1]
        if isinstance(frame.value, list):
            step: str | int = len(frame.value)
            frame.value.append(value)
        else:
            step, frame.key = frame.key or "", None
            frame.value[step] = value
            node.line = frame.key_line
        frame.node.children[step] = node
        return node, (*frame.path, step)

    def _awaits_key(self) -> bool:
        return bool(self.frames) and isinstance(self.frames[-1].value, dict) and self.frames[-1].key is None

    def _check_properties(self, event: yaml.NodeEvent) -> None:
        if event.anchor:
            self._forbid(
                event, f"`&{quote(event.anchor)}` names a place to refer to", "remove it, and write values out"
            )
        if getattr(event, "tag", None):
            self._forbid(event, f"the tag `{quote(event.tag)}` asks for a type", "remove the tag")  # type: ignore[attr-defined]

    def _forbid(self, event: yaml.Event, problem: str, fix: str) -> None:
        self.is_readable = False
        self._add(_line(event), self.frames[-1].path if self.frames else (), problem, fix)

    def _stop_at(self, event: yaml.Event, problem: str, fix: str) -> None:
        self._forbid(event, problem, fix)
        raise InputError(tuple(self.problems))

    def _add(self, line: int, path: KeyPath, problem: str, fix: str) -> None:
        where = Place(name=self.name, line=line, key=render_path(path))
        self.problems.append(Problem(problem=problem, where=where, fix=fix))
        if len(self.problems) >= _LIMIT_PROBLEMS:
            raise InputError(tuple(self.problems))
