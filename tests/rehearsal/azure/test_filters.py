"""Content filters and prompt caching on the wire."""

from __future__ import annotations

import json

import pytest

from tests.rehearsal.azure.dataplane import chat
from tests.rehearsal.azure.pretend import Pretend
from tests.rehearsal.azure.scenarios import ACCOUNT, build_deployment


def test_answer_says_what_the_filters_found(pretend: Pretend) -> None:
    pretend.deploy()

    body = chat(pretend).json()

    assert body["choices"][0]["content_filter_results"]["violence"] == {"filtered": False, "severity": "safe"}
    assert body["prompt_filter_results"][0]["content_filter_results"]["jailbreak"]["detected"] is False


def test_prompt_is_refused(pretend: Pretend) -> None:
    pretend.deploy()

    refused = chat(pretend, "Please filter this prompt.")

    error = refused.json()["error"]
    assert (refused.status_code, error["code"], error["param"]) == (400, "content_filter", "prompt")
    assert error["innererror"]["code"] == "ResponsibleAIPolicyViolation"
    assert error["innererror"]["content_filter_result"]["violence"] == {"filtered": True, "severity": "medium"}


def test_answer_is_held_back(pretend: Pretend) -> None:
    pretend.deploy()

    choice = chat(pretend, "Please filter this answer.").json()["choices"][0]

    assert (choice["finish_reason"], choice["message"]["content"]) == ("content_filter", "")
    assert choice["content_filter_results"]["violence"]["filtered"] is True


def test_stream_begins_with_the_verdict_on_the_prompt(pretend: Pretend) -> None:
    pretend.deploy()

    lines = chat(pretend, "Filter this answer", stream=True).text.split("\n\n")

    first, last = (json.loads(lines[number].removeprefix("data: ")) for number in (0, -3))
    assert (first["choices"], first["prompt_filter_results"][0]["prompt_index"]) == ([], 0)
    assert last["choices"][0]["finish_reason"] == "content_filter"


@pytest.mark.parametrize(
    ("filter_", "status"),
    [
        ({"severityThreshold": "Medium"}, 400),
        ({"severityThreshold": "High"}, 200),
        ({"severityThreshold": "Medium", "blocking": False}, 200),
        ({"severityThreshold": "Low", "enabled": False}, 200),
        ({"severityThreshold": "High", "source": "Completion"}, 400),
    ],
    ids=["as-usual", "only-high", "annotates", "off", "other-side"],
)
def test_filter_of_ones_own_decides(pretend: Pretend, filter_: dict, status: int) -> None:
    own = {"name": "Violence", "enabled": True, "blocking": True, "source": "Prompt", **filter_}
    pretend.put(f"{ACCOUNT}/raiPolicies/own", {"properties": {"mode": "Blocking", "contentFilters": [own]}})
    body = build_deployment()
    body["properties"]["raiPolicyName"] = "own"
    pretend.put(f"{ACCOUNT}/deployments/bot", body)

    assert chat(pretend, "filter this prompt").status_code == status


def test_beginning_of_a_prompt_is_cached_for_a_while(pretend: Pretend) -> None:
    pretend.deploy(capacity=100)
    text = "word " * 1200

    cached = [chat(pretend, text + each).json()["usage"]["prompt_tokens_details"]["cached_tokens"] for each in "ab"]
    pretend.pass_seconds(301)
    late = chat(pretend, text).json()["usage"]["prompt_tokens_details"]["cached_tokens"]

    assert (cached, late) == ([0, 1152], 0)


def test_prompt_that_begins_otherwise_is_not_cached(pretend: Pretend) -> None:
    pretend.deploy(capacity=100)
    text = "word " * 1200

    chat(pretend, text)

    assert chat(pretend, f"a {text}").json()["usage"]["prompt_tokens_details"]["cached_tokens"] == 0
