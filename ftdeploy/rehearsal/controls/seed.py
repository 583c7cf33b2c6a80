"""`rehearse seed`: a scenario of one's own estate, to begin a rehearsal with."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ftdeploy.cli.words import PATH, json_option
from ftdeploy.errors import refuse
from ftdeploy.rehearsal.controls.steering import tell

if TYPE_CHECKING:
    from ftdeploy.domain.estate import Estate

_WHERE = "rehearse seed"
_EXAMPLE = "rehearse seed --from-azure SUBSCRIPTION --out scenario.yaml"


@click.command
@click.option(
    "--from-stack-export", "stack_export", type=PATH, metavar="FILE", help="What `pulumi stack export` wrote."
)
@click.option(
    "--from-azure", "subscription", metavar="SUBSCRIPTION", help="A subscription's id; reads it, and changes nothing."
)
@click.option("--tenant", help="The subscription's tenant; Azure is asked without it.")
@click.option("--out", type=PATH, help="Where to write it; stdout without it.")
@json_option
def seed(
    *, stack_export: Path | None, subscription: str | None, tenant: str | None, out: Path | None, as_json: bool
) -> None:
    """Write a scenario of one's own estate: names, places, deployments and quotas; nothing secret.

    From an export of a stack it is the world around the stack, which `rehearse up STACK --scenario FILE` then builds in
    it; from Azure it is a whole subscription.
    """
    from ftdeploy.rehearsal.scenarios.seed import build_scenario, render_scenario

    if (stack_export is None) == (subscription is None):
        raise refuse("one of --from-stack-export and --from-azure is needed", where=_WHERE, fix=f"run `{_EXAMPLE}`")
    estate = _read_export(stack_export) if stack_export is not None else _read_azure(str(subscription), tenant)
    text = render_scenario(estate)
    if out is not None:
        out.write_text(text, encoding="utf-8")
        counts = f"{len(estate.accounts)} accounts, {len(estate.deployments)} deployments, {len(estate.models)} models"
        text = f"{out}: {counts}"
    tell(build_scenario(estate), text.rstrip(), as_json=as_json)


def _read_export(path: Path) -> Estate:
    from ftdeploy.state.checkpoint import parse_deployment
    from ftdeploy.state.estate import read_estate

    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return read_estate(parse_deployment(document["deployment"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        fix = "write one with `pulumi stack export -s STACK --file FILE`"
        raise refuse(f"this is no stack export ({type(error).__name__})", where=str(path), fix=fix) from error


def _read_azure(subscription: str, tenant: str | None) -> Estate:
    import asyncio

    from ftdeploy.workflows.survey import survey_subscription

    return asyncio.run(
        survey_subscription(
            subscription,
            tenant=tenant,
            metadata_host=os.environ.get("ARM_METADATA_HOSTNAME") or None,
            now=datetime.now(UTC),
            tell=lambda line: click.echo(line, err=True),
        )
    )
