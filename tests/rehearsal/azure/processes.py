"""The emulator as a process, as users meet it."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

_COMMAND = (sys.executable, "-m", "ftdeploy.rehearsal.azure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Emulator:
    """A running one; `stop` it."""

    process: subprocess.Popen[str]
    url: str
    ca: str
    identity_header: str

    def open_http(self) -> httpx.Client:
        """A plain client that trusts it."""
        return httpx.Client(base_url=self.url, verify=ssl.create_default_context(cafile=self.ca))

    def wait(self) -> int:
        """The exit code, within ten seconds."""
        code = self.process.wait(timeout=10)
        for stream in (self.process.stdout, self.process.stderr):
            stream.close()
        return code

    def stop(self) -> int:
        """End it with SIGTERM."""
        self.process.terminate()
        return self.wait()

    def kill(self) -> None:
        """End it with SIGKILL."""
        self.process.kill()
        self.wait()


def start(folder: Path, scenario: dict[str, Any] | None = None, *arguments: str) -> Emulator:
    """Start an emulator in a folder and wait until it is ready."""
    process = launch(folder, scenario, *arguments)
    line = process.stdout.readline()
    if not line:
        _, error = process.communicate(timeout=10)
        raise AssertionError(f"the emulator did not start: {error}")
    address = json.loads((folder / "address.json").read_text(encoding="utf-8"))
    assert json.loads(line) == {"url": address["url"]}
    return Emulator(process=process, url=address["url"], ca=address["ca"], identity_header=address["identityHeader"])


def launch(folder: Path, scenario: dict[str, Any] | None = None, *arguments: str) -> subprocess.Popen[str]:
    """Start an emulator in a folder, whatever comes of it."""
    file = folder.parent / f"{folder.name}-scenario.json"
    given = () if scenario is None else ("--scenario", str(file))
    if scenario is not None:
        file.write_text(json.dumps(scenario), encoding="utf-8")
    command = [*_COMMAND, "--folder", str(folder), *given, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
