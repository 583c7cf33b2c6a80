"""`rehearse clock`: what time it is on the pretend Azure, and to move it on."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import click

from ftdeploy.cli.words import Group, json_option
from ftdeploy.errors import refuse
from ftdeploy.rehearsal.asking import find_last_request, list_assumed
from ftdeploy.rehearsal.controls.steering import ask, steer, tell
from ftdeploy.rehearsal.progress import render_assumed
from ftdeploy.rehearsal.session import Wishes

_SECONDS = {"d": 86_400.0, "h": 3_600.0, "m": 60.0, "s": 1.0}
_PART = re.compile(r"(\d+(?:\.\d+)?)([dhms])")
_EXAMPLE = "rehearse clock advance 15d"


@click.group(cls=Group)
def clock() -> None:
    """Show the pretend Azure's clock, or move it on."""


@clock.command()
@json_option
@click.pass_obj
def show(wishes: Wishes, *, as_json: bool) -> None:
    """Say what time it is there."""
    with steer(wishes) as session:
        found = ask(session, "clock", where="rehearse clock show")
    tell(found, _render_now(found), as_json=as_json)


@clock.command(name="set")
@click.argument("moment", help="When: 2026-12-24, or 2026-12-24T08:00:00Z.")
@json_option
@click.pass_obj
def set_clock(wishes: Wishes, moment: str, *, as_json: bool) -> None:
    """Move it to a moment that is still to come; what comes due until then happens."""
    _move(wishes, {"now": moment}, f"rehearse clock set {moment}", as_json=as_json)


@clock.command()
@click.argument("duration", help="How far: 15d, 36h, 90m, 30s, or 1d12h.")
@json_option
@click.pass_obj
def advance(wishes: Wishes, duration: str, *, as_json: bool) -> None:
    """Move it on; what comes due meanwhile happens."""
    seconds = parse_duration_seconds(duration, where=f"rehearse clock advance {duration}")
    _move(wishes, {"advanceSeconds": seconds}, f"rehearse clock advance {duration}", as_json=as_json)


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


def _move(wishes: Wishes, body: dict[str, Any], where: str, *, as_json: bool) -> None:
    with steer(wishes) as session:
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
