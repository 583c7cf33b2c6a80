"""Provisioned capacity of a guarded stage is paid for as a reservation."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Level, Rule, Sample
from ftdeploy.domain.rules.ptu_within_quota import sum_regional_ptu
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import StackWish
from ftdeploy.errors import Problem


def _check(wish: StackWish, terms: Terms) -> Iterator[Problem]:
    for region, wanted_ptu in sum_regional_ptu(wish).items():
        reserved_ptu = terms.limits.reserved_ptu.get(region, 0)
        if wanted_ptu > reserved_ptu:
            yield Problem(
                problem=f"{wanted_ptu - reserved_ptu} of {wanted_ptu} PTU in {region} are paid by the hour",
                where=wish.place("accounts"),
                fix=(
                    "buy a reservation where they stay for a month or more, and write it into `reservedPtu` in "
                    "`fleet.yaml`; or switch the rule off for this stage"
                ),
            )


RULE = Rule(
    id="ptu-reserved",
    title="Long-lived provisioned capacity is reserved",
    why="The hourly price is for capacity that goes again soon; reservations of a month or a year cost far less",
    source="https://learn.microsoft.com/azure/foundry/openai/concepts/provisioned-throughput-billing",
    judges=StackWish,
    check=_check,
    level=Level.ADVISORY,
    is_local=False,
    limits=("reserved_ptu",),
    good=Sample(
        deployment="{sku: ProvisionedManaged, ptu: 50}",
        fleet="rules: [{match: {}, limits: {reservedPtu: {swedencentral: 50}}}]",
    ),
    bad=Sample(deployment="{sku: ProvisionedManaged, ptu: 50}"),
)
