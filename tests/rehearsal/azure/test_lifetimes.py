"""What Azure deletes by itself, when, and how it shows."""

from __future__ import annotations

import pytest

from tests.rehearsal.azure.checks.deployments import BOT, pass_days
from tests.rehearsal.azure.pretend import Pretend, open_pretend
from tests.rehearsal.azure.scenarios import ACCOUNT, OWN_MODEL, build_deployment, build_scenario


def exists(pretend: Pretend, path: str = BOT) -> bool:
    return pretend.get(path).status_code == 200


def test_idle_deployment_goes_and_its_model_stays(pretend: Pretend) -> None:
    pretend.deploy()
    pass_days(pretend, 15)
    before = exists(pretend)

    pass_days(pretend, 1)

    models = [each["name"] for each in pretend.get(f"{ACCOUNT}/models").json()["value"]]
    assert (before, exists(pretend), OWN_MODEL in models) == (True, False, True)
    assert pretend.deploy().status_code == 201


def test_call_lets_it_live_fifteen_days_more(pretend: Pretend) -> None:
    pretend.deploy()
    pass_days(pretend, 10)
    pretend.chat()

    pass_days(pretend, 14)
    then = exists(pretend)
    pass_days(pretend, 2)

    assert (then, exists(pretend)) == (True, False)


def test_another_size_does_not_make_it_young(pretend: Pretend) -> None:
    pretend.deploy()
    pass_days(pretend, 10)
    pretend.deploy(capacity=12)

    pass_days(pretend, 6)

    assert not exists(pretend)


def test_time_goes_on_while_the_account_is_deleted(tmp_path) -> None:
    scenario = build_scenario()
    scenario["fineTunedModels"][0]["base"] = {"name": "gpt-4.1", "version": "2025-04-14"}
    pretend = open_pretend(tmp_path, scenario)
    assert pretend.deploy(sku="DeveloperTier").status_code == 201
    pretend.delete(ACCOUNT)
    pass_days(pretend, 1.5)

    pretend.put(ACCOUNT, {"location": "swedencentral", "properties": {"restore": True}})

    assert not exists(pretend)


def test_shorter_rule_holds_for_what_is_there(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.http.put("/_rehearsal/settings", json={"idleDays": 1})

    pass_days(pretend, 1)
    before = exists(pretend)
    pass_days(pretend, 1)

    assert (before, exists(pretend)) == (True, False)


def test_deployment_of_a_base_model_stays(pretend: Pretend) -> None:
    body = build_deployment("gpt-4o-mini")
    body["properties"]["model"]["version"] = "2024-07-18"
    pretend.put(BOT, body)

    pass_days(pretend, 60)

    assert exists(pretend)


def test_deletion_shows_as_azures_doing_at_its_own_moment(pretend: Pretend) -> None:
    pretend.deploy()
    begun = pretend.world.clock.now()

    pass_days(pretend, 40)

    (act,) = [each for each in pretend.world.activity.list_after(0) if each.is_azure]
    assert (act.resource, act.reason) == (BOT, "no calls for 15 days")
    assert 15 <= (act.at - begun).days <= 16


def test_given_deployment_has_half_a_day_to_be_seen(tmp_path) -> None:
    scenario = build_scenario()
    scenario["resources"].append({"id": BOT, "body": build_deployment(), "createdDaysAgo": 40})
    pretend = open_pretend(tmp_path, scenario)
    before = exists(pretend)

    pass_days(pretend, 0.6)

    assert (before, exists(pretend)) == (True, False)
    pretend.world.store.close()


@pytest.mark.parametrize(("operation", "lives"), [("completions", False), ("responses", True)])
def test_which_calls_count_is_a_setting(pretend: Pretend, operation: str, lives: bool) -> None:
    assert (operation in pretend.world.settings.get_words("operationsThatCountAsUse")) is lives


def test_model_statuses_follow_the_clock(pretend: Pretend) -> None:
    def find_status() -> str:
        models = {each["name"]: each for each in pretend.get(f"{ACCOUNT}/models").json()["value"]}
        return models["gpt-4o-mini"]["lifecycleStatus"]

    seen = [find_status()]
    for days in (200, 200):
        pass_days(pretend, days)
        seen.append(find_status())

    assert seen == ["GenerallyAvailable", "Deprecating", "Deprecated"]
