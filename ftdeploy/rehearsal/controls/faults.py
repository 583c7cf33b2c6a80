"""`rehearse fault`: calls that the pretend Azure refuses, loses, delays, or lets fail later."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ftdeploy.rehearsal.controls.steering import Json, ask, make_app, steer, tell

app = make_app("Let calls to the pretend Azure go wrong.")

_EXAMPLE = 'rehearse fault add 429 "PUT */deployments/*" --count 2'


@app.command()
def add(  # noqa: PLR0913 one parameter an option
    context: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            help="409, 429, 500, 502, 503, 504, expired-token, time-out, reset, slow, or operation-fails: "
            "what a write begins ends Failed."
        ),
    ],
    route: Annotated[
        str | None,
        typer.Argument(help="Which calls: a method and a path with *. Without it all of Resource Manager."),
    ] = None,
    *,
    count: Annotated[int | None, typer.Option("--count", help="How many calls are struck; 1 without --share.")] = None,
    share: Annotated[float | None, typer.Option("--share", help="Which part of them, from 0 to 1.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Which ones those are.")] = 0,
    seconds: Annotated[
        float | None, typer.Option("--seconds", help="How long an answer is held, or Retry-After says.")
    ] = None,
    after: Annotated[
        bool, typer.Option("--after", help="time-out and reset: what was asked is done, only its answer is lost.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Add a fault."""
    asked = {"kind": kind, "route": route, "count": count, "share": share, "seed": seed, "seconds": seconds}
    with steer(context) as session:
        added = ask(
            session,
            "faults",
            {**asked, "after": after},
            where=f"rehearse fault add {kind}",
            fix=f"write it as `{_EXAMPLE}`",
        )
    tell(added, _render(added), as_json=as_json)


@app.command(name="list")
def list_faults(context: typer.Context, *, as_json: Json = False) -> None:
    """Say which faults there are, and what they did."""
    with steer(context) as session:
        found = ask(session, "faults", where="rehearse fault list")
    lines = [_render(each) for each in found["faults"]] or ["no faults"]
    tell(found, "\n".join(lines), as_json=as_json)


@app.command()
def clear(
    context: typer.Context,
    number: Annotated[int | None, typer.Argument(help="Which one, as `rehearse fault list` numbers them.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """Forget a fault, or all."""
    path = "faults" if number is None else f"faults/{number}"
    with steer(context) as session:
        found = ask(session, path, method="DELETE", where="rehearse fault clear")
    tell(found, f"{found['cleared']} forgotten", as_json=as_json)


def _render(fault: dict[str, Any]) -> str:
    """`1  429  PUT */deployments/*  2 times  struck 1`."""
    if fault["share"] is None:
        often = f"{fault['count']} times" if fault["count"] > 1 else "once"
    else:
        often = f"{fault['share']:.0%} of calls, seed {fault['seed']}"
    held = f"  {fault['seconds']:g} s" if fault["seconds"] else ""
    done = "  after the call" if fault["after"] else ""
    return f"{fault['number']}  {fault['kind']}  {fault['route']}  {often}{held}{done}  struck {fault['struck']}"
