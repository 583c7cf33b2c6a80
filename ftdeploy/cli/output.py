"""What commands print: data on stdout, talk on stderr."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.table import Table

_UNLIMITED_COLUMNS = 10_000


def print_data(text: str) -> None:
    """Data, on stdout."""
    click.echo(text)


def print_json(value: object) -> None:
    """Data for programs, on stdout."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def tell(text: str) -> None:
    """Talk, on stderr."""
    click.echo(text, err=True)


def print_table(table: Table) -> None:
    """A table, on stdout: as wide as the terminal, or as its content where nobody looks; colour at a terminal only."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _UNLIMITED_COLUMNS
    console = Console(width=width, highlight=False)
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())
