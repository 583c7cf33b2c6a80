"""Figures listed, compared between days, and those that are old; both sides of two changed pages."""

from __future__ import annotations

from datetime import date

import pytest

from ftdeploy.catalog.load import load_facts
from ftdeploy.domain.figures import KINDS, diff_figures, list_figures, list_stale

ADDED = "italynorth", "spaincentral"
FOUR = ("gpt-4o 2024-05-13", "gpt-4o 2024-08-06", "gpt-4o 2024-11-20", "gpt-4o-mini 2024-07-18")
TYPES = ("DataZoneProvisionedManaged", "GlobalProvisionedManaged", "ProvisionedManaged")
O1_REGIONS = (
    "eastus, francecentral, southafricanorth, southcentralus, southindia, spaincentral, swedencentral, "
    "switzerlandnorth, switzerlandwest, uksouth, westeurope, westus, westus3"
)


def diff(before, after, *kinds):
    return list(diff_figures(load_facts(before), load_facts(after), kinds or KINDS))


def test_page_of_provisioned_throughput_gained_one_column_and_changed_nothing_else():
    changes = diff(date(2025, 2, 23), date(2025, 2, 24), "ptu_sizes")

    found = {(each.thing, each.name): (each.before, each.after) for each in changes}
    expected = {
        (f"o1 {sku}", name): (None, value)
        for sku in TYPES
        for name, value in (
            ("minimum_ptu", "50" if sku == "ProvisionedManaged" else "15"),
            ("step_ptu", "50" if sku == "ProvisionedManaged" else "5"),
            ("input_tpm_per_ptu", "230"),
            ("output_weight", "3"),
            ("latency_target", "25 tokens a second"),
            ("are_cached_tokens_free", "true"),
        )
    }
    assert found == expected


def test_matrix_of_global_provisioned_regions_changed_as_its_page_did():
    """From 25 regions for four models to 27 for five, the fifth in 13 of them."""
    changes = {each.thing: each for each in diff(date(2025, 3, 3), date(2025, 3, 4), "availabilities")}

    assert set(changes) == {f"{each} GlobalProvisionedManaged" for each in (*FOUR, "o1 2024-12-17")}
    o1 = changes.pop("o1 2024-12-17 GlobalProvisionedManaged")
    assert (o1.before, o1.after) == (None, O1_REGIONS)
    for each in changes.values():
        before, after = set(each.before.split(", ")), set(each.after.split(", "))
        assert (len(before), len(after)) == (25, 27)
        assert (after - before, before - after) == (set(ADDED), set())


def test_page_of_quotas_gained_one_section():
    changes = diff(date(2025, 3, 3), date(2025, 3, 4), "quotas")

    assert [(each.thing, each.name, each.before, each.after) for each in changes] == [
        ("o3-mini DataZoneStandard default", "rpm", None, "200"),
        ("o3-mini DataZoneStandard default", "tpm", None, "2000000"),
        ("o3-mini DataZoneStandard enterprise", "rpm", None, "2000"),
        ("o3-mini DataZoneStandard enterprise", "tpm", None, "20000000"),
    ]


def test_what_ended_is_a_change_too():
    [change] = diff(date(2025, 2, 26), date(2025, 2, 27), "limits")

    assert (change.thing, change.before, change.after) == ("deployments-per-fine-tuned-model", "1", None)


def test_nothing_changes_within_a_day():
    assert diff(date(2026, 11, 26), date(2026, 11, 26)) == []


def test_every_kind_has_figures_with_sources():
    figures = list(list_figures(load_facts(date(2026, 11, 26))))

    assert {each.kind for each in figures} == set(KINDS) - {"ptu_prices"}
    assert all(each.source.startswith("https://") and each.checked and each.thing for each in figures)


@pytest.mark.parametrize(("day", "is_stale"), [(date(2026, 11, 26), False), (date(2027, 11, 26), True)])
def test_what_nobody_compared_for_long_is_stale(day, is_stale):
    facts = load_facts(day)

    assert bool(list(list_stale(facts, today=day, days=180))) == is_stale
