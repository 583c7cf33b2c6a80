"""A file backend's checkpoint as records."""

from __future__ import annotations

import json

from ftdeploy.state.checkpoint import load_checkpoint

STACK = {"urn": "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev", "type": "pulumi:pulumi:Stack", "outputs": {"a": 1}}
GROUP = {
    "urn": "urn:pulumi:dev::p::azure-native:resources:ResourceGroup::g",
    "type": "azure-native:resources:ResourceGroup",
}


def write(backend, latest) -> None:
    path = backend / ".pulumi" / "stacks" / "p" / "dev.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"version": 3, "checkpoint": {"stack": "organization/p/dev", "latest": latest}}))


def test_stack_that_was_never_made_is_empty(tmp_path):
    assert load_checkpoint(tmp_path, "p", "dev").resources == ()


def test_stack_that_was_only_begun_is_empty(tmp_path):
    write(tmp_path, None)

    assert load_checkpoint(tmp_path, "p", "dev").outputs == {}


def test_outputs_are_the_root_resources(tmp_path):
    write(tmp_path, {"resources": [STACK, GROUP | {"id": "/g"}]})
    checkpoint = load_checkpoint(tmp_path, "p", "dev")

    assert checkpoint.outputs == {"a": 1}
    assert [each.id for each in checkpoint.resources] == ["", "/g"]


def test_pending_creates_are_kept_apart_from_other_pending_operations(tmp_path):
    pending = [
        {"type": "creating", "resource": GROUP | {"inputs": {"resourceGroupName": "g"}}},
        {"type": "deleting", "resource": STACK},
    ]
    write(tmp_path, {"pending_operations": pending})
    checkpoint = load_checkpoint(tmp_path, "p", "dev")

    assert [each.inputs for each in checkpoint.pending_creates] == [{"resourceGroupName": "g"}]
