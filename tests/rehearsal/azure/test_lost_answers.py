"""Answers that come late or never, as clients over TLS meet them."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from azure.mgmt.cognitiveservices import CognitiveServicesManagementClient

from tests.rehearsal.azure.processes import Emulator
from tests.rehearsal.azure.scenarios import SUBSCRIPTION, TENANT, build_deployment
from tests.rehearsal.azure.test_clients import PLACE, open_credential

FAULTS = "/_rehearsal/faults"


@pytest.fixture
def http(emulator: Emulator) -> Iterator[httpx.Client]:
    with emulator.open_http() as client:
        yield client
        client.delete(FAULTS)


@pytest.fixture
def management(emulator: Emulator) -> Iterator[CognitiveServicesManagementClient]:
    credential = open_credential(emulator, TENANT)
    with (
        credential,
        CognitiveServicesManagementClient(
            credential, SUBSCRIPTION, base_url=emulator.url, connection_verify=emulator.ca, retry_backoff_factor=0.01
        ) as client,
    ):
        yield client


def test_reset_connection_gives_no_answer(http: httpx.Client) -> None:
    http.put(FAULTS, json={"kind": "reset", "route": "GET /metadata/*"})

    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        http.get("/metadata/endpoints?api-version=2022-09-01")
    assert http.get("/metadata/endpoints?api-version=2022-09-01").status_code == 200


def test_client_that_waits_less_times_out(http: httpx.Client) -> None:
    http.put(FAULTS, json={"kind": "time-out", "route": "GET /metadata/*", "seconds": 30})

    with pytest.raises(httpx.ReadTimeout):
        http.get("/metadata/endpoints?api-version=2022-09-01", timeout=0.3)


def test_slow_answer_comes(http: httpx.Client) -> None:
    http.put(FAULTS, json={"kind": "slow", "route": "GET /metadata/*", "seconds": 0.2})

    answer = http.get("/metadata/endpoints?api-version=2022-09-01")

    assert (answer.status_code, answer.elapsed.total_seconds() >= 0.2) == (200, True)


def test_azures_client_tries_again_after_a_lost_answer(
    http: httpx.Client, management: CognitiveServicesManagementClient
) -> None:
    http.put(FAULTS, json={"kind": "reset", "route": "PUT */deployments/lost", "after": True})

    made = management.deployments.begin_create_or_update(
        **PLACE, deployment_name="lost", deployment=build_deployment(capacity=1)
    ).result()
    management.deployments.begin_delete(**PLACE, deployment_name="lost").result()

    asked = http.get("/_rehearsal/requests").json()["requests"]
    written = [each["status"] for each in asked if each["method"] == "PUT" and each["path"].endswith("/lost")]
    assert (made.properties.provisioning_state, written) == ("Succeeded", [201, 200])
