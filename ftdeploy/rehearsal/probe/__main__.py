"""`python -m ftdeploy.rehearsal.probe`, by `make probe`: asks a real subscription; it never costs more than the cap."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import httpx
import typer

from ftdeploy.errors import FtdeployError, refuse
from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.run import REAL, choose, run
from ftdeploy.rehearsal.probe.wire import Wire

_RECORDINGS = Path(__file__).parents[1] / "azure" / "recordings"
_TIMEOUT_SECONDS = 120


def probe(  # noqa: PLR0913 one parameter an option
    *,
    subscription: Annotated[str, typer.Option("--subscription", help="The id of a subscription to try things in.")],
    region: Annotated[str, typer.Option("--region", help="Where, such as swedencentral.")],
    cap_eur: Annotated[float, typer.Option("--cap-eur", min=0, help="What it may cost at most.")],
    model: Annotated[str, typer.Option("--model", help="A fine-tuned model to deploy for a moment.")] = "",
    source: Annotated[str, typer.Option("--source", help="The id of the account that holds it.")] = "",
    only: Annotated[list[str] | None, typer.Option("--only", help="A behaviour; all without it.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Where recordings go.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Ask Azure whether it behaves as the pretend Azure claims, record what agrees, and clear away."""
    from azure.identity import DefaultAzureCredential

    host = os.environ.get("ARM_METADATA_HOSTNAME")
    base = f"https://{host}" if host else REAL
    folder = out or (_RECORDINGS if base == REAL else None)
    if base != REAL and out is not None and out.resolve() == _RECORDINGS:
        raise refuse("only recordings of Azure go there", where=f"--out {out}", fix="name another folder")
    with httpx.Client(timeout=_TIMEOUT_SECONDS) as http, DefaultAzureCredential() as credential:
        wire = Wire(http, credential, base)
        lab = Lab(wire=wire, subscription=subscription, region=region, model=model, source=source)
        chosen = choose(lab, cap_eur, only or ())
        worst_eur = sum(each.price_eur for each in chosen)
        typer.echo(f"{len(chosen)} probes, {worst_eur:.2f} EUR at most, in resource group rg-{lab.mark}", err=True)
        findings = run(lab, chosen, folder, lambda line: typer.echo(line, err=True))
        left = lab.list_left()
    differs = [each for each in findings if each.verdict is None or not each.verdict.agrees]
    if as_json:
        typer.echo(json.dumps({"findings": [each.to_json() for each in findings], "left": left}, indent=2))
    else:
        typer.echo(f"{len(findings) - len(differs)} agree, {len(differs)} differ or could not be tried")
    for each in left:
        typer.echo(f"left behind: {each}", err=True)
    raise typer.Exit(1 if differs or left else 0)


def main() -> None:
    """Run it; our own errors are told on stderr, with their exit codes."""
    try:
        typer.run(probe)
    except FtdeployError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
