"""`python -m ftdeploy.rehearsal.probe`, by `make probe`: asks a real subscription; it never costs more than the cap."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click
import httpx

from ftdeploy.cli.words import PATH, json_option
from ftdeploy.errors import refuse
from ftdeploy.present import read_present
from ftdeploy.rehearsal.cli import run_app
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


@click.command
@click.option("--subscription", default="", help="A subscription's id, to try things in.")
@click.option("--region", default="", help="Where, such as swedencentral.")
@click.option("--cap-eur", type=click.FloatRange(min=0), help="What it may cost at most.")
@click.option("--model", default="", help="A fine-tuned model to deploy for a moment.")
@click.option("--source", default="", help="The id of the account that holds it.")
@click.option("--other-tenant", default="", help="Another tenant that knows us.")
@click.option("--on-machine", is_flag=True, help="It runs on a machine of Azure.")
@click.option("--only", multiple=True, metavar="BEHAVIOUR", help="Which one; all without it.")
@click.option("--leave", "leave_file", type=PATH, help="Leave what takes days; writes this file.")
@click.option("--return", "return_file", type=PATH, help="Look at what was left there.")
@click.option("--give-up", "gives_up", is_flag=True, help="With --return: clear all away.")
@click.option("--out", type=PATH, help="Where recordings go.")
@json_option
def probe(  # noqa: PLR0913 one parameter an option
    *,
    subscription: str,
    region: str,
    cap_eur: float | None,
    model: str,
    source: str,
    other_tenant: str,
    on_machine: bool,
    only: tuple[str, ...],
    leave_file: Path | None,
    return_file: Path | None,
    gives_up: bool,
    out: Path | None,
    as_json: bool,
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
            leave(lab, _choose(lab, cap_eur, only, WATCHES).taken, leave_file, _tell)
            return
        findings = run(lab, _choose(lab, cap_eur, only, PROBES).taken, folder, _tell)
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
        click.echo(json.dumps({"findings": [each.to_json() for each in findings], "left": left}, indent=2))
    else:
        click.echo(f"{len(findings) - len(differs)} agree, {len(differs)} differ or could not be tried")
    for each in left:
        _tell(f"left behind: {each}")
    raise click.exceptions.Exit(1 if differs or left else 0)


def _tell(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    run_app(probe, name="probe")
