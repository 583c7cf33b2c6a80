"""Provisioned deployments: how full they are, and where calls go when they are."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from ftdeploy.rehearsal.azure.clock import parse_time
from tests.rehearsal.azure.dataplane import chat
from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, build_deployment

SKU = {"sku": "ProvisionedManaged", "capacity": 50}
BASE = {"format": "OpenAI", "name": "gpt-4o", "version": "2024-08-06"}
LONG = "word " * 130_000
UTILIZATION = "azure-openai-deployment-utilization"


def deploy(pretend: Pretend, name: str = "bot", sku: str = "ProvisionedManaged", **properties: Any) -> httpx.Response:
    """50 PTU of gpt-4o carry 125,000 tokens a minute; a token deployment of the same capacity carries 50,000."""
    capacity = 50 if sku == "ProvisionedManaged" else 200
    body = build_deployment("gpt-4o", sku=sku, capacity=capacity)
    body["properties"] = {"model": BASE, **properties}
    return pretend.put(f"{ACCOUNT}/deployments/{name}", body)


def test_deployment_fills_refuses_and_empties(pretend: Pretend) -> None:
    deploy(pretend)

    filling = chat(pretend, LONG, max_tokens=1)
    refused = chat(pretend)
    pretend.pass_seconds(int(refused.headers["retry-after-ms"]) / 1000)
    after = chat(pretend)

    assert (filling.headers[UTILIZATION], refused.status_code, after.status_code) == ("104.0%", 429, 200)
    assert "x-ratelimit-limit-tokens" not in filling.headers
    kept = pretend.world.traffic.list_of_deployment(ACCOUNT, "bot", parse_time("2000-01-01T00:00:00Z"))
    assert [(each.status, each.ptu) for each in kept] == [(200, 50), (429, 50), (200, 50)]
    assert kept[0].utilization_percent > 104 > kept[2].utilization_percent


def test_output_weighs_more_and_cached_tokens_nothing(pretend: Pretend) -> None:
    deploy(pretend)
    text = "word " * 25_600

    first = chat(pretend, text, max_tokens=1)
    pretend.pass_seconds(120)
    second = chat(pretend, text, max_tokens=1)

    assert first.headers[UTILIZATION] == "20.5%"
    assert second.json()["usage"]["prompt_tokens_details"]["cached_tokens"] == 25_600
    assert second.headers[UTILIZATION] == "0.0%"


@pytest.mark.parametrize("by", ["property", "header"])
def test_full_deployment_spills_over(pretend: Pretend, by: str) -> None:
    deploy(pretend, "spare", "GlobalStandard")
    deploy(pretend, **({"spilloverDeploymentName": "spare"} if by == "property" else {}))
    headers = {"x-ms-spillover-deployment": "spare"} if by == "header" else {}
    chat(pretend, LONG, max_tokens=1, headers=headers)

    spilled = chat(pretend, headers=headers)

    assert spilled.status_code == 200
    assert spilled.headers["x-ms-spillover-from-deployment"] == "bot"
    assert spilled.headers["x-ms-deployment-name"] == "spare"
    kept = pretend.world.traffic.list_of_deployment(ACCOUNT, "spare", parse_time("2000-01-01T00:00:00Z"))
    assert [(each.status, each.is_spillover) for each in kept] == [(200, True)]


def test_failed_spillover_answers_as_the_provisioned_one_did(pretend: Pretend) -> None:
    deploy(pretend)
    headers = {"x-ms-spillover-deployment": "nobody"}
    chat(pretend, LONG, max_tokens=1)

    refused = chat(pretend, headers=headers)

    assert (refused.status_code, refused.headers["x-ms-spillover-error"]) == (429, "404")


def test_half_a_deployment_is_twice_as_full(pretend: Pretend) -> None:
    deploy(pretend)
    body = build_deployment("gpt-4o", sku="ProvisionedManaged", capacity=100)
    body["properties"] = {"model": BASE}
    pretend.put(f"{ACCOUNT}/deployments/bot", body)
    chat(pretend, LONG, max_tokens=1)

    deploy(pretend)

    refused = chat(pretend)
    assert (refused.status_code, float(refused.headers[UTILIZATION].rstrip("%")) > 100) == (429, True)


def test_filtered_prompt_does_not_spill_over(pretend: Pretend) -> None:
    deploy(pretend, "spare", "GlobalStandard")
    deploy(pretend, spilloverDeploymentName="spare")

    refused = chat(pretend, "Filter this prompt")

    assert get_code(refused) == "content_filter"
    assert "x-ms-spillover-error" not in refused.headers


@pytest.mark.parametrize("kind", ["429", "500", "503"])
def test_breakdown_of_a_provisioned_deployment_spills_over(pretend: Pretend, kind: str) -> None:
    deploy(pretend, "spare", "GlobalStandard")
    deploy(pretend, spilloverDeploymentName="spare")
    pretend.http.put("/_rehearsal/faults", json={"kind": kind, "route": "POST */chat/completions", "count": 1})

    answered = pretend.chat()

    assert answered.status_code == 200
    assert answered.headers["x-ms-spillover-from-deployment"] == "bot"


def test_breakdown_without_a_spare_is_the_answer(pretend: Pretend) -> None:
    deploy(pretend)
    pretend.http.put("/_rehearsal/faults", json={"kind": "503", "route": "POST */chat/completions", "count": 1})

    assert (pretend.chat().status_code, pretend.chat().status_code) == (503, 200)
