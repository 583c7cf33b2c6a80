"""`rehearse traffic`: model calls that nobody made, for metrics and idle checks."""

from __future__ import annotations

from typing import Any

import click

from ftdeploy.cli.words import Group, json_option
from ftdeploy.rehearsal.controls.clock import parse_duration_seconds
from ftdeploy.rehearsal.controls.steering import ask, steer, tell
from ftdeploy.rehearsal.session import Wishes

_EXAMPLE = "rehearse traffic add contoso-dev support-bot --calls 5000 --from 2026-11-01"


@click.group(cls=Group)
def traffic() -> None:
    """Pour model calls into the pretend Azure without making them."""


@traffic.command()
@click.argument("account", help="The account, by name or id.")
@click.argument("deployment", help="The deployment.")
@click.option("--calls", default=1, show_default=True, help="How many, spread evenly; with --every at each time.")
@click.option("--every", help="How often: 30s, 5m, 1d12h.")
@click.option("--from", "start", help="Since when; without it all at once.")
@click.option("--to", "end", help="Until when; now without it.")
@click.option("--prompt-tokens", default=0, show_default=True, help="Of each call.")
@click.option("--cached-tokens", default=0, show_default=True, help="Of each call's prompt.")
@click.option("--generated-tokens", default=0, show_default=True, help="Of each call.")
@click.option("--status", default=200, show_default=True, help="How they were answered.")
@click.option("--stream", is_flag=True, help="Answered as a stream.")
@click.option("--spillover", is_flag=True, help="Spilled over from a provisioned deployment.")
@json_option
@click.pass_obj
def add(  # noqa: PLR0913 one parameter an option
    wishes: Wishes,
    account: str,
    deployment: str,
    *,
    calls: int,
    every: str | None,
    start: str | None,
    end: str | None,
    prompt_tokens: int,
    cached_tokens: int,
    generated_tokens: int,
    status: int,
    stream: bool,
    spillover: bool,
    as_json: bool,
) -> None:
    """Add calls to a deployment."""
    where = f"rehearse traffic add {account} {deployment}"
    asked = {
        "account": account,
        "deployment": deployment,
        "calls": calls,
        "everySeconds": None if every is None else parse_duration_seconds(every, where=where),
        "from": start,
        "to": end,
        "promptTokens": prompt_tokens,
        "cachedTokens": cached_tokens,
        "generatedTokens": generated_tokens,
        "status": status,
        "stream": stream,
        "spillover": spillover,
    }
    with steer(wishes) as session:
        added = ask(session, "traffic", asked, where=where, fix=f"write it as `{_EXAMPLE}`")
    tell(added, f"{added['calls']} calls added", as_json=as_json)


@traffic.command()
@json_option
@click.pass_obj
def show(wishes: Wishes, *, as_json: bool) -> None:
    """Say how many calls each deployment had, and when the last was."""
    with steer(wishes) as session:
        found = ask(session, "traffic", where="rehearse traffic show")
    lines = [_render(each) for each in found["deployments"]] or ["no calls"]
    tell(found, "\n".join(lines), as_json=as_json)


def _render(sums: dict[str, Any]) -> str:
    """`contoso-dev/support-bot  5000 calls, 12 failed  600000 tokens  last 2026-11-21T10:34:00.000000Z`."""
    name = f"{sums['account'].rpartition('/')[2]}/{sums['deployment']}"
    return f"{name}  {sums['calls']} calls, {sums['failed']} failed  {sums['tokens']} tokens  last {sums['last']}"
