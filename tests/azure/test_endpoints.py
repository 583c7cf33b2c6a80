from __future__ import annotations

import asyncio

import httpx
import pytest

from ftdeploy.azure.endpoints import find_cloud
from ftdeploy.errors import ServiceRefused


def find(reply):
    """The cloud that a metadata host describes which answers with `reply`, or raises it."""

    def answer(request):
        if isinstance(reply, Exception):
            raise reply
        assert str(request.url) == "https://127.0.0.1:8443/metadata/endpoints?api-version=2022-09-01"
        return reply

    connect = lambda: httpx.AsyncClient(transport=httpx.MockTransport(answer))  # noqa: E731
    return asyncio.run(find_cloud("127.0.0.1:8443", connect=connect))


def test_without_a_host_it_is_public_azure():
    assert asyncio.run(find_cloud(None)).resource_manager == "https://management.azure.com"


def test_host_names_the_resource_manager():
    reply = httpx.Response(200, json={"name": "rehearsal", "resourceManager": "https://127.0.0.1:8443/"})

    assert find(reply).resource_manager == "https://127.0.0.1:8443"


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (httpx.ConnectError("no route"), "it cannot be reached"),
        (httpx.Response(404, json={}), "it does not answer as a metadata host (404)"),
        (httpx.Response(200, text="<html>"), "it does not answer JSON"),
        (httpx.Response(200, json={"resourceManager": "http://plain"}), "it names no Resource Manager"),
        (
            httpx.Response(
                200, json={"name": "AzureChinaCloud", "resourceManager": "https://management.chinacloudapi.cn"}
            ),
            "AzureChinaCloud is not supported",
        ),
    ],
    ids=["unreachable", "missing", "no-json", "no-tls", "national"],
)
def test_host_that_is_none_is_refused(reply, said):
    with pytest.raises(ServiceRefused) as caught:
        find(reply)

    problem = caught.value.problems[0]
    assert said in problem.problem
    assert problem.where.name == "https://127.0.0.1:8443/metadata/endpoints"
    assert problem.fix == "correct or unset `ARM_METADATA_HOSTNAME`; another try helps only after that"
