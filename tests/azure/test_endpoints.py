from __future__ import annotations

import asyncio
import socket

import pytest

from ftdeploy.azure.endpoints import Cloud, find_cloud, find_tenant
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


def find_owner(reply):
    """The tenant that a subscription's challenge tells, or what asking for it raises."""

    async def challenge(url):
        if isinstance(reply, Exception):
            raise reply
        assert url == "https://management.azure.com/subscriptions/s?api-version=2022-09-01"
        return reply

    return asyncio.run(find_tenant(Cloud(), "s", challenge=challenge))


def test_challenge_tells_the_tenant():
    tenant = "10000000-0000-4000-8000-00000000a001"
    told = f'Bearer authorization_uri="https://login.windows.net/{tenant}", error="invalid_token"'

    assert find_owner(told) == tenant


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (ConnectionError("no route"), "it cannot be reached"),
        ("", "it does not say whose the subscription is"),
        ('Bearer authorization_uri="https://login.windows.net/common"', "it does not say whose the subscription is"),
    ],
    ids=["unreachable", "silent", "nobody's"],
)
def test_tenant_that_is_not_told_is_to_be_named(reply, said):
    with pytest.raises(ServiceRefused) as caught:
        find_owner(reply)

    problem = caught.value.problems[0]
    assert said in problem.problem
    assert problem.fix == "name it with `--tenant TENANT`"
