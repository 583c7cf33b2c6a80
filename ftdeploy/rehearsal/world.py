"""The folder that holds a rehearsal: the pretend Azure's state, Pulumi's state, and who uses them."""

from __future__ import annotations

import fcntl
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ftdeploy.errors import refuse

LEAVING_SECONDS = 1.5
"""Ours: the pretend Azure looks four times a second whether anybody needs it, and then closes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the pretend Azure listens, and what its clients need to trust it."""

    url: str
    """`https://127.0.0.1:<port>`, the same in every run."""
    ca: str
    """Path of the certificate authority, PEM."""
    identity_header: str

    @property
    def host(self) -> str:
        """`127.0.0.1:<port>`."""
        return self.url.removeprefix("https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One rehearsal's folders; every command of one world meets the same pretend Azure.

    `root` is the user repository (the folder of Pulumi.yaml), `folder` is `<root>/.rehearsal` unless told otherwise.
    """

    root: Path
    folder: Path

    @property
    def azure(self) -> Path:
        """The pretend Azure's state."""
        return self.folder / "azure"

    @property
    def backend(self) -> Path:
        """Pulumi's file backend."""
        return self.folder / "pulumi"

    @property
    def users_lock(self) -> Path:
        """Held, shared, by every command that needs the pretend Azure; the pretend Azure ends soon after them."""
        return self.folder / "users.lock"

    @property
    def scenario(self) -> Path:
        """What existed beforehand, as the pretend Azure reads it."""
        return self.folder / "scenario.json"

    def find_address(self) -> Address | None:
        """The pretend Azure's address; None before its first start."""
        path = self.azure / "address.json"
        if not path.exists():
            return None
        found = json.loads(path.read_text(encoding="utf-8"))
        return Address(url=found["url"], ca=found["ca"], identity_header=found["identityHeader"])

    def use(self) -> IO[bytes]:
        """Open the folder as one of its users; they last until the file is closed or the process ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        ignore = self.folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        held = self.users_lock.open("ab")
        fcntl.flock(held, fcntl.LOCK_SH)
        return held

    def has_users(self) -> bool:
        """Whether some command holds the world, beyond the moment that the pretend Azure takes to end."""
        if not self.users_lock.exists():
            return False
        deadline = time.monotonic() + LEAVING_SECONDS
        with self.users_lock.open("ab") as probe:
            while True:
                try:
                    fcntl.flock(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        return True
                    time.sleep(0.05)
                else:
                    return False


def find_world(start: Path, folder: Path | None) -> World:
    """The world of the user repository that `start` lies in.

    Raises:
        InputError: no folder from `start` upwards holds a Pulumi.yaml.
    """
    for root in (start.resolve(), *start.resolve().parents):
        if (root / "Pulumi.yaml").exists():
            return World(root=root, folder=(folder or root / ".rehearsal").absolute())
    raise refuse(
        "no Pulumi.yaml here or in any folder above",
        where=os.fspath(start),
        fix="run `rehearse` in a repository that holds one, or name it with `rehearse -C DIR …`",
    )
