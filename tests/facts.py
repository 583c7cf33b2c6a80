"""A small catalogue for tests; a test states only the figures that it is about."""

from dataclasses import replace
from datetime import date

from ftdeploy.domain.facts import Facts, PtuSize, Region, Role
from ftdeploy.domain.skus import Sku

CITED = {"source": "https://learn.microsoft.com/page", "checked": "2026-11-21"}
SIZE = PtuSize(
    minimum_ptu=25,
    step_ptu=25,
    input_tpm_per_ptu=37_000,
    output_weight=4,
    source="https://learn.microsoft.com/sizes",
    checked="2026-11-21",
)
FACTS = Facts(
    as_of=date(2026, 11, 26),
    regions={"northcentralus": Region(data_zone="us", **CITED), "swedencentral": Region(data_zone="eu", **CITED)},
    base_models=frozenset({"gpt-4o", "gpt-4o-mini"}),
    ptu_sizes={("gpt-4o-mini", Sku.PROVISIONED): SIZE},
    roles={"Cognitive Services OpenAI User": Role(guid="5e0bd9bd-7b93-4f28-af87-19fc36ad61bd", **CITED)},
)


def make_facts(**changes: object) -> Facts:
    """The small catalogue with some of its parts changed."""
    return replace(FACTS, **changes)
