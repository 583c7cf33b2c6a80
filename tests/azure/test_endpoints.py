from __future__ import annotations

import asyncio
import socket

import pytest

from ftdeploy.azure.endpoints import find_cloud
from ftdeploy.errors import ServiceRefused


def find(reply):
    """The cloud that a metadata host describes which answers with `reply`, a status and a text, or raises it."""

    async def fetch(url):
        if isinstance(reply, Exception):
            raise reply
        assert url == "https://127.0.0.1:8443/metadata/endpoints?api-version=2022-09-01"
        return reply

    return asyncio.run(find_cloud("127.0.0.1:8443", fetch=fetch))


def test_without_a_host_it_is_public_azure():
    assert asyncio.run(find_cloud(None)).resource_manager == "https://management.azure.com"


def test_host_names_the_resource_manager():
    reply = (200, '{"name": "rehearsal", "resourceManager": "https://127.0.0.1:8443/"}')

    assert find(reply).resource_manager == "https://127.0.0.1:8443"


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (ConnectionError("no route"), "it cannot be reached"),
        ((404, "{}"), "it does not answer as a metadata host (404)"),
        ((200, "<html>"), "it does not answer JSON"),
        ((200, '{"resourceManager": "http://plain"}'), "it names no Resource Manager"),
        (
            (200, '{"name": "AzureChinaCloud", "resourceManager": "https://management.chinacloudapi.cn"}'),
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


def test_host_where_nobody_listens_is_refused():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        with pytest.raises(ServiceRefused, match="it cannot be reached"):
            asyncio.run(find_cloud(f"127.0.0.1:{taken.getsockname()[1]}"))
