"""What `pulumi` is inside `rehearse exec` where there is no Pulumi CLI: a few of its commands, on the embedded engine.

`preview [--json]`, `up`, `refresh`, `destroy`, `stack export`, `stack output [NAME]`, `stack history`, each with `-s`.
Everything else is refused by name: this is not a second Pulumi.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from ftdeploy.errors import refuse
from ftdeploy.rehearsal.cli import run_app
from ftdeploy.rehearsal.engines import EngineChoice, Order, get_command
from ftdeploy.rehearsal.environment import get_deployer_environment
from ftdeploy.rehearsal.operate import operate
from ftdeploy.rehearsal.session import Session, Wishes, join_session

app = typer.Typer(
    help="A few of Pulumi's commands, on the rehearsal's embedded engine.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
stack_app = typer.Typer(help="What Pulumi recorded of a stack.")
app.add_typer(stack_app, name="stack")

Stack = Annotated[str, typer.Option("-s", "--stack", help="The stack.")]
Yes = Annotated[bool, typer.Option("-y", "--yes", help="Accepted: a rehearsal never asks.")]
Json = Annotated[bool, typer.Option("-j", "--json", help="JSON of Pulumi's own shape.")]
Packs = Annotated[list[str] | None, typer.Option("--policy-pack", help="Accepted when it is the repository's own.")]
Directory = Annotated[Path, typer.Option("-C", "--cwd", help="The repository, when it is not here.")]


@app.command()
def preview(stack: Stack, *, as_json: Json = False, policy_pack: Packs = None, directory: Directory = Path()) -> None:
    """Say what `up` would do."""
    _check_packs(policy_pack)
    order = Order(operation="preview", stack=stack)
    raise typer.Exit(_print(directory, order, as_json=True) if as_json else _operate(directory, order))


@app.command()
def up(stack: Stack, *, yes: Yes = False, policy_pack: Packs = None, directory: Directory = Path()) -> None:
    """Build a stack."""
    _check_packs(policy_pack)
    raise typer.Exit(_operate(directory, Order(operation="up", stack=stack)))


@app.command()
def refresh(stack: Stack, *, yes: Yes = False, directory: Directory = Path()) -> None:
    """Read what is there into the state."""
    raise typer.Exit(_operate(directory, Order(operation="refresh", stack=stack)))


@app.command()
def destroy(stack: Stack, *, yes: Yes = False, directory: Directory = Path()) -> None:
    """Delete what a stack made."""
    raise typer.Exit(_operate(directory, Order(operation="destroy", stack=stack)))


@app.command()
@stack_app.command()
def history(stack: Stack, *, as_json: Json = False, directory: Directory = Path()) -> None:
    """Tell the updates of a stack."""
    raise typer.Exit(_print(directory, Order(operation="history", stack=stack), as_json=as_json))


@stack_app.command()
def export(stack: Stack, *, directory: Directory = Path()) -> None:
    """Print a stack's state."""
    raise typer.Exit(_print(directory, Order(operation="export", stack=stack)))


@stack_app.command()
def output(
    stack: Stack,
    *,
    name: Annotated[str | None, typer.Argument(help="One output; all without it.")] = None,
    as_json: Json = False,
    directory: Directory = Path(),
) -> None:
    """Print a stack's outputs."""
    extra = () if name is None else (name,)
    raise typer.Exit(_print(directory, Order(operation="output", stack=stack, extra=extra), as_json=as_json))


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


def _check_packs(packs: list[str] | None) -> None:
    for each in packs or []:
        if Path(each).name != "policies":
            raise refuse(
                f"only the repository's own pack `policies` runs here, not `{each}`",
                where="--policy-pack",
                fix="install the Pulumi CLI to run other packs",
            )


if __name__ == "__main__":
    run_app(partial(app, prog_name="pulumi"))
