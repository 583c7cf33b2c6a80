"""`ftdeploy schema`: the JSON schemas of the files people write."""

from __future__ import annotations

import click

from ftdeploy.cli.output import print_data


@click.command
@click.argument("kind", type=click.Choice(("stack", "fleet", "model", "origin")), help="Which kind of file.")
def schema(kind: str) -> None:
    """Print the JSON schema of a kind of file, for editors."""
    from ftdeploy.files.jsonschema import render_schemas

    print_data(render_schemas()[f"{kind}.schema.json"].rstrip("\n"))
