"""`rehearse settings`: what is uncertain of Azure, or has changed, as the pretend Azure has it."""

from __future__ import annotations

import json
from typing import Any

import click

from ftdeploy.cli.words import Group, json_option
from ftdeploy.rehearsal.controls.steering import ask, steer, tell
from ftdeploy.rehearsal.session import Wishes


@click.group(cls=Group)
def settings() -> None:
    """Show or change what is uncertain about Azure."""


@settings.command()
@json_option
@click.pass_obj
def show(wishes: Wishes, *, as_json: bool) -> None:
    """Say how everything is set."""
    with steer(wishes) as session:
        found = ask(session, "settings", where="rehearse settings show")
    tell(found, _render(found), as_json=as_json)


@settings.command(name="set")
@click.argument("name", help="As `rehearse settings show` calls it.")
@click.argument("value", help="A number, true, false, or a JSON list.")
@json_option
@click.pass_obj
def set_one(wishes: Wishes, name: str, value: str, *, as_json: bool) -> None:
    """Change one, for this rehearsal."""
    with steer(wishes) as session:
        found = ask(
            session,
            "settings",
            {name: _read(value)},
            where=f"rehearse settings set {name}",
            fix="see `rehearse settings show` for names and values",
        )
    tell(found, f"{name} is {json.dumps(found[name])}", as_json=as_json)


def _read(text: str) -> object:
    """JSON, or the text itself: the pretend Azure says what a setting takes."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _render(found: dict[str, Any]) -> str:
    width = max(len(name) for name in found)
    return "\n".join(f"{name:<{width}}  {json.dumps(value)}" for name, value in sorted(found.items()))
