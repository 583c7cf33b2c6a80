"""`rehearse fault`: calls that the pretend Azure refuses, loses, delays, or lets fail later."""

from __future__ import annotations

from typing import Any

import click

from ftdeploy.cli.words import Group, json_option
from ftdeploy.rehearsal.controls.steering import ask, steer, tell
from ftdeploy.rehearsal.session import Wishes

_EXAMPLE = 'rehearse fault add 429 "PUT */deployments/*" --count 2'


@click.group(cls=Group)
def fault() -> None:
    """Let calls to the pretend Azure go wrong."""


@fault.command()
@click.argument(
    "kind",
    help="409, 429, 500, 502, 503, 504, expired-token, time-out, reset, slow, or operation-fails: "
    "what a write begins ends Failed.",
)
@click.argument(
    "route", required=False, help="Which calls: a method and a path with *. Without it all of Resource Manager."
)
@click.option("--count", type=int, help="How many calls are struck; 1 without --share.")
@click.option("--share", type=float, help="Which part of them, from 0 to 1.")
@click.option("--seed", default=0, show_default=True, help="Which ones those are.")
@click.option("--seconds", type=float, help="How long an answer is held, or Retry-After says.")
@click.option("--after", is_flag=True, help="time-out and reset: what was asked is done, only its answer is lost.")
@json_option
@click.pass_obj
def add(  # noqa: PLR0913 one parameter an option
    wishes: Wishes,
    kind: str,
    route: str | None,
    *,
    count: int | None,
    share: float | None,
    seed: int,
    seconds: float | None,
    after: bool,
    as_json: bool,
) -> None:
    """Add a fault."""
    asked = {"kind": kind, "route": route, "count": count, "share": share, "seed": seed, "seconds": seconds}
    with steer(wishes) as session:
        added = ask(
            session,
            "faults",
            {**asked, "after": after},
            where=f"rehearse fault add {kind}",
            fix=f"write it as `{_EXAMPLE}`",
        )
    tell(added, _render(added), as_json=as_json)


@fault.command(name="list")
@json_option
@click.pass_obj
def list_faults(wishes: Wishes, *, as_json: bool) -> None:
    """Say which faults there are, and what they did."""
    with steer(wishes) as session:
        found = ask(session, "faults", where="rehearse fault list")
    lines = [_render(each) for each in found["faults"]] or ["no faults"]
    tell(found, "\n".join(lines), as_json=as_json)


@fault.command()
@click.argument("number", type=int, required=False, help="Which one, as `rehearse fault list` numbers them.")
@json_option
@click.pass_obj
def clear(wishes: Wishes, number: int | None, *, as_json: bool) -> None:
    """Forget a fault, or all."""
    path = "faults" if number is None else f"faults/{number}"
    with steer(wishes) as session:
        found = ask(session, path, method="DELETE", where="rehearse fault clear")
    tell(found, f"{found['cleared']} forgotten", as_json=as_json)


def _render(found: dict[str, Any]) -> str:
    """`1  429  PUT */deployments/*  2 times  struck 1`."""
    if found["share"] is None:
        often = f"{found['count']} times" if found["count"] > 1 else "once"
    else:
        often = f"{found['share']:.0%} of calls, seed {found['seed']}"
    held = f"  {found['seconds']:g} s" if found["seconds"] else ""
    done = "  after the call" if found["after"] else ""
    return f"{found['number']}  {found['kind']}  {found['route']}  {often}{held}{done}  struck {found['struck']}"
