"""What every command line here shares: groups, the options that mean the same everywhere, and how a run ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from ftdeploy.errors import refuse

INTERRUPTED = 130
"""As a shell counts a program that SIGINT ended: 128 + 2."""
READER_GONE = 141
"""As a shell counts a program that SIGPIPE ended: 128 + 13."""

PATH = click.Path(path_type=Path)
EXISTING = click.Path(path_type=Path, exists=True)


def read_day(_context: click.Context, option: click.Parameter, text: str | None) -> date | None:
    """A day such as `2026-12-24`; None where there is no text. A callback of options.

    Raises:
        InputError: it is no day.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise refuse(f"`{text}` is no day", where=option.opts[0], fix="write it as `2026-12-24`") from error


stack_argument = click.argument("stack", help="A stack's name: stacks/<STACK>.yaml.")
stacks_argument = click.argument("stacks", metavar="[STACK]...", nargs=-1, help="Stacks; all of them by default.")
as_of_option = click.option(
    "--as-of", metavar="DATE", callback=read_day, help="The day whose figures and dates hold; today by default."
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")


class Group(click.Group):
    """Commands in the order in which they were added: the order in which one needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return list(self.commands)


def run_command(command: click.Command, words: Sequence[str], *, name: str, obj: object = None) -> int:
    """Run a command line; its exit code. Errors of ours pass through.

    Args:
        command: what to run, with its subcommands.
        words: its arguments.
        name: what it is called by whoever typed it.
        obj: what its commands are given by `click.pass_obj`.
    """
    try:
        code = _run(command, words, name=name, obj=obj)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    return code


def _run(command: click.Command, words: Sequence[str], *, name: str, obj: object) -> int:
    try:
        with command.make_context(name, list(words), obj=obj) as context:
            command.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return 0
