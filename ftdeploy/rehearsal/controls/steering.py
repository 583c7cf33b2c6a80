"""What the steering commands share: a pretend Azure that answers, and its refusals as problems of the input."""

from __future__ import annotations

import json
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from ftdeploy.errors import refuse
from ftdeploy.rehearsal.pretend_azure import ask_pretend_azure, wait_for_pretend_azure
from ftdeploy.rehearsal.session import Session, Wishes, join_session


@contextmanager
def steer(wishes: Wishes) -> Iterator[Session]:
    """Take part in the rehearsal with a pretend Azure that answers."""
    with join_session(wishes) as session:
        wait_for_pretend_azure(session.world)
        yield session


def ask(  # noqa: PLR0913 what is asked, and what is said when it is refused
    session: Session, path: str, body: object = None, *, method: str = "", where: str, fix: str = "try again"
) -> dict[str, Any]:
    """What the pretend Azure answers about itself.

    Raises:
        InputError: it refuses what was asked; `where` and `fix` are told with its reason.
    """
    try:
        found: dict[str, Any] = ask_pretend_azure(session.address, path, body, method=method)
    except urllib.error.HTTPError as error:
        raise refuse(_read_reason(error), where=where, fix=fix) from error
    return found


def tell(value: object, text: str, *, as_json: bool) -> None:
    """The answer, for a program or for a person."""
    click.echo(json.dumps(value, indent=2) if as_json else text)


def _read_reason(error: urllib.error.HTTPError) -> str:
    found = json.loads(error.read())
    return str(found["error"]["message"])
