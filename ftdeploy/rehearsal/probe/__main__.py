"""`python -m ftdeploy.rehearsal.probe`, by `make probe`: asks a real subscription; it never costs more than the cap."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import httpx
import typer

from ftdeploy.errors import FtdeployError, refuse
from ftdeploy.present import read_present
from ftdeploy.rehearsal.probe.choosing import Asked, Choice, choose
from ftdeploy.rehearsal.probe.findings import Finding
from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.leaving import come_back, leave, load_stay
from ftdeploy.rehearsal.probe.places import REAL, find_machine
from ftdeploy.rehearsal.probe.run import PROBES, run
from ftdeploy.rehearsal.probe.watches import WATCHES
from ftdeploy.rehearsal.probe.wire import Wire

_RECORDINGS = Path(__file__).parents[1] / "azure" / "recordings"
_TIMEOUT_SECONDS = 120


def probe(  # noqa: PLR0913 one parameter an option
    *,
    subscription: Annotated[str, typer.Option("--subscription", help="A subscription's id, to try things in.")] = "",
    region: Annotated[str, typer.Option("--region", help="Where, such as swedencentral.")] = "",
    cap_eur: Annotated[float | None, typer.Option("--cap-eur", min=0, help="What it may cost at most.")] = None,
    model: Annotated[str, typer.Option("--model", help="A fine-tuned model to deploy for a moment.")] = "",
    source: Annotated[str, typer.Option("--source", help="The id of the account that holds it.")] = "",
    other_tenant: Annotated[str, typer.Option("--other-tenant", help="Another tenant that knows us.")] = "",
    on_machine: Annotated[bool, typer.Option("--on-machine", help="It runs on a machine of Azure.")] = False,
    only: Annotated[list[str] | None, typer.Option("--only", help="A behaviour; all without it.")] = None,
    leave_file: Annotated[Path | None, typer.Option("--leave", help="Leave what takes days; writes this file.")] = None,
    return_file: Annotated[Path | None, typer.Option("--return", help="Look at what was left there.")] = None,
    gives_up: Annotated[bool, typer.Option("--give-up", help="With --return: clear all away.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Where recordings go.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Ask Azure whether it behaves as the pretend Azure claims, record what agrees, and clear away."""
    from azure.identity import DefaultAzureCredential

    host = os.environ.get("ARM_METADATA_HOSTNAME")
    base = f"https://{host}" if host else REAL
    folder = _find_folder(base, out)
    ahead = read_present(os.environ) - datetime.now(UTC)
    with (
        httpx.Client(timeout=_TIMEOUT_SECONDS) as http,
        DefaultAzureCredential(additionally_allowed_tenants=["*"]) as own,
    ):
        wire = Wire(http, own, base, now=lambda: datetime.now(UTC) + ahead)
        if return_file is not None:
            stay = load_stay(return_file)
            lab = stay.open_lab(wire)
            findings = come_back(stay, lab, return_file, folder, _tell, gives_up=gives_up)
            _end(findings, [] if return_file.exists() else lab.list_left(), as_json=as_json)
        if not subscription or not region or cap_eur is None:
            fix = "say --subscription, --region and --cap-eur"
            raise refuse("a probe needs to know where, and how much at most", where="probe", fix=fix)
        lab = Lab(wire=wire, subscription=subscription, region=region, model=model, source=source, tenant=other_tenant)
        lab.machine = find_machine(base) if on_machine else ""
        if leave_file is not None:
            leave(lab, _choose(lab, cap_eur, only or (), WATCHES).taken, leave_file, _tell)
            return
        findings = run(lab, _choose(lab, cap_eur, only or (), PROBES).taken, folder, _tell)
        _end(findings, lab.list_left(), as_json=as_json)


def _choose(lab: Lab, cap_eur: float, wanted: Sequence[str], offered: Sequence[Asked]) -> Choice[Asked]:
    choice = choose(lab, cap_eur, wanted, offered)
    for behaviour, why in choice.left_out.items():
        _tell(f"left out   {behaviour}: {why}")
    _tell(f"{len(choice.taken)} probes, {choice.price_eur:.2f} EUR at most, in resource group rg-{lab.mark}")
    return choice


def _find_folder(base: str, out: Path | None) -> Path | None:
    """Where recordings go: those of Azure among its own, those of a pretend one nowhere, unless told otherwise.

    Raises:
        InputError: those of a pretend Azure among Azure's.
    """
    if base != REAL and out is not None and out.resolve() == _RECORDINGS:
        raise refuse("only recordings of Azure go there", where=f"--out {out}", fix="name another folder")
    return out or (_RECORDINGS if base == REAL else None)


def _end(findings: Sequence[Finding], left: Sequence[str], *, as_json: bool) -> NoReturn:
    differs = [each for each in findings if not each.agrees]
    if as_json:
        typer.echo(json.dumps({"findings": [each.to_json() for each in findings], "left": left}, indent=2))
    else:
        typer.echo(f"{len(findings) - len(differs)} agree, {len(differs)} differ or could not be tried")
    for each in left:
        _tell(f"left behind: {each}")
    raise typer.Exit(1 if differs or left else 0)


def _tell(line: str) -> None:
    typer.echo(line, err=True)


def main() -> None:
    """Run it; our own errors are told on stderr, with their exit codes."""
    try:
        typer.run(probe)
    except FtdeployError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
