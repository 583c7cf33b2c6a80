"""The embedded engine does what the Pulumi CLI did."""

from __future__ import annotations

import pytest
from azure.mgmt.cognitiveservices import models

from tests.golden.journeys import JOURNEYS
from tests.golden.transcript import PARTS, load_record, record_journey


def list_bodies(kind: str) -> list[dict]:
    requests = [request for name in JOURNEYS for step in load_record(name) for request in step["requests"]]
    return [each["body"] for each in requests if each["method"] == "PUT" and each["path"].split("/")[-2] == kind]


@pytest.mark.parametrize("name", JOURNEYS)
def test_embedded_engine_equals_the_record(name, tmp_path):
    recorded = load_record(name)
    walked = record_journey(tmp_path / "contoso", JOURNEYS[name], "embedded")

    for mine, theirs in zip(walked, recorded, strict=True):
        for part in PARTS:
            assert mine[part] == theirs[part], f"{theirs['step']}: {part}"


@pytest.mark.parametrize(("kind", "model"), [("deployments", models.Deployment), ("accounts", models.Account)])
def test_bodies_pass_through_the_sdk_without_loss(kind, model):
    bodies = list_bodies(kind)

    assert bodies
    assert [model.deserialize(body).serialize(keep_readonly=True) for body in bodies] == bodies
