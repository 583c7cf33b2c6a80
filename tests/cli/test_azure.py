from __future__ import annotations

import json
import re

from tests.cli.contoso import BARE_ACCOUNT, DEV_ACCOUNT, FINE_TUNED


def list_verdicts(told):
    return {each["deployment"]: each["verdict"] for each in json.loads(told.out)["deployments"]}


def test_idle_tells_age_calls_and_verdicts(on_azure):
    told = on_azure("idle", "dev", "--json")

    assert (told.exit_code, told.error) == (0, "")
    assert list_verdicts(told).items() >= {"forgotten": "idle", "fresh": "too young", "support-bot": "active"}.items()
    assert {each["deployment"]: each["ageDays"] for each in json.loads(told.out)["deployments"]} == {
        "called": 20,
        "forgotten": 40,
        "fresh": 3,
        "support-bot": 20,
    }


def test_idle_as_a_table_has_no_colour_off_a_terminal(on_azure):
    told = on_azure("idle", "dev")

    assert told.out.startswith("account      deployment   created     age   last call ")
    assert "\x1b" not in told.out
    assert "forgotten: no deployment of this stack's file" in told.error


def test_metrics_that_may_not_be_read_are_unknown(on_azure):
    told = on_azure("idle", "prod", "--json")

    [seen] = json.loads(told.out)["deployments"]
    assert (told.exit_code, seen["verdict"], seen["lastCallAt"], seen["deletableFrom"]) == (0, "unknown", None, None)
    assert "no role that allows it (403 AuthorizationFailed)" in seen["reason"]


def test_missing_account_makes_deployments_absent(on_azure):
    on_azure.edit("stacks/dev.yaml", DEV_ACCOUNT, f"{DEV_ACCOUNT}-gone")

    assert list_verdicts(on_azure("idle", "dev", "--json")) == {"support-bot": "absent"}


def test_ask_prints_answer_model_and_tokens_and_counts_as_a_call(on_azure):
    on_azure.edit("stacks/dev.yaml", "support-bot:\n", "called:\n")

    asked = on_azure("ask", "dev", "called", "Where is my invoice?")
    seen = on_azure("idle", "dev", "--json")

    assert asked.exit_code == 0
    assert "Where is my invoice?" in asked.out
    assert f"\n\nmodel: {FINE_TUNED}\n" in asked.out
    assert re.fullmatch(r"tokens: 5 in, \d+ out", asked.out.splitlines()[-1])
    assert list_verdicts(seen)["called"] == "active"


def test_ask_without_a_data_role_is_refused(on_azure):
    on_azure.edit("stacks/dev.yaml", DEV_ACCOUNT, BARE_ACCOUNT)

    told = on_azure("ask", "dev", "support-bot", "Hello")

    assert (told.exit_code, told.out) == (3, "")
    assert told.error == (
        f"{BARE_ACCOUNT}\n"
        "error: Azure did not let support-bot answer: "
        "the signed-in principal has no role that allows it (401 PermissionDenied)\n"
        f"hint: give it `Cognitive Services OpenAI User` on {BARE_ACCOUNT}, "
        "and wait up to 10 minutes until the role works; another try helps only after that\n"
    )


def test_azure_that_is_not_there_is_told(on_azure):
    on_azure.environment["ARM_METADATA_HOSTNAME"] = "127.0.0.1:1"

    told = on_azure("idle", "dev")

    assert told.exit_code == 3
    assert "the metadata host does not say where Azure is: it cannot be reached" in told.error
