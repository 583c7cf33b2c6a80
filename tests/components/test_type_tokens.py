"""Type tokens are part of every resource's identity: another one would replace what exists."""

from __future__ import annotations

import pytest
from pulumi.provider.experimental.analyzer import Analyzer

from ftdeploy.components.access import RoleAssignment
from ftdeploy.components.account import Account
from ftdeploy.components.deployment import Deployment
from ftdeploy.components.stack import build_stack as declare
from tests.components.builders import build_stack
from tests.components.pulumi_mocks import Recorder

URNS = {
    "ftdeploy:index:Account support",
    "azure-native:resources:ResourceGroup support",
    "azure-native:cognitiveservices:Account support",
    "ftdeploy:index:Deployment support.support-bot",
    "azure-native:cognitiveservices:Deployment support.support-bot",
}
ROLE = "support.5e0bd9bd-7b93-4f28-af87-19fc36ad61bd.10000000-0000-4000-8000-00000000c011"
URNS |= {f"ftdeploy:index:RoleAssignment {ROLE}", f"azure-native:authorization:RoleAssignment {ROLE}"}


def test_types_and_names_are_pinned():
    recorder = Recorder().run(lambda: declare(build_stack()))

    assert {f"{each.type} {each.name}" for each in recorder.declared if "providers" not in each.type} == URNS


@pytest.mark.parametrize("component", [Account, Deployment, RoleAssignment], ids=lambda each: each.__name__)
def test_arguments_can_be_given_from_other_languages(component):
    """Pulumi's own analyser refuses unions, literals and annotations that are text."""
    found = Analyzer("ftdeploy").analyze([component])["component_definitions"][component.__name__]

    assert found.inputs
    assert found.outputs
