"""`rehearse settings`: what is uncertain of Azure, or has changed, as the pretend Azure has it."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from ftdeploy.rehearsal.controls.steering import Json, ask, make_app, steer, tell

app = make_app("Show or change what is uncertain about Azure.")


@app.command()
def show(context: typer.Context, *, as_json: Json = False) -> None:
    """Say how everything is set."""
    with steer(context) as session:
        found = ask(session, "settings", where="rehearse settings show")
    tell(found, _render(found), as_json=as_json)


@app.command(name="set")
def set_one(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="As `rehearse settings show` calls it.")],
    value: Annotated[str, typer.Argument(help="A number, true, false, or a JSON list.")],
    *,
    as_json: Json = False,
) -> None:
    """Change one, for this rehearsal."""
    with steer(context) as session:
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
