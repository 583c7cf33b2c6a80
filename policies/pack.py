"""Every policy, in order, with its enforcement level. An organisation adds its own at the end of the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from pulumi_policy import EnforcementLevel, Policy, PolicyPack

from ftdeploy.domain.facts import Facts
from ftdeploy.domain.rules import RULES
from ftdeploy.policy.rules import make_policies

NAME = "ftdeploy"

LEVELS: Mapping[str, EnforcementLevel] = {
    "ptu-at-legal-size": EnforcementLevel.MANDATORY,
}
"""By rule; one that a newer version of ftdeploy brings is mandatory until it is named here."""


def list_policies(get_facts: Callable[[], Facts]) -> list[Policy]:
    """All policies, in the order in which Pulumi asks them."""
    ours: list[Policy] = []
    for rule in RULES:
        ours += make_policies(rule, get_facts, level=LEVELS.get(rule.id, EnforcementLevel.MANDATORY))
    return ours


def main() -> None:
    """Serves the pack to Pulumi until Pulumi ends it; the catalogue is read while Pulumi starts the program."""
    with ThreadPoolExecutor(1) as reader:
        facts = reader.submit(_load_facts)
        PolicyPack(NAME, list_policies(facts.result))


def _load_facts() -> Facts:
    from ftdeploy.catalog.load import load_facts

    return load_facts(datetime.now(tz=UTC).date())
