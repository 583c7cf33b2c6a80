"""`rehearse clock`: what time it is on the pretend Azure, and to move it on."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any

import typer

from ftdeploy.errors import refuse
from ftdeploy.rehearsal.asking import find_last_request, list_assumed
from ftdeploy.rehearsal.controls.steering import Json, ask, make_app, steer, tell
from ftdeploy.rehearsal.progress import render_assumed

app = make_app("Show the pretend Azure's clock, or move it on.")

_SECONDS = {"d": 86_400.0, "h": 3_600.0, "m": 60.0, "s": 1.0}
_PART = re.compile(r"(\d+(?:\.\d+)?)([dhms])")
_EXAMPLE = "rehearse clock advance 15d"


@app.command()
def show(context: typer.Context, *, as_json: Json = False) -> None:
    """Say what time it is there."""
    with steer(context) as session:
        found = ask(session, "clock", where="rehearse clock show")
    tell(found, _render_now(found), as_json=as_json)


@app.command(name="set")
def set_clock(
    context: typer.Context,
    moment: Annotated[str, typer.Argument(help="When: 2026-12-24, or 2026-12-24T08:00:00Z.")],
    *,
    as_json: Json = False,
) -> None:
    """Move it to a moment that is still to come; what comes due until then happens."""
    _move(context, {"now": moment}, f"rehearse clock set {moment}", as_json=as_json)


@app.command()
def advance(
    context: typer.Context,
    duration: Annotated[str, typer.Argument(help="How far: 15d, 36h, 90m, 30s, or 1d12h.")],
    *,
    as_json: Json = False,
) -> None:
    """Move it on; what comes due meanwhile happens."""
    seconds = parse_duration_seconds(duration, where=f"rehearse clock advance {duration}")
    _move(context, {"advanceSeconds": seconds}, f"rehearse clock advance {duration}", as_json=as_json)


def parse_duration_seconds(text: str, *, where: str) -> float:
    """`1d12h` in seconds.

    Raises:
        InputError: it is no duration.
    """
    parts = _PART.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise refuse(
            f"`{text}` is no duration", where=where, fix=f"write days, hours, minutes or seconds: `{_EXAMPLE}`"
        )
    return sum(float(number) * _SECONDS[unit] for number, unit in parts)


def _move(context: typer.Context, body: dict[str, Any], where: str, *, as_json: bool) -> None:
    with steer(context) as session:
        last_request = find_last_request(session.address)
        moved = ask(session, "clock", body, where=where, fix=f"name a moment to come, or a duration: `{_EXAMPLE}`")
        moved["assumed"] = list_assumed(session.address, after=last_request)
    lines = [f"{render_moment(moved['before'])} -> {render_moment(moved['now'])}"]
    lines += [_render_act(each) for each in moved["happened"]] or ["nothing came due"]
    if moved["assumed"]:
        lines.append(render_assumed(moved["assumed"]))
    tell(moved, "\n".join(lines), as_json=as_json)


def _render_now(found: dict[str, Any]) -> str:
    ahead = found["aheadSeconds"]
    said = f", {ahead / _SECONDS['d']:.1f} days ahead of this machine" if ahead else ", as on this machine"
    return f"{render_moment(found['now'])}{said}"


def _render_act(act: dict[str, str]) -> str:
    resource = "/".join(act["resource"].strip("/").split("/")[-4:])
    return f"  {render_moment(act['at'])}  {act['operation']}  {resource}: {act['reason']}"


def render_moment(text: str) -> str:
    """`2026-12-12 15:04:09 UTC`."""
    return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M:%S} UTC"
