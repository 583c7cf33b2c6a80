"""The commands of `rehearse`: run stacks against a pretend Azure, without an Azure account."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from ftdeploy.errors import refuse
from ftdeploy.rehearsal.controls import clock, faults, settings, traffic
from ftdeploy.rehearsal.controls.seed import seed
from ftdeploy.rehearsal.engines import EngineChoice, Order
from ftdeploy.rehearsal.pretend_azure import end_pretend_azure
from ftdeploy.rehearsal.session import Session, Wishes, join_session
from ftdeploy.rehearsal.world import find_world

app = typer.Typer(
    help="Run stacks against a pretend Azure, without an Azure account.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

for _name, _group in (("clock", clock), ("fault", faults), ("settings", settings), ("traffic", traffic)):
    app.add_typer(_group.app, name=_name)
app.command()(seed)

Stack = Annotated[str, typer.Argument(help="A stack's name: stacks/<STACK>.yaml.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]
Engine = Annotated[EngineChoice, typer.Option("--engine", help="auto takes the Pulumi CLI where it is on the path.")]
Scenario = Annotated[Path | None, typer.Option("--scenario", help="What exists beforehand; only for a new rehearsal.")]
Pace = Annotated[
    float | None, typer.Option("--operation-seconds", min=0, help="How long an operation of the pretend Azure takes.")
]
Targets = Annotated[list[str] | None, typer.Option("--target", help="A URN: nothing else is changed.")]
Replaced = Annotated[
    list[str] | None, typer.Option("--target-replace", help="A URN: made anew, and nothing else is changed.")
]
PackConfig = Annotated[
    Path | None, typer.Option("--policy-pack-config", help="JSON: level and settings by policy.", exists=True)
]
Record = Annotated[Path | None, typer.Option("--record", help="Write what came of it into a file, for a gate.")]
Recover = Annotated[bool, typer.Option("--recover", help="First clear up after an update that was killed.")]


@app.callback()
def _choose(
    context: typer.Context,
    directory: Annotated[Path, typer.Option("-C", help="The repository, when it is not here.")] = Path(),
    world: Annotated[
        Path | None, typer.Option("--world", envvar="REHEARSAL_WORLD", help="The rehearsal's folder.")
    ] = None,
) -> None:
    context.obj = Wishes(directory=directory, world=world)


@app.command()
def up(  # noqa: PLR0913 one parameter an option
    context: typer.Context,
    stack: Stack,
    *,
    engine: Engine = EngineChoice.AUTO,
    scenario: Scenario = None,
    operation_seconds: Pace = None,
    target: Targets = None,
    target_replace: Replaced = None,
    policy_pack_config: PackConfig = None,
    recover: Recover = False,
    record: Record = None,
    as_json: Json = False,
) -> None:
    """Build a stack, or bring it to what its file says."""
    wishes = _get_wishes(context, engine, scenario, operation_seconds)
    extra = _list_extra(target, target_replace, policy_pack_config)
    _operate(wishes, Order(operation="up", stack=stack, extra=extra), as_json=as_json, recover=recover, record=record)


@app.command()
def preview(  # noqa: PLR0913 one parameter an option
    context: typer.Context,
    stack: Stack,
    *,
    engine: Engine = EngineChoice.AUTO,
    scenario: Scenario = None,
    target: Targets = None,
    target_replace: Replaced = None,
    policy_pack_config: PackConfig = None,
    record: Record = None,
    as_json: Json = False,
) -> None:
    """Say what `up` would do."""
    extra = _list_extra(target, target_replace, policy_pack_config)
    order = Order(operation="preview", stack=stack, extra=extra)
    _operate(_get_wishes(context, engine, scenario), order, as_json=as_json, record=record)


@app.command()
def refresh(
    context: typer.Context,
    stack: Stack,
    *,
    engine: Engine = EngineChoice.AUTO,
    record: Record = None,
    as_json: Json = False,
) -> None:
    """Read what the pretend Azure has now into the state."""
    order = Order(operation="refresh", stack=stack)
    _operate(_get_wishes(context, engine), order, as_json=as_json, record=record)


@app.command(name="import")
def take_in(  # noqa: PLR0913 one parameter an option
    context: typer.Context,
    stack: Stack,
    *,
    file: Annotated[Path, typer.Option("--file", help="What exists, as in Pulumi's import files.", exists=True)],
    engine: Engine = EngineChoice.AUTO,
    record: Record = None,
    as_json: Json = False,
) -> None:
    """Take into the state what exists and no stack manages; it is protected from then on."""
    order = Order(operation="import", stack=stack, extra=("--file", str(file.absolute())))
    _operate(_get_wishes(context, engine), order, as_json=as_json, record=record)


@app.command()
def destroy(  # noqa: PLR0913 one parameter an option
    context: typer.Context,
    stack: Stack,
    *,
    engine: Engine = EngineChoice.AUTO,
    operation_seconds: Pace = None,
    record: Record = None,
    as_json: Json = False,
) -> None:
    """Delete everything that a stack made; protected resources are refused, as Pulumi does."""
    wishes = _get_wishes(context, engine, None, operation_seconds)
    _operate(wishes, Order(operation="destroy", stack=stack), as_json=as_json, record=record)


@app.command(name="exec", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
def execute(
    context: typer.Context,
    command: Annotated[list[str], typer.Argument(help="The command and its arguments, after `--`.")],
    *,
    engine: Engine = EngineChoice.AUTO,
    as_deployer: Annotated[
        bool, typer.Option("--as-deployer", help="Sign in as the pipeline that deploys, not as the workload.")
    ] = False,
) -> None:
    """Run a command that meets the pretend Azure instead of Azure, credentials and clock included."""
    from ftdeploy.rehearsal.guest import run_guest

    with join_session(_get_wishes(context, engine)) as session:
        code = run_guest(session, command, is_deployer=as_deployer)
    raise typer.Exit(code)


@app.command()
def serve(
    context: typer.Context, *, scenario: Scenario = None, operation_seconds: Pace = None, as_json: Json = False
) -> None:
    """Keep the pretend Azure up until interrupted, and say how to reach it."""
    from ftdeploy.rehearsal.guest import serve_until_interrupted

    wishes = _get_wishes(context, EngineChoice.AUTO, scenario, operation_seconds)
    with join_session(wishes) as session:
        serve_until_interrupted(session, as_json=as_json)


@app.command()
def tour(context: typer.Context, *, engine: Engine = EngineChoice.AUTO) -> None:
    """The main job, from nothing: stack `dev` goes up, its model answers, and what to do next is said."""
    from ftdeploy.rehearsal.tour import take_tour

    with join_session(_get_wishes(context, engine)) as session:
        _announce(session)
        raise typer.Exit(take_tour(session))


@app.command()
def reset(context: typer.Context) -> None:
    """Forget the pretend Azure and everything that was rehearsed on it."""
    world = find_world(context.obj.directory, context.obj.world)
    if world.has_users():
        raise refuse("a command is using this rehearsal", where=str(world.folder), fix="end it, then `rehearse reset`")
    if world.folder.exists():
        end_pretend_azure(world)
        shutil.rmtree(world.folder)
    typer.echo("forgotten: the next `rehearse up dev` begins anew", err=True)


def _list_extra(targets: list[str] | None, replaced: list[str] | None, config: Path | None) -> tuple[str, ...]:
    """Flags of both engines."""
    words = [word for urn in targets or () for word in ("--target", urn)]
    words += [word for urn in replaced or () for word in ("--target-replace", urn)]
    words += [] if config is None else ["--policy-pack-config", str(config.absolute())]
    return tuple(words)


def _get_wishes(
    context: typer.Context, engine: EngineChoice, scenario: Path | None = None, operation_seconds: float | None = None
) -> Wishes:
    begun: Wishes = context.obj
    return Wishes(
        directory=begun.directory,
        world=begun.world,
        engine=engine,
        scenario=scenario,
        operation_seconds=operation_seconds,
    )


def _operate(wishes: Wishes, order: Order, *, as_json: bool, recover: bool = False, record: Path | None = None) -> None:
    from ftdeploy.rehearsal.operate import operate

    with join_session(wishes) as session:
        _announce(session)
        raise typer.Exit(operate(session, order, as_json=as_json, recover=recover, record=record))


def _announce(session: Session) -> None:
    from ftdeploy.rehearsal.engines import COMPARED_CLI, COMPARED_SDK, PLUGIN_VERSION

    parts = f"{session.engine.title}, stand-in for azure-native {PLUGIN_VERSION}"
    compared = f"compared with Pulumi CLI {COMPARED_CLI} and SDK {COMPARED_SDK}"
    typer.echo(f"rehearsal: {parts} ({compared}), pretend Azure at {session.address.url}", err=True)
