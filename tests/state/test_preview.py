"""What `pulumi preview --json` prints: its two forms, and everything else refused."""

from __future__ import annotations

import json

import pytest

from ftdeploy.domain.guard import LostAccount, LostDeployment, LostGroup
from ftdeploy.errors import InputError
from ftdeploy.state.preview import parse_preview

HEAD = "urn:pulumi:prod::contoso::"
BOT = HEAD + "ftdeploy:index:Account$ftdeploy:index:Deployment$azure-native:cognitiveservices:Deployment::s.bot"
INPUTS = {
    "accountName": "contoso",
    "deploymentName": "bot",
    "sku": {"name": "ProvisionedManaged", "capacity": 50},
    "tags": {"ftdeploy-stage": "prod"},
}


def make_step(op="delete", urn=BOT, inputs=INPUTS, **old):
    return {"op": op, "urn": urn, "oldState": {"urn": urn, "inputs": inputs, **old}}


def parse(*steps, **more):
    return parse_preview(json.dumps({"steps": list(steps), **more}), "preview.json")


def test_deleted_deployment_is_read():
    preview = parse(make_step(protect=True))

    assert preview.stack == "prod"
    assert preview.losses == (
        LostDeployment(
            urn=BOT,
            is_replaced=False,
            is_protected=True,
            account="contoso",
            name="bot",
            sku_text="ProvisionedManaged",
            stage="prod",
        ),
    )


@pytest.mark.parametrize("ops", [["delete-replaced", "replace", "create-replacement"], ["replace"]], ids=str)
def test_steps_of_a_replacement_are_one_loss(ops):
    [loss] = parse(*(make_step(op) for op in ops)).losses

    assert loss.is_replaced


@pytest.mark.parametrize("op", ["same", "create", "update", "refresh", "read"])
def test_other_steps_take_nothing_away(op):
    assert parse(make_step(op)).losses == ()


@pytest.mark.parametrize(
    ("kind", "inputs", "expected"),
    [
        ("azure-native:cognitiveservices:Account", {"accountName": "a", "resourceGroupName": "g"}, LostAccount),
        ("azure-native:cognitiveservices/v20241001:Account", {"accountName": "a"}, LostAccount),
        ("azure-native:resources:ResourceGroup", {"resourceGroupName": "g"}, LostGroup),
    ],
)
def test_accounts_and_groups_are_read(kind, inputs, expected):
    [loss] = parse(make_step(urn=f"{HEAD}{kind}::x", inputs=inputs)).losses

    assert isinstance(loss, expected)


@pytest.mark.parametrize(
    "kind",
    [
        "azure-native:authorization:RoleAssignment",
        "ftdeploy:index:Deployment",
        "aws:x:Account",
        "azure-native:x:Account",
    ],
)
def test_other_types_are_left_out(kind):
    assert parse(make_step(urn=f"{HEAD}{kind}::x")).losses == ()


def test_failure_of_the_preview_is_told():
    told = [{"severity": "info", "message": "m"}, {"severity": "error", "message": "error: no\nmore"}]

    assert parse(diagnostics=told).errors == ("error: no\nmore",)


def test_engine_events_are_read_line_by_line():
    lines = [
        {"preludeEvent": {}},
        {"resourcePreEvent": {"metadata": {"op": "delete", "urn": BOT, "old": {"inputs": INPUTS, "protect": True}}}},
        {"diagnosticEvent": {"severity": "error", "message": "no"}},
        {"summaryEvent": {}},
    ]

    preview = parse_preview("\n".join(json.dumps(each) for each in lines), "stdin")

    assert [each.resource for each in preview.losses] == ["contoso/bot"]
    assert preview.errors == ("no",)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("error: no stack", id="text"),
        pytest.param("[]", id="list"),
        pytest.param("{", id="half"),
        pytest.param('{"steps": 7}', id="steps are a number"),
        pytest.param('{"a": 1}', id="another document"),
        pytest.param('{"preludeEvent": {}}\n{"resourcePre', id="events cut off in a line"),
        pytest.param('{"preludeEvent": {}}\n', id="events cut off between lines"),
        pytest.param('{"resourcePreEvent": 7}\n{"summaryEvent": {}}', id="event of another form"),
    ],
)
def test_what_is_no_preview_is_refused(text):
    with pytest.raises(InputError) as refused:
        parse_preview(text, "preview.json")

    assert "pulumi preview --json" in str(refused.value)


@pytest.mark.parametrize("step", [7, None, {}, {"op": "delete"}, {"op": "delete", "urn": "x", "oldState": 7}], ids=repr)
def test_step_of_another_form_is_no_loss(step):
    assert parse(step).losses == ()
