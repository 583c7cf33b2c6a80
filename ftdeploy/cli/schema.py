"""`ftdeploy schema`: the JSON schemas of the files people write."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ftdeploy.cli.output import print_data


class File(StrEnum):
    """The kinds of files."""

    STACK = "stack"
    FLEET = "fleet"
    MODEL = "model"
    ORIGIN = "origin"


def schema(file: Annotated[File, typer.Argument(metavar="KIND", help="Which kind of file.")]) -> None:
    """Print the JSON schema of a kind of file, for editors."""
    from ftdeploy.files.jsonschema import render_schemas

    print_data(render_schemas()[f"{file.value}.schema.json"].rstrip("\n"))
