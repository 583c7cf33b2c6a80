"""The `rehearse` command, from its start to its exit.

Exit codes are those of `ftdeploy`: 0 done, 1 your input or a check did not pass, 2 wrong usage, 3 the (pretend) Azure
refused, 70 a defect of ours, 130 interrupted.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable

from ftdeploy.rehearsal.ahead import start_ahead


def main() -> None:
    """Run the command; every error that a user can meet ends here."""
    start_ahead(sys.argv[1:])
    from ftdeploy.rehearsal.commands import app  # takes a while, and so does the engine's start

    run_app(app)


def run_app(command: Callable[[], object]) -> None:
    """Run a typer application to its exit; our own errors are told on stderr, with their exit codes."""
    import typer

    from ftdeploy.errors import Bug, FtdeployError, Place, Problem

    atexit.register(gc.freeze)  # nothing is looked for in what ends with the process anyway: that takes 0.03 s
    try:
        command()
    except FtdeployError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except Exception as error:
        if "REHEARSAL_TRACEBACK" in os.environ:
            raise
        problem = f"the rehearsal met something that nobody foresaw ({type(error).__name__}: {error})"
        fix = "run it again with `REHEARSAL_TRACEBACK=1` set, and report what it prints"
        typer.echo(str(Problem(problem=problem, where=Place(name="rehearse"), fix=fix)), err=True)
        sys.exit(Bug.exit_code)


if __name__ == "__main__":
    main()
