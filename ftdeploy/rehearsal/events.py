"""What an engine tells while it works: Pulumi's engine events, read while they are written."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

_COLOUR = re.compile(r"<\{%.*?%\}>")
"""Pulumi marks colours like `<{%fg 1%}>` and leaves it to the reader to apply them."""
READ_SECONDS = 0.01
"""How often an event log that has nothing new is looked at."""
_READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One finished step on one resource."""

    op: str
    """Pulumi's word: `create`, `update`, `delete`, `create-replacement`, `same`, …"""
    urn: str
    type: str
    seconds: float
    is_custom: bool = True
    """Whether a provider made it; components are told by what they are made of."""
    has_failed: bool = False

    @property
    def name(self) -> str:
        """The resource's name, such as `support.support-bot`."""
        return self.urn.rsplit("::", 1)[-1]

    @property
    def is_quiet(self) -> bool:
        """Whether people do not want a line about it."""
        return self.op in ("same", "replace") or not self.is_custom or self.type.startswith("pulumi:providers:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """What a policy said of a resource."""

    policy: str
    level: str
    urn: str
    message: str


@dataclass(slots=True, kw_only=True)
class Telling:
    """Everything that an engine has told so far."""

    operations: list[Operation] = field(default_factory=list)
    planned: list[Operation] = field(default_factory=list)
    """The same, of the preview."""
    running: dict[str, tuple[str, float]] = field(default_factory=dict)
    """URN to operation and the time at which it began, of what is not finished."""
    errors: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    """What the program wrote to its standard error; of interest only when nothing else explains a failure."""
    violations: list[Violation] = field(default_factory=list)
    changes: dict[str, int] = field(default_factory=dict)
    """Operation to count, as the last summary says."""
    exit_code: int = 0
    """Set when the engine has ended, as `Result.exit_code`."""
    seconds: float = 0.0
    """How long it took in all; set when the engine has ended."""

    def take(self, event: Mapping[str, Any]) -> Operation | str | None:
        """Remember one event; gives what is worth a line at once."""
        for kind, handler in _HANDLERS.items():
            if kind in event:
                return handler(self, event[kind])
        return None


def _take_begin(telling: Telling, event: Mapping[str, Any]) -> None:
    if not event.get("planning"):
        step = event["metadata"]
        telling.running[step["urn"]] = (step["op"], time.monotonic())


def _take_end(telling: Telling, event: Mapping[str, Any], *, has_failed: bool = False) -> Operation | None:
    step = event["metadata"]
    _, began = telling.running.pop(step["urn"], ("", time.monotonic()))
    operation = Operation(
        op=step["op"],
        urn=step["urn"],
        type=step["type"],
        seconds=round(time.monotonic() - began, 1),
        is_custom=bool((step.get("new") or step.get("old") or {}).get("custom")),
        has_failed=has_failed,
    )
    if event.get("planning"):
        telling.planned.append(operation)
        return None
    telling.operations.append(operation)
    return operation


def _take_failure(telling: Telling, event: Mapping[str, Any]) -> Operation | None:
    return _take_end(telling, event, has_failed=True)


def _take_diagnostic(telling: Telling, event: Mapping[str, Any]) -> str | None:
    text = _COLOUR.sub("", event.get("message", "")).strip()
    severity = event["severity"]
    if not text or event.get("ephemeral") or severity == "debug":
        return None
    if severity == "error":
        telling.errors.append(text)
        return None
    if severity == "warning":
        return f"warning: {text}"
    if severity == "info#err":
        telling.asides.append(text)
    return None


def _take_violation(telling: Telling, event: Mapping[str, Any]) -> None:
    violation = Violation(
        policy=event["policyName"],
        level=event["enforcementLevel"],
        urn=event.get("resourceUrn", ""),
        message=_COLOUR.sub("", event["message"]).strip(),
    )
    if violation not in telling.violations:
        telling.violations.append(violation)


def _take_summary(telling: Telling, event: Mapping[str, Any]) -> None:
    telling.changes = dict(event.get("resourceChanges") or {})


_HANDLERS: dict[str, Callable[[Telling, Mapping[str, Any]], Operation | str | None]] = {
    "resourcePreEvent": _take_begin,
    "resOutputsEvent": _take_end,
    "resOpFailedEvent": _take_failure,
    "diagnosticEvent": _take_diagnostic,
    "policyEvent": _take_violation,
    "summaryEvent": _take_summary,
}


def follow_events(pipe: Path, record: Path, is_over: Callable[[], bool]) -> Iterator[Mapping[str, Any] | None]:
    """The events that an engine writes into a named pipe, one JSON object a line; None whenever there is nothing new.

    A pipe, because the Pulumi CLI opens its event log twice in one `up`, and empties it the second time. Everything is
    kept in `record`. Ends when `is_over` says so and the pipe is empty. A last line that was never finished, as a
    killed engine leaves it, is no event.
    """
    rest = b""
    descriptor = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb", buffering=0) as end, record.open("wb") as kept:
        while True:
            over = is_over()
            read = _read(end)
            kept.write(read)
            kept.flush()
            *whole, rest = (rest + read).split(b"\n")
            yield from (json.loads(line) for line in whole if line)
            if over and not read:
                return
            if not read:
                yield None
                time.sleep(READ_SECONDS)


def _read(end: IO[bytes]) -> bytes:
    return end.read(_READ_BYTES) or b""
