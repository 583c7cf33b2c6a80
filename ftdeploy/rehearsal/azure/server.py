"""The emulator as a process: one TLS port, ready when it says so, gone when nobody uses it."""

from __future__ import annotations

import asyncio
import fcntl
import json
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from ftdeploy.rehearsal.azure.app import build_app
from ftdeploy.rehearsal.azure.folder import Folder
from ftdeploy.rehearsal.azure.scenario import apply_once
from ftdeploy.rehearsal.azure.world import World, open_world

_LOCK_POLL_SECONDS = 0.25
_KEEP_ALIVE_SECONDS = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line asks for."""

    folder: Path
    scenario: Path | None
    users_lock: Path | None
    linger_seconds: float
    operation_seconds: float | None
    without: tuple[str, ...]


def run(options: Options) -> None:
    """Serve until nobody has held the users' lock for a while, or until SIGTERM or SIGINT.

    Raises:
        PortTaken: another program has the folder's port.
        BadScenario: the scenario cannot be applied; the state is left as it was.
        UnknownBehaviour: `without` names none.
        OldState: the folder's state is of another version; begin anew.
    """
    folder = Folder(path=options.folder)
    folder.prepare()
    logging.basicConfig(filename=folder.log, level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    listener, address = folder.bind()
    with listener:
        world = open_world(folder.state, without=options.without, identity_header=address.identity_header)
        try:
            _set_up(world, options)
            server = _Server(_configure(build_app(world), folder), on_ready=lambda: _announce(folder, address.url))
            folder.write_address(address)
            asyncio.run(_serve(server, listener, options, world))
        finally:
            world.store.close()


def _set_up(world: World, options: Options) -> None:
    with world.store.transaction():
        if options.scenario is not None:
            apply_once(world, options.scenario)
        if options.operation_seconds is not None:
            world.settings.put("operationSeconds", options.operation_seconds)


def _configure(app: Starlette, folder: Folder) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        ssl_certfile=folder.server,
        ssl_keyfile=folder.server,
        http=Protocol,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=1,
    )


def _announce(folder: Folder, url: str) -> None:
    sys.stdout.write(json.dumps({"url": url}) + "\n")
    sys.stdout.flush()


async def _serve(server: _Server, listener: socket.socket, options: Options, world: World) -> None:
    beside = [world.tokens.key.prepare()]
    if options.users_lock is not None:
        beside.append(_watch_users(server, options.users_lock, options.linger_seconds))
    tasks = [asyncio.create_task(each) for each in beside]
    await server.serve(sockets=[listener])
    for task in tasks:
        task.cancel()


async def _watch_users(server: _Server, users_lock: Path, linger_seconds: float) -> None:
    """End the server once nobody has held the lock for so long, or at once when the lock's file is gone.

    The lock is kept to the very end, so who comes next waits for that.
    """
    lock = os.open(users_lock, os.O_RDWR | os.O_CREAT, 0o600)
    used = time.monotonic()
    while not server.should_exit:
        await asyncio.sleep(_LOCK_POLL_SECONDS)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            used = time.monotonic()
            continue
        server.should_exit = time.monotonic() - used >= linger_seconds or not users_lock.exists()
        if not server.should_exit:
            fcntl.flock(lock, fcntl.LOCK_UN)


class Protocol(H11Protocol):
    """HTTP whose requests know how to end their connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Tell the requests to come how the connection is ended."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, "abort": transport.abort}


class _Server(uvicorn.Server):
    """uvicorn's server that says when it is ready, and for which SIGTERM is a good end rather than a death."""

    def __init__(self, config: uvicorn.Config, *, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept, and say so."""
        await super().startup(sockets)
        self._on_ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on either signal, and do not raise it again afterwards."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.handle_exit)
        yield
