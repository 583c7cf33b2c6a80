"""`python -m ftdeploy.rehearsal.azure --folder WORLD/azure`: start the emulator."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ftdeploy.rehearsal.azure.behaviours import UnknownBehaviour
from ftdeploy.rehearsal.azure.folder import PortTaken
from ftdeploy.rehearsal.azure.scenario import BadScenario
from ftdeploy.rehearsal.azure.server import Options, run
from ftdeploy.rehearsal.azure.store import OldState


def main(arguments: list[str] | None = None) -> int:
    """Serve until told to stop; 1 with one line on stderr when that cannot begin."""
    try:
        run(_parse(arguments))
    except (PortTaken, BadScenario, UnknownBehaviour, OldState) as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    return 0


def _parse(arguments: list[str] | None) -> Options:
    parser = argparse.ArgumentParser(
        prog="python -m ftdeploy.rehearsal.azure", description="Serve a pretend Azure on loopback.", allow_abbrev=False
    )
    parser.add_argument("--folder", type=Path, required=True, help="where state, address and certificates are kept")
    parser.add_argument(
        "--scenario", type=Path, help="JSON that says what exists beforehand; read for a new state only"
    )
    parser.add_argument("--users-lock", type=Path, help="end when nobody holds a shared flock on this file")
    parser.add_argument(
        "--linger-seconds", type=_read_seconds, default=0.0, help="and has held none for so long; 0 when not told"
    )
    parser.add_argument("--operation-seconds", type=_read_seconds, help="how long long-running operations take")
    parser.add_argument("--without", action="append", default=[], metavar="BEHAVIOUR", help="switch a behaviour off")
    found = parser.parse_args(arguments)
    return Options(
        folder=found.folder,
        scenario=found.scenario,
        users_lock=found.users_lock,
        linger_seconds=found.linger_seconds,
        operation_seconds=found.operation_seconds,
        without=tuple(found.without),
    )


def _read_seconds(text: str) -> float:
    seconds = float(text)
    if seconds < 0:
        raise argparse.ArgumentTypeError("seconds are not below 0")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
