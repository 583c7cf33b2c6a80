"""The commands of `rehearse`: run stacks against a pretend Azure, without an Azure account."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import click

from ftdeploy.cli.words import EXISTING, PATH, Group, json_option, stack_argument
from ftdeploy.errors import refuse
from ftdeploy.rehearsal.choosing import choosing_options
from ftdeploy.rehearsal.controls.clock import clock
from ftdeploy.rehearsal.controls.faults import fault
from ftdeploy.rehearsal.controls.seed import seed
from ftdeploy.rehearsal.controls.settings import settings
from ftdeploy.rehearsal.controls.traffic import traffic
from ftdeploy.rehearsal.engines import EngineChoice, Order
from ftdeploy.rehearsal.pretend_azure import end_pretend_azure
from ftdeploy.rehearsal.session import Session, Wishes, join_session
from ftdeploy.rehearsal.world import find_world

_engine_option = click.option(
    "--engine",
    type=click.Choice([each.value for each in EngineChoice]),
    default=EngineChoice.AUTO.value,
    show_default=True,
    callback=lambda _context, _option, text: EngineChoice(text),
    help="auto takes the Pulumi CLI where it is on the path.",
)
_scenario_option = click.option("--scenario", type=PATH, help="What exists beforehand; only for a new rehearsal.")
_pace_option = click.option(
    "--operation-seconds", type=click.FloatRange(min=0), help="How long an operation of the pretend Azure takes."
)
_record_option = click.option("--record", type=PATH, help="Write what came of it into a file, for a gate.")


@click.group(cls=Group)
@click.option("-C", "directory", type=PATH, default=Path(), metavar="DIR", help="The repository, when it is not here.")
@click.option("--world", type=PATH, envvar="REHEARSAL_WORLD", show_envvar=True, help="The rehearsal's folder.")
@click.pass_context
def app(context: click.Context, *, directory: Path, world: Path | None) -> None:
    """Run stacks against a pretend Azure, without an Azure account."""
    context.obj = Wishes(directory=directory, world=world)


@app.command()
@stack_argument
@_engine_option
@_scenario_option
@_pace_option
@choosing_options
@click.option("--recover", is_flag=True, help="First clear up after an update that was killed.")
@_record_option
@json_option
@click.pass_obj
def up(  # noqa: PLR0913 one parameter an option
    wishes: Wishes,
    stack: str,
    *,
    engine: EngineChoice,
    scenario: Path | None,
    operation_seconds: float | None,
    extra: tuple[str, ...],
    recover: bool,
    record: Path | None,
    as_json: bool,
) -> None:
    """Build a stack, or bring it to what its file says."""
    wishes = replace(wishes, engine=engine, scenario=scenario, operation_seconds=operation_seconds)
    order = Order(operation="up", stack=stack, extra=extra)
    _operate(wishes, order, as_json=as_json, recover=recover, record=record)


@app.command()
@stack_argument
@_engine_option
@_scenario_option
@choosing_options
@_record_option
@json_option
@click.pass_obj
def preview(  # noqa: PLR0913 one parameter an option
    wishes: Wishes,
    stack: str,
    *,
    engine: EngineChoice,
    scenario: Path | None,
    extra: tuple[str, ...],
    record: Path | None,
    as_json: bool,
) -> None:
    """Say what `up` would do."""
    order = Order(operation="preview", stack=stack, extra=extra)
    _operate(replace(wishes, engine=engine, scenario=scenario), order, as_json=as_json, record=record)


@app.command()
@stack_argument
@_engine_option
@_record_option
@json_option
@click.pass_obj
def refresh(wishes: Wishes, stack: str, *, engine: EngineChoice, record: Path | None, as_json: bool) -> None:
    """Read what the pretend Azure has now into the state."""
    order = Order(operation="refresh", stack=stack)
    _operate(replace(wishes, engine=engine), order, as_json=as_json, record=record)


@app.command(name="import")
@stack_argument
@click.option("--file", type=EXISTING, required=True, help="What exists, as in Pulumi's import files.")
@_engine_option
@_record_option
@json_option
@click.pass_obj
def take_in(  # noqa: PLR0913 one parameter an option
    wishes: Wishes, stack: str, *, file: Path, engine: EngineChoice, record: Path | None, as_json: bool
) -> None:
    """Take into the state what exists and no stack manages; it is protected from then on."""
    order = Order(operation="import", stack=stack, extra=("--file", str(file.absolute())))
    _operate(replace(wishes, engine=engine), order, as_json=as_json, record=record)


@app.command()
@stack_argument
@_engine_option
@_pace_option
@_record_option
@json_option
@click.pass_obj
def destroy(  # noqa: PLR0913 one parameter an option
    wishes: Wishes,
    stack: str,
    *,
    engine: EngineChoice,
    operation_seconds: float | None,
    record: Path | None,
    as_json: bool,
) -> None:
    """Delete everything that a stack made; protected resources are refused, as Pulumi does."""
    wishes = replace(wishes, engine=engine, operation_seconds=operation_seconds)
    _operate(wishes, Order(operation="destroy", stack=stack), as_json=as_json, record=record)


@app.command(name="exec", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("command", nargs=-1, required=True, help="The command and its arguments, after `--`.")
@_engine_option
@click.option("--as-deployer", is_flag=True, help="Sign in as the pipeline that deploys, not as the workload.")
@click.pass_obj
def execute(wishes: Wishes, command: tuple[str, ...], *, engine: EngineChoice, as_deployer: bool) -> None:
    """Run a command that meets the pretend Azure instead of Azure, credentials and clock included."""
    from ftdeploy.rehearsal.guest import run_guest

    with join_session(replace(wishes, engine=engine)) as session:
        code = run_guest(session, command, is_deployer=as_deployer)
    raise click.exceptions.Exit(code)


@app.command()
@_scenario_option
@_pace_option
@json_option
@click.pass_obj
def serve(wishes: Wishes, *, scenario: Path | None, operation_seconds: float | None, as_json: bool) -> None:
    """Keep the pretend Azure up until interrupted, and say how to reach it."""
    from ftdeploy.rehearsal.guest import serve_until_interrupted

    with join_session(replace(wishes, scenario=scenario, operation_seconds=operation_seconds)) as session:
        serve_until_interrupted(session, as_json=as_json)


@app.command()
@_engine_option
@click.pass_obj
def tour(wishes: Wishes, *, engine: EngineChoice) -> None:
    """The main job, from nothing: stack `dev` goes up, its model answers, and what to do next is said."""
    from ftdeploy.rehearsal.tour import take_tour

    with join_session(replace(wishes, engine=engine)) as session:
        _announce(session)
        raise click.exceptions.Exit(take_tour(session))


@app.command()
@click.pass_obj
def reset(wishes: Wishes) -> None:
    """Forget the pretend Azure and everything that was rehearsed on it."""
    world = find_world(wishes.directory, wishes.world)
    if world.has_users():
        raise refuse("a command is using this rehearsal", where=str(world.folder), fix="end it, then `rehearse reset`")
    if world.folder.exists():
        end_pretend_azure(world)
        shutil.rmtree(world.folder)
    click.echo("forgotten: the next `rehearse up dev` begins anew", err=True)


for _command in (clock, fault, settings, traffic, seed):
    app.add_command(_command)


def _operate(wishes: Wishes, order: Order, *, as_json: bool, recover: bool = False, record: Path | None = None) -> None:
    from ftdeploy.rehearsal.operate import operate

    with join_session(wishes) as session:
        _announce(session)
        raise click.exceptions.Exit(operate(session, order, as_json=as_json, recover=recover, record=record))


def _announce(session: Session) -> None:
    from ftdeploy.rehearsal.engines import COMPARED_CLI, COMPARED_SDK, PLUGIN_VERSION

    parts = f"{session.engine.title}, stand-in for azure-native {PLUGIN_VERSION}"
    compared = f"compared with Pulumi CLI {COMPARED_CLI} and SDK {COMPARED_SDK}"
    click.echo(f"rehearsal: {parts} ({compared}), pretend Azure at {session.address.url}", err=True)
