"""`rehearse traffic`: model calls that nobody made, for metrics and idle checks."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ftdeploy.rehearsal.controls.clock import parse_duration_seconds
from ftdeploy.rehearsal.controls.steering import Json, ask, make_app, steer, tell

app = make_app("Pour model calls into the pretend Azure without making them.")

_EXAMPLE = "rehearse traffic add contoso-dev support-bot --calls 5000 --from 2026-11-01"


@app.command()
def add(  # noqa: PLR0913 one parameter an option
    context: typer.Context,
    account: Annotated[str, typer.Argument(help="The account, by name or id.")],
    deployment: Annotated[str, typer.Argument(help="The deployment.")],
    *,
    calls: Annotated[int, typer.Option("--calls", help="How many, spread evenly; with --every at each time.")] = 1,
    every: Annotated[str | None, typer.Option("--every", help="How often: 30s, 5m, 1d12h.")] = None,
    start: Annotated[str | None, typer.Option("--from", help="Since when; without it all at once.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Until when; now without it.")] = None,
    prompt_tokens: Annotated[int, typer.Option("--prompt-tokens", help="Of each call.")] = 0,
    cached_tokens: Annotated[int, typer.Option("--cached-tokens", help="Of each call's prompt.")] = 0,
    generated_tokens: Annotated[int, typer.Option("--generated-tokens", help="Of each call.")] = 0,
    status: Annotated[int, typer.Option("--status", help="How they were answered.")] = 200,
    stream: Annotated[bool, typer.Option("--stream", help="Answered as a stream.")] = False,
    spillover: Annotated[bool, typer.Option("--spillover", help="Spilled over from a provisioned deployment.")] = False,
    as_json: Json = False,
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
    with steer(context) as session:
        added = ask(session, "traffic", asked, where=where, fix=f"write it as `{_EXAMPLE}`")
    tell(added, f"{added['calls']} calls added", as_json=as_json)


@app.command()
def show(context: typer.Context, *, as_json: Json = False) -> None:
    """Say how many calls each deployment had, and when the last was."""
    with steer(context) as session:
        found = ask(session, "traffic", where="rehearse traffic show")
    lines = [_render(each) for each in found["deployments"]] or ["no calls"]
    tell(found, "\n".join(lines), as_json=as_json)


def _render(sums: dict[str, Any]) -> str:
    """`contoso-dev/support-bot  5000 calls, 12 failed  600000 tokens  last 2026-11-21T10:34:00.000000Z`."""
    name = f"{sums['account'].rpartition('/')[2]}/{sums['deployment']}"
    return f"{name}  {sums['calls']} calls, {sums['failed']} failed  {sums['tokens']} tokens  last {sums['last']}"
