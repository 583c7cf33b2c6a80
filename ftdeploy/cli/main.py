"""The `ftdeploy` command: its commands, its exit codes, and what it reads from the environment.

| exit code | when |
|---|---|
| 0 | done, or nothing to do |
| 1 | your input, or a check you asked for, did not pass |
| 2 | wrong usage of the command line |
| 3 | a service refused: Azure, or git |
| 70 | a defect of ftdeploy |
| 130 | interrupted |
| 141 | whoever read the output went away |

| variable | what it is for | read by |
|---|---|---|
| `ARM_METADATA_HOSTNAME` | where another Azure than the public one tells its addresses | this module |
| `AZURE_CLIENT_ID`, `AZURE_TENANT_ID`, `AZURE_CLIENT_SECRET`, … | sign-in | azure-identity |
| `IDENTITY_ENDPOINT`, `IDENTITY_HEADER` | sign-in of a managed identity | azure-identity |
| `FTDEPLOY_NOW` | the moment to take for the present, such as a rehearsal's clock | this module, program and policies |
| `SSL_CERT_FILE` | certificate authorities to trust | the HTTP clients |
| `HTTPS_PROXY`, `NO_PROXY` | the way out | the HTTP clients |
| `NO_COLOR` | no colour at a terminal either | rich |
| `GIT_…`, `HOME`, `PATH` | author and configuration of commits | git |

No other variable is read, and this module alone reads the environment and hands it down.
"""

from __future__ import annotations

import atexit
import gc
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from ftdeploy.cli.ask import ask
from ftdeploy.cli.catalog import catalog
from ftdeploy.cli.check import check
from ftdeploy.cli.cost import cost
from ftdeploy.cli.guard import guard
from ftdeploy.cli.idle import idle
from ftdeploy.cli.promote import promote
from ftdeploy.cli.purge import purge
from ftdeploy.cli.schema import schema
from ftdeploy.cli.session import Session
from ftdeploy.cli.size import size
from ftdeploy.cli.words import PATH, Group, run_command
from ftdeploy.errors import Bug, FtdeployError, Place, Problem
from ftdeploy.present import read_present

_COLLECTED = 50_000
"""Ours: garbage is looked for every so many new objects; imports make none, and looking took a tenth of a command."""


def _print_version(context: click.Context, _option: click.Parameter, is_wanted: bool) -> None:
    if is_wanted:
        from importlib.metadata import version

        click.echo(f"ftdeploy {version('ftdeploy')}")
        context.exit()


@click.group(cls=Group)
@click.option("-C", "directory", type=PATH, default=Path(), metavar="DIR", help="The repository, when it is not here.")
@click.option("--verbose", "is_verbose", is_flag=True, help="On errors, show what the libraries said.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Show the version."
)
@click.pass_context
def app(context: click.Context, *, directory: Path, is_verbose: bool) -> None:
    """Check, promote, watch and ask fine-tuned Azure OpenAI models."""
    session: Session = context.obj
    session.directory, session.is_verbose = directory, is_verbose
    session.command = context.invoked_subcommand or ""


for _command in (check, size, cost, guard, promote, idle, ask, purge, schema, catalog):
    app.add_command(_command)


def main() -> None:
    """Run the command with this process's arguments and environment."""
    gc.set_threshold(_COLLECTED)
    atexit.register(gc.freeze)  # nothing is looked for in what ends with the process anyway: that takes 0.1 s
    try:
        session = Session(environment=os.environ, now=read_present(os.environ))
    except FtdeployError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    sys.exit(run(sys.argv[1:], session))


def run(arguments: Sequence[str], session: Session) -> int:
    """Run the command; gives its exit code. Every error that a user can meet ends here."""
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        return run_command(app, arguments, name="ftdeploy", obj=session)
    except FtdeployError as error:
        return _tell(error, session)
    except Exception as error:  # what nobody foresaw is a defect, and is told as one
        return _tell(_explain_bug(error, session), session)


def _tell(error: FtdeployError, session: Session) -> int:
    if session.is_verbose:
        click.echo("".join(traceback.format_exception(error)), err=True)
    click.echo(str(error), err=True)
    return error.exit_code


def _explain_bug(error: Exception, session: Session) -> Bug:
    problem = Problem(
        problem=f"ftdeploy met something that nobody foresaw ({type(error).__name__})",
        where=Place(name=f"ftdeploy {session.command}".rstrip()),
        fix="run it again as `ftdeploy --verbose …`, and report what it prints where you got ftdeploy from",
    )
    bug = Bug((problem,))
    bug.__cause__ = error
    return bug
