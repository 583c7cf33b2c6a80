"""A rehearsal's progress and result, for a person at a terminal or a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ftdeploy.rehearsal.events import Operation, Telling
from ftdeploy.rehearsal.result import Result

_SIGNS = {"create": "+", "update": "~", "delete": "-", "import": "="}
_NAME_WIDTH = 40
_KEPT = "FlagMustBeSetForRestore"
"""Azure's word for a name that a deleted account still has."""
_FAILED = "is in 'Failed' state, please delete it"
"""Azure's words for a deployment that only a new one can take the place of."""
_SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


class Progress:
    """Lines on stderr as steps end; on a terminal, a last line that says what is running."""

    def __init__(self, *, is_silent: bool = False) -> None:
        self._is_live = sys.stderr.isatty() and not is_silent
        self._is_silent = is_silent
        self._width = 0

    def tell(self, line: Operation | str) -> None:
        """One finished step, or a line of an engine."""
        if isinstance(line, Operation):
            if line.is_quiet:
                return
            line = describe(line)
        self._clear()
        if not self._is_silent:
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()

    def tick(self, telling: Telling) -> None:
        """Show what is running now."""
        if not self._is_live:
            return
        running = [(op, urn.rsplit("::", 1)[-1], began) for urn, (op, began) in telling.running.items() if op != "same"]
        sign = _SPINNER[int(time.monotonic() * 10) % len(_SPINNER)]
        text = (
            f"{sign} planning" if not running else f"{sign} " + ", ".join(_describe_running(each) for each in running)
        )
        self._clear()
        self._width = min(len(text), 110)
        sys.stderr.write(text[: self._width])
        sys.stderr.flush()

    def end(self) -> None:
        """Leave nothing half-drawn."""
        self._clear()

    def _clear(self) -> None:
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            self._width = 0


def _describe_running(running: tuple[str, str, float]) -> str:
    op, name, began = running
    return f"{op} {name} {time.monotonic() - began:.0f} s"


def describe(operation: Operation) -> str:
    """` + create  support.support-bot  Deployment  0.4 s`."""
    word = operation.op.removesuffix("-replacement").removesuffix("-replaced")
    sign = "!" if operation.has_failed else _SIGNS.get(word, " ")
    failed = "  failed" if operation.has_failed else ""
    kind = operation.type.rsplit(":", 1)[-1]
    name = operation.name if len(operation.name) <= _NAME_WIDTH else f"{operation.name[: _NAME_WIDTH - 1]}…"
    pace = f"  {operation.seconds:.1f} s" if operation.seconds else ""
    return f" {sign} {word:<8} {name:<{_NAME_WIDTH}} {kind}{pace}{failed}"


def render_result(result: Result) -> str:
    """What happened, in a few lines: violations, errors, counts, outputs."""
    lines: list[str] = []
    for violation in result.violations:
        lines += [
            f"policy {violation.policy} ({violation.level}), {violation.urn.rsplit('::', 1)[-1]}:",
            violation.message,
            "",
        ]
    for error in result.errors:
        lines += [error if error.startswith(("error", "stacks/", "models/")) else f"error: {error}"]
        lines += [*_list_hints(error, result), ""]
    lines.append(_render_counts(result))
    if result.is_success and result.operation == "up":
        lines += _render_outputs(result.outputs)
    return "\n".join(lines)


def _list_hints(error: str, result: Result) -> Iterator[str]:
    """What to type next, for the refusals that have one answer."""
    if _KEPT in error:
        yield f"hint: run `rehearse exec --as-deployer -- ftdeploy purge {result.stack} --yes`"
    if _FAILED in error:
        named = [each for each in result.operations if each.has_failed and f"'{each.name.rpartition('.')[2]}'" in error]
        for each in named:
            yield f"hint: run `rehearse up {result.stack} --target-replace '{each.urn}'`"


def _render_counts(result: Result) -> str:
    changes = {op: count for op, count in result.changes.items() if op != "same" and count}
    told = ", ".join(f"{count} {op}" for op, count in sorted(changes.items()))
    subject = f"{result.stack}: {result.operation}"
    if not result.is_success:
        return f"{subject} failed after {result.seconds:.1f} s"
    if not changes:
        kept = result.changes.get("same", 0)
        return f"{subject}: nothing changed, {kept} resources are as wanted, {result.seconds:.1f} s"
    verb = "planned" if result.operation == "preview" else "done"
    return f"{subject} {verb}: {told}, {result.seconds:.1f} s"


def _render_outputs(outputs: Mapping[str, Any]) -> Sequence[str]:
    lines: list[str] = []
    for key, value in outputs.items():
        for name, each in value.items() if isinstance(value, dict) else [("", value)]:
            shown = ", ".join(str(item) for item in each) if isinstance(each, list) else str(each)
            lines.append(f"  {key:<12} {name:<24} {shown}")
    return lines


def render_assumed(assumed: Sequence[Mapping[str, str]]) -> str:
    """The last line of a rehearsal: what it leaned on that nobody has seen real Azure do."""
    if not assumed:
        return "leaned on no assumed behaviour of Azure"
    return "\n".join(
        ["leaned on what is only assumed of Azure:", *(f"  {each['id']}: {each['title']}" for each in assumed)]
    )
