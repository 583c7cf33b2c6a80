"""The `rehearse` command, from its start to its exit.

Exit codes are those of `ftdeploy`: 0 done, 1 your input or a check did not pass, 2 wrong usage, 3 the (pretend) Azure
refused, 70 a defect of ours, 130 interrupted.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import TYPE_CHECKING

from ftdeploy.rehearsal.ahead import start_ahead

if TYPE_CHECKING:
    import click


def main() -> None:
    """Run the command; every error that a user can meet ends here."""
    start_ahead(sys.argv[1:])
    from ftdeploy.rehearsal.commands import app  # takes a while, and so does the engine's start

    run_app(app, name="rehearse")


def run_app(app: click.Command, *, name: str) -> None:
    """Run a command line to its exit; our own errors are told on stderr, with their exit codes."""
    from ftdeploy.cli.words import run_command
    from ftdeploy.errors import Bug, FtdeployError, Place, Problem

    atexit.register(gc.freeze)  # nothing is looked for in what ends with the process anyway: that takes 0.03 s
    try:
        sys.exit(run_command(app, sys.argv[1:], name=name))
    except FtdeployError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)
    except Exception as error:
        if "REHEARSAL_TRACEBACK" in os.environ:
            raise
        problem = f"the rehearsal met something that nobody foresaw ({type(error).__name__}: {error})"
        fix = "run it again with `REHEARSAL_TRACEBACK=1` set, and report what it prints"
        sys.stderr.write(f"{Problem(problem=problem, where=Place(name=name), fix=fix)}\n")
        sys.exit(Bug.exit_code)


if __name__ == "__main__":
    main()
