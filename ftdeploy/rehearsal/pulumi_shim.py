"""What `pulumi` is inside `rehearse exec` where there is no Pulumi CLI: a few of its commands, on the embedded engine.

`preview [--json]`, `up`, `refresh`, `destroy`, `stack export`, `stack output [NAME]`, `stack history`, each with `-s`.
Everything else is refused by name: this is not a second Pulumi.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import click

from ftdeploy.cli.words import PATH, Group
from ftdeploy.errors import refuse
from ftdeploy.rehearsal.choosing import choosing_options
from ftdeploy.rehearsal.cli import run_app
from ftdeploy.rehearsal.engines import EngineChoice, Order, get_command
from ftdeploy.rehearsal.environment import get_deployer_environment
from ftdeploy.rehearsal.operate import operate
from ftdeploy.rehearsal.session import Session, Wishes, join_session

_stack_option = click.option("-s", "--stack", required=True, help="The stack.")
_yes_option = click.option("-y", "--yes", is_flag=True, expose_value=False, help="Accepted: a rehearsal never asks.")
_json_option = click.option("-j", "--json", "as_json", is_flag=True, help="JSON of Pulumi's own shape.")
_directory_option = click.option(
    "-C", "--cwd", "directory", type=PATH, default=Path(), help="The repository, when it is not here."
)


def _check_packs(_context: click.Context, _option: click.Parameter, packs: tuple[str, ...]) -> None:
    for each in packs:
        if Path(each).name != "policies":
            raise refuse(
                f"only the repository's own pack `policies` runs here, not `{each}`",
                where="--policy-pack",
                fix="install the Pulumi CLI to run other packs",
            )


_packs_option = click.option(
    "--policy-pack",
    multiple=True,
    expose_value=False,
    callback=_check_packs,
    help="Accepted when it is the repository's own.",
)


@click.group(cls=Group)
def app() -> None:
    """A few of Pulumi's commands, on the rehearsal's embedded engine."""


@app.command()
@_stack_option
@_json_option
@_packs_option
@choosing_options
@_directory_option
def preview(*, stack: str, as_json: bool, extra: tuple[str, ...], directory: Path) -> None:
    """Say what `up` would do."""
    order = Order(operation="preview", stack=stack, extra=extra)
    raise click.exceptions.Exit(_print(directory, order, as_json=True) if as_json else _operate(directory, order))


@app.command()
@_stack_option
@_yes_option
@_packs_option
@choosing_options
@_directory_option
def up(*, stack: str, extra: tuple[str, ...], directory: Path) -> None:
    """Build a stack."""
    raise click.exceptions.Exit(_operate(directory, Order(operation="up", stack=stack, extra=extra)))


@app.command()
@_stack_option
@_yes_option
@_directory_option
def refresh(*, stack: str, directory: Path) -> None:
    """Read what is there into the state."""
    raise click.exceptions.Exit(_operate(directory, Order(operation="refresh", stack=stack)))


@app.command()
@_stack_option
@_yes_option
@_directory_option
def destroy(*, stack: str, directory: Path) -> None:
    """Delete what a stack made."""
    raise click.exceptions.Exit(_operate(directory, Order(operation="destroy", stack=stack)))


@app.command()
@_stack_option
@_json_option
@_directory_option
def history(*, stack: str, as_json: bool, directory: Path) -> None:
    """Tell the updates of a stack."""
    raise click.exceptions.Exit(_print(directory, Order(operation="history", stack=stack), as_json=as_json))


@app.group(cls=Group, name="stack")
def stack_group() -> None:
    """What Pulumi recorded of a stack."""


stack_group.add_command(history)


@stack_group.command()
@_stack_option
@_directory_option
def export(*, stack: str, directory: Path) -> None:
    """Print a stack's state."""
    raise click.exceptions.Exit(_print(directory, Order(operation="export", stack=stack)))


@stack_group.command()
@click.argument("name", required=False, help="One output; all without it.")
@_stack_option
@_json_option
@_directory_option
def output(*, name: str | None, stack: str, as_json: bool, directory: Path) -> None:
    """Print a stack's outputs."""
    extra = () if name is None else (name,)
    order = Order(operation="output", stack=stack, extra=extra)
    raise click.exceptions.Exit(_print(directory, order, as_json=as_json))


def _get_wishes(directory: Path) -> Wishes:
    world = os.environ.get("REHEARSAL_WORLD")
    return Wishes(directory=directory, world=Path(world) if world else None, engine=EngineChoice.EMBEDDED)


def _operate(directory: Path, order: Order) -> int:
    with join_session(_get_wishes(directory)) as session:
        return operate(session, order)


def _print(directory: Path, order: Order, *, as_json: bool = False) -> int:
    extra = (*order.extra, *(("--json",) if as_json else ()))
    with join_session(_get_wishes(directory)) as session:
        return _run_engine(session, replace(order, extra=extra))


def _run_engine(session: Session, order: Order) -> int:
    environment = get_deployer_environment(session.world, session.address, session.scenario)
    return subprocess.run(get_command(session.engine, session.world, order), env=environment, check=False).returncode


if __name__ == "__main__":
    run_app(app, name="pulumi")
