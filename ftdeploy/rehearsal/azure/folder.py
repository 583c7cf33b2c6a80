"""The emulator's folder: address, certificates and identity header, made once and the same on every start."""

from __future__ import annotations

import json
import random
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
# Below the ports that systems hand out by themselves (from 32768 on Linux), so that a kept port is seldom taken.
_PORTS = range(20_000, 30_000)
_TRIES = 50


class PortTaken(OSError):
    """The port that this folder's address has is another program's now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What `address.json` says."""

    port: int
    identity_header: str

    @property
    def url(self) -> str:
        """`https://127.0.0.1:20443`."""
        return f"https://{HOST}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """Where everything of one emulator lies."""

    path: Path

    @property
    def state(self) -> Path:
        """SQLite."""
        return self.path / "state.sqlite"

    @property
    def ca(self) -> Path:
        """The certificate that clients trust."""
        return self.path / "ca.pem"

    @property
    def server(self) -> Path:
        """The server's key and certificate."""
        return self.path / "server.pem"

    @property
    def log(self) -> Path:
        """What went wrong inside."""
        return self.path / "emulator.log"

    @property
    def _address(self) -> Path:
        return self.path / "address.json"

    def prepare(self) -> None:
        """Make the folder, for its owner only, and the certificates unless they are there."""
        self.path.mkdir(parents=True, exist_ok=True)
        self.path.chmod(0o700)
        if not (self.ca.exists() and self.server.exists()):
            _make_certificates(self)

    def bind(self) -> tuple[socket.socket, Address]:
        """A socket on the folder's own port, or on a new one that becomes its own.

        Raises:
            PortTaken: another program listens there; perhaps another emulator of the same folder.
        """
        known = self._read_address()
        if known is None:
            found, port = _bind_any()
            known = Address(port=port, identity_header=secrets.token_hex(16))
        else:
            found = self._bind_known(known.port)
        return found, known

    def write_address(self, address: Address) -> None:
        """Say where the emulator is, once it listens."""
        content = {"url": address.url, "ca": str(self.ca.resolve()), "identityHeader": address.identity_header}
        draft = self._address.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        draft.replace(self._address)

    def _read_address(self) -> Address | None:
        if not self._address.exists():
            return None
        content = json.loads(self._address.read_text(encoding="utf-8"))
        return Address(port=int(content["url"].rpartition(":")[2]), identity_header=content["identityHeader"])

    def _bind_known(self, port: int) -> socket.socket:
        try:
            return _bind(port)
        except OSError as error:
            raise PortTaken(
                f"port {port} on {HOST}, which {self._address} keeps for this emulator, is taken by another "
                "program or by a "
                "running emulator of the same folder; end that, or remove the file to get a new port"
            ) from error


def _bind_any() -> tuple[socket.socket, int]:
    for port in random.sample(_PORTS, _TRIES):
        try:
            return _bind(port), port
        except OSError:
            continue
    raise PortTaken(f"none of {_TRIES} ports tried between {_PORTS.start} and {_PORTS.stop} on {HOST} is free")


def _bind(port: int) -> socket.socket:
    # Named, because only then asyncio turns Nagle's algorithm off: without that an answer waits 40 ms for an ACK.
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((HOST, port))
        found.listen(128)
    except OSError:
        found.close()
        raise
    return found


def _make_certificates(folder: Folder) -> None:
    import trustme

    authority = trustme.CA(organization_name="ftdeploy rehearsal")
    authority.cert_pem.write_to_path(folder.ca)
    certificate = authority.issue_cert(HOST, "localhost")
    folder.server.touch(mode=0o600)
    certificate.private_key_and_cert_chain_pem.write_to_path(folder.server)
