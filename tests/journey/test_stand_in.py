"""`pulumi` inside `rehearse exec`, where there is no Pulumi CLI."""

from __future__ import annotations

import json

from tests.journey.repository import Repository

PULUMI = ("exec", "--as-deployer", "--", "pulumi")


def test_stand_in_replaces_what_it_is_told_to(repository: Repository) -> None:
    operations = repository.up("dev")["operations"]
    (deployment,) = {each["urn"] for each in operations if each["type"].endswith(":Deployment") and each["is_custom"]}

    said = repository.rehearse(*PULUMI, "preview", "-s", "dev", "--json", "--target-replace", deployment)

    changed = {each["urn"] for each in json.loads(said.stdout)["steps"] if each["op"] != "same"}
    assert changed == {deployment}


def test_stand_in_changes_nothing_but_its_targets(repository: Repository) -> None:
    group = "urn:pulumi:dev::ftdeploy::azure-native:resources:ResourceGroup::nowhere"

    refused = repository.rehearse(*PULUMI, "up", "-s", "dev", "-y", "-t", group, expect=None)

    assert (refused.returncode, repository.made()) == (1, set())
