"""Limits of token deployments on the wire."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.clock import parse_time
from tests.rehearsal.azure.dataplane import chat
from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT


def start_of_a_minute(pretend: Pretend) -> None:
    """Time goes on to just after the next minute begins."""
    pretend.pass_seconds(61 - pretend.world.clock.now().timestamp() % 60)


def test_headers_count_down(pretend: Pretend) -> None:
    pretend.deploy(capacity=1)
    start_of_a_minute(pretend)

    answers = [chat(pretend) for _ in range(2)]

    assert [each.headers["x-ratelimit-remaining-requests"] for each in answers] == ["5", "4"]
    assert answers[0].headers["x-ratelimit-limit-tokens"] == "1000"
    assert (answers[0].headers["x-ms-deployment-name"], answers[0].headers["x-ms-region"]) == ("bot", "swedencentral")


def test_seventh_request_of_a_minute_waits_for_the_next(pretend: Pretend) -> None:
    pretend.deploy(capacity=1)
    start_of_a_minute(pretend)

    statuses = [chat(pretend).status_code for _ in range(6)]
    refused = chat(pretend)
    pretend.pass_seconds(float(refused.headers["retry-after"]))

    assert (set(statuses), refused.status_code) == ({200}, 429)
    assert "exceeded call rate limit of your current OpenAI S0 pricing tier" in refused.json()["error"]["message"]
    assert 0 < int(refused.headers["retry-after-ms"]) <= 60_000
    assert chat(pretend).status_code == 200


def test_tokens_are_limited_by_what_may_be_generated(pretend: Pretend) -> None:
    pretend.deploy(capacity=1)
    start_of_a_minute(pretend)

    small = chat(pretend, max_tokens=900)
    full = chat(pretend, max_tokens=990)
    never = chat(pretend, max_tokens=1000)

    assert (small.status_code, full.status_code, never.status_code) == (200, 429, 429)
    assert "token rate limit" in full.json()["error"]["message"]
    assert never.headers["retry-after"] == "86400"


def test_short_window_has_its_share(pretend: Pretend) -> None:
    pretend.deploy(capacity=1)
    pretend.world.settings.put("requestWindowSeconds", 10)
    start_of_a_minute(pretend)

    first, second = chat(pretend), chat(pretend)
    pretend.pass_seconds(10)

    assert (first.status_code, second.status_code, chat(pretend).status_code) == (200, 429, 200)


def test_refused_calls_are_kept(pretend: Pretend) -> None:
    pretend.deploy(capacity=1)
    start_of_a_minute(pretend)

    for _ in range(7):
        chat(pretend, stream=True)

    kept = pretend.world.traffic.list_of_deployment(ACCOUNT, "bot", parse_time("2000-01-01T00:00:00Z"))
    assert [each.status for each in kept] == [200] * 6 + [429]
    assert (kept[0].prompt_tokens, kept[0].generated_tokens > 0, kept[0].is_stream) == (2, True, True)
    assert (kept[0].region, kept[6].prompt_tokens) == ("swedencentral", 0)


def test_new_deployment_is_not_found_for_a_while(pretend: Pretend) -> None:
    pretend.world.settings.put("deploymentReadySeconds", 300)
    pretend.deploy()

    early = chat(pretend)
    pretend.pass_seconds(301)

    assert (get_code(early), chat(pretend).status_code) == ("DeploymentNotFound", 200)
