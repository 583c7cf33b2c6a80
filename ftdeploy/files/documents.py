"""YAML text as plain values, with the line and the exact span of every one.

The C parser's events are read directly: nothing is built from tags, anchors are never followed, and depth is
counted, so that a hostile file costs no more than its length.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ftdeploy.errors import InputError, Place, Problem

KeyPath = tuple[str | int, ...]
"""A key path, such as `("accounts", "support", "access", 0, "role")`."""

LIMIT_BYTES = 4_000_000
"""Ours: a stack of 1,000 deployments has about 300,000 bytes; what is far above is no stack file."""

LONGEST_QUOTE = 80
"""Characters; ours: one line of a terminal."""


@dataclass(slots=True, kw_only=True)
class Node:
    """Where one value stands."""

    line: int
    """Of the key, of the item in a list, or of the document; counted from 1."""
    start: int
    """First character of the value, in characters of the text."""
    end: int
    style: str = ""
    """`plain`, `'`, `"`, `|` or `>` for a single value; empty for a mapping or list."""
    children: dict[str | int, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One YAML file, read."""

    name: str
    """As people type it from the repository's root, such as `stacks/dev.yaml`."""
    text: str
    """Without a byte order mark; line ends as they are."""
    value: dict[str, object]
    """Mappings, lists, texts, whole numbers, floats, booleans and None."""
    root: Node
    problems: tuple[Problem, ...] = ()
    """What is wrong with the YAML and leaves the rest readable."""

    def place(self, path: KeyPath) -> Place:
        """Where a key path stands; its nearest existing parent's line when it is absent."""
        node = self.root
        for step in path:
            if step not in node.children:
                break
            node = node.children[step]
        return Place(name=self.name, line=node.line, key=render_path(path))

    def find_path(self, key: str) -> KeyPath:
        """The path of a dotted key, whose names may hold dots themselves; what does not exist is split at its dots."""
        return tuple(_match_path(self.root, key))

    def find_node(self, path: KeyPath) -> Node | None:
        """The node at a path; None when there is none."""
        node: Node | None = self.root
        for step in path:
            node = None if node is None else node.children.get(step)
        return node


def render_path(path: KeyPath) -> str:
    """A key path as people read it, such as `accounts.support.access[0].role`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def quote(value: object) -> str:
    """A value as messages repeat it: in one line, cut where it is long, harmless to a terminal."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = str(value).lower() if isinstance(value, bool) else str(value)[: LONGEST_QUOTE + 1]
    text = "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"


def read_bytes(path: Path, name: str) -> bytes:
    """A file's bytes.

    Raises:
        InputError: there is no such regular file, it cannot be read, or it is far too long.
    """
    where = Place(name=name)
    try:
        if not path.is_file():
            raise _refuse(f"there is no file `{name}`", where, f"create `{name}`, or correct the name")
        size_bytes = path.stat().st_size
        if size_bytes > LIMIT_BYTES:
            raise _refuse(
                f"the file has {size_bytes:,} bytes, more than {LIMIT_BYTES:,}", where, "split it into several stacks"
            )
        return path.read_bytes()
    except OSError as error:
        raise _refuse(f"the file cannot be read: {error.strerror}", where, f"run `ls -l {name}`") from error


def _refuse(problem: str, where: Place, fix: str) -> InputError:
    return InputError((Problem(problem=problem, where=where, fix=fix),))


def _match_path(node: Node, key: str) -> Iterator[str | int]:
    if not key:
        return
    for step, child in node.children.items():
        head = f"[{step}]" if isinstance(step, int) else step
        rest = key.removeprefix(head)
        if key.startswith(head) and rest[:1] in ("", ".", "["):
            yield step
            yield from _match_path(child, rest.removeprefix("."))
            return
    yield from key.split(".")
