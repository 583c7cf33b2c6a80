"""The pretend Azure as a process: the first command starts it, others join it, it ends a while after the last."""

from __future__ import annotations

import fcntl
import json
import os
import ssl
import sys
import time
import urllib.request
from pathlib import Path
from typing import IO, Any

from ftdeploy.errors import Place, Problem, ServiceRefused, refuse
from ftdeploy.rehearsal.world import Address, World

_LOCK = "azure.lock"
LINGER_SECONDS = 10.0
"""Ours: the next command often comes at once, and need not wait for a start then."""
_LEAVING_SECONDS = 3.0
"""Ours: it looks four times a second whether its users' lock is still there, and then closes."""
START_SECONDS = 20.0
"""Ours: a start takes half a second; a machine under load takes a few."""


def start_pretend_azure(world: World) -> int | None:
    """Start the pretend Azure unless it runs; its process id, without waiting for it to answer, or None.

    A lock whose open file goes to the started process, and to it alone, says whether one runs: two commands that
    start together cannot start two.
    """
    world.azure.mkdir(parents=True, exist_ok=True)
    with (world.folder / _LOCK).open("ab") as running:
        return _spawn(world, running) if _lock(running) else None


def _lock(running: IO[bytes]) -> bool:
    try:
        fcntl.flock(running, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _spawn(world: World, running: IO[bytes]) -> int:
    """A process that is nobody's to wait for: it outlives this one when others still use it."""
    command = [
        *(sys.executable, "-m", "ftdeploy.rehearsal.azure"),
        *("--folder", str(world.azure)),
        *("--users-lock", str(world.users_lock), "--linger-seconds", str(LINGER_SECONDS)),
        *("--scenario", str(world.scenario)),
    ]
    with (world.azure / "emulator.log").open("ab") as log, Path(os.devnull).open("rb") as nothing:
        os.set_inheritable(running.fileno(), True)
        standard = ((nothing, 0), (log, 1), (log, 2))
        actions = [(os.POSIX_SPAWN_DUP2, file.fileno(), number) for file, number in standard]
        return os.posix_spawn(sys.executable, command, os.environ, file_actions=actions, setsid=True)


def wait_for_pretend_azure(world: World) -> Address:
    """Its address, once it takes connections; starts it where it does not run.

    Raises:
        ServiceRefused: it ended at once, or did not start within `START_SECONDS`.
    """
    deadline = time.monotonic() + START_SECONDS
    started: int | None = None
    while time.monotonic() < deadline and not (started and _has_ended(started)):
        address = world.find_address()
        if address is not None and _answers(address):
            return address
        started = start_pretend_azure(world) or started
        time.sleep(0.02)
    raise ServiceRefused(
        (
            Problem(
                problem=f"the pretend Azure did not start: {_last_line(world.azure / 'emulator.log')}",
                where=Place(name=str(world.azure / "emulator.log")),
                fix="mend what it says, or run `rehearse reset` to begin anew on another port",
            ),
        )
    )


def end_pretend_azure(world: World) -> None:
    """Let a pretend Azure that nobody uses end now: a world whose users' lock is gone has no more users.

    Raises:
        InputError: it has not ended, within `_LEAVING_SECONDS`.
    """
    world.users_lock.unlink(missing_ok=True)
    deadline = time.monotonic() + _LEAVING_SECONDS
    with (world.folder / _LOCK).open("ab") as running:
        while not _lock(running):
            if time.monotonic() > deadline:
                raise refuse("the pretend Azure does not end", where=str(world.folder), fix="try again in a moment")
            time.sleep(0.02)


def _has_ended(process: int) -> bool:
    return os.waitpid(process, os.WNOHANG)[0] == process


def _answers(address: Address) -> bool:
    """Whether it is the pretend Azure that listens there: only it has a certificate of its authority."""
    try:
        ask_pretend_azure(address, "health")
    except OSError:
        return False
    return True


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    return lines[-1] if lines else "it said nothing"


def ask_pretend_azure(address: Address, path: str, body: object = None, *, method: str = "") -> Any:  # noqa: ANN401 JSON
    """What the pretend Azure answers about itself, at `/_rehearsal/<path>`: a GET, with a body a PUT, or as told.

    Raises:
        urllib.error.HTTPError: it refuses.
    """
    request = urllib.request.Request(  # noqa: S310 the address is always https on loopback
        f"{address.url}/_rehearsal/{path}",
        data=None if body is None else json.dumps(body).encode(),
        method=method or ("GET" if body is None else "PUT"),
        headers={"Content-Type": "application/json"},
    )
    trust = ssl.create_default_context(cafile=address.ca)
    with urllib.request.urlopen(request, context=trust, timeout=10) as answer:  # noqa: S310
        return json.load(answer)
