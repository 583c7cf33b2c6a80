"""What `up` and `preview` choose by, on either engine: targets, and what policies are told."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from ftdeploy.cli.words import EXISTING

_OPTIONS = (
    click.option("-t", "--target", "targets", multiple=True, metavar="URN", help="Nothing else is changed."),
    click.option(
        "--target-replace", "replaced", multiple=True, metavar="URN", help="Made anew, and nothing else is changed."
    ),
    click.option("--policy-pack-config", "config", type=EXISTING, help="JSON: level and settings by policy."),
)


def choosing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command these options; it is called with them as `extra`, the words of an engine's command line."""

    @wraps(command)
    def choose(
        *given: object, targets: tuple[str, ...], replaced: tuple[str, ...], config: Path | None, **named: object
    ) -> object:
        words = [word for urn in targets for word in ("--target", urn)]
        words += [word for urn in replaced for word in ("--target-replace", urn)]
        words += [] if config is None else ["--policy-pack-config", str(config.absolute())]
        return command(*given, extra=tuple(words), **named)

    for option in reversed(_OPTIONS):
        choose = option(choose)
    return choose
