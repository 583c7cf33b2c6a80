"""Lets steps run, a few at a time, until something stops them; those that run then end in peace."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ftdeploy.rehearsal.engine.failures import Stopped


class Gate:
    """Shared by everything of one phase."""

    def __init__(self, parallel: int) -> None:
        self._slots = threading.Semaphore(parallel)
        self._changed = threading.Condition()
        self._running = 0
        self._is_over = False
        self.has_failed = False
        self.is_cancelled = False

    @property
    def is_open(self) -> bool:
        """Whether new steps may begin."""
        return not (self.has_failed or self.is_cancelled)

    @property
    def result(self) -> str:
        """How it ends, in Pulumi's words."""
        return "canceled" if self.is_cancelled else "failed" if self.has_failed else "succeeded"

    def fail(self) -> None:
        """Let nothing new begin: something failed, and has been told."""
        self._set("has_failed")

    def cancel(self) -> None:
        """Let nothing new begin: somebody interrupted."""
        self._set("is_cancelled")

    @contextmanager
    def pass_through(self) -> Iterator[None]:
        """Take a step.

        Raises:
            Stopped: nothing new may begin.
        """
        with self._slots:
            with self._changed:
                if not self.is_open:
                    raise Stopped
                self._running += 1
            try:
                yield
            finally:
                with self._changed:
                    self._running -= 1
                    self._changed.notify_all()

    def wait_until_quiet(self) -> None:
        """Wait until no step runs; then whoever waits for an answer may be turned away."""
        with self._changed:
            self._changed.wait_for(lambda: not self._running)

    def end(self) -> None:
        """Tell whoever waits that the program is over."""
        self._set("_is_over")

    def _set(self, name: str) -> None:
        with self._changed:
            setattr(self, name, True)
            self._changed.notify_all()

    def wait_for_end(self) -> bool:
        """Wait until the program is over, or stopped and quiet; whether it is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or not (self.is_open or self._running))
            return self._is_over
