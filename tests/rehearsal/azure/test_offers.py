"""What is sold, by date; what is left; what a load needs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.rehearsal.azure.checks.deployments import BOT, with_properties
from tests.rehearsal.azure.pretend import Pretend, get_code, open_pretend
from tests.rehearsal.azure.scenarios import ACCOUNT, PROVIDER, SUBSCRIPTION, build_scenario

ROOT = f"/subscriptions/{SUBSCRIPTION}/{PROVIDER}"
QUERY = "modelFormat=OpenAI&modelName=gpt-4o-mini&modelVersion=2024-07-18"


@pytest.fixture
def early(tmp_path):
    """February 2025, in a folder of its own: a test may hold it beside `pretend`."""
    folder = tmp_path / "early"
    folder.mkdir()
    opened = open_pretend(folder, {**build_scenario(), "clock": {"set": "2025-02-20T00:00:00Z"}})
    yield opened
    opened.world.store.close()


def list_models(pretend: Pretend, region: str) -> dict:
    listed = pretend.get(f"{ROOT}/locations/{region}/models").json()["value"]
    return {(each["model"]["name"], each["model"]["version"]): each["model"] for each in listed}


def list_skus(pretend: Pretend, region: str, model: tuple[str, str]) -> set[str]:
    return {each["name"] for each in list_models(pretend, region)[model]["skus"] if "finetune" in each["usageName"]}


def test_february_2025_has_its_own_models_and_regions(early: Pretend) -> None:
    models = list_models(early, "swedencentral")

    assert ("babbage-002", "1") in models
    assert ("gpt-4.1", "2025-04-14") not in models
    assert list_skus(early, "northcentralus", ("gpt-4o", "2024-08-06")) == {"Standard", "GlobalStandard"}


def test_today_has_others(pretend: Pretend) -> None:
    assert ("babbage-002", "1") not in list_models(pretend, "swedencentral")
    assert "Standard" not in list_skus(pretend, "northcentralus", ("gpt-4o", "2024-08-06"))


def test_one_deployment_for_each_model_held_in_february_2025(early: Pretend) -> None:
    early.deploy("one", capacity=1)

    assert "Only one deployment is permitted" in early.deploy("two", capacity=1).text


def test_capacities_tell_what_quota_leaves(pretend: Pretend) -> None:
    pretend.deploy(capacity=60)

    listed = pretend.get(f"{ROOT}/locations/swedencentral/modelCapacities?{QUERY}").json()["value"]

    left = {each["name"]: each["properties"]["availableFinetuneCapacity"] for each in listed}
    assert (left["Standard"], left["ProvisionedManaged"], left["DataZoneStandard"]) == (40, 300, 0)


def test_capacities_of_all_regions_name_their_region(pretend: Pretend) -> None:
    regions, address = set(), f"{ROOT}/modelCapacities?{QUERY}"
    while address:
        body = pretend.get(address).json()
        regions |= {each["location"] for each in body["value"]}
        address = body.get("nextLink", "").removeprefix("https://127.0.0.1:20443")

    assert {"swedencentral", "northcentralus"} <= regions


def test_capacities_without_a_model_are_refused(pretend: Pretend) -> None:
    assert get_code(pretend.get(f"{ROOT}/modelCapacities?modelFormat=OpenAI")) == "InvalidRequest"


def test_region_gets_capacity_back_with_the_deployment(pretend: Pretend) -> None:
    pretend.world.store.write("INSERT INTO capacity VALUES ('swedencentral', 'provisionedmanaged', '', 25)")
    pretend.deploy(sku="ProvisionedManaged", capacity=25)
    full = get_code(pretend.deploy("two", sku="ProvisionedManaged", capacity=25))

    pretend.delete(BOT)

    assert (full, get_code(pretend.deploy("two", sku="ProvisionedManaged", capacity=25))) == (
        "InsufficientCapacity",
        "",
    )


def test_load_is_sized_with_the_output_weight_of_the_day(pretend: Pretend, early: Pretend) -> None:
    """gpt-4o, 1,000 requests a minute of 200 and 50 tokens: 140 PTU with weight 3, 160 with weight 4; steps of 50."""
    body = {
        "model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-08-06"},
        "skuName": "ProvisionedManaged",
        "workloads": [
            {"requestPerMinute": 1000, "requestParameters": {"avgPromptTokens": 200, "avgGeneratedTokens": 50}}
        ],
    }

    sized = [each.ask("POST", f"{ROOT}/calculateModelCapacity", body).json() for each in (early, pretend)]

    assert [each["estimatedCapacity"] for each in sized] == [
        {"value": 140, "deployableValue": 150},
        {"value": 160, "deployableValue": 200},
    ]


def test_deployment_lists_the_skus_that_it_can_become(pretend: Pretend) -> None:
    pretend.deploy()

    skus = {each["sku"]["name"]: each["capacity"]["step"] for each in pretend.get(f"{BOT}/skus").json()["value"]}

    assert skus == {"Standard": 1, "GlobalStandard": 1, "ProvisionedManaged": 25}


def test_account_tells_what_its_own_deployments_use(pretend: Pretend) -> None:
    pretend.deploy(capacity=7)

    (usage,) = pretend.get(f"{ACCOUNT}/usages").json()["value"]

    assert (usage["name"]["value"], usage["currentValue"]) == ("OpenAI.Standard.gpt-4o-mini-finetune", 7)


def page_through(pretend: Pretend, after_first: Sequence[str] = ()) -> list[str]:
    """Names of deployments, two a page; some are deleted after the first page."""
    pretend.world.settings.put("pageSize", 2)
    for name in ("a", "b", "c", "d", "e"):
        pretend.deploy(name, capacity=1)
    seen, address = [], f"{ACCOUNT}/deployments"
    while address:
        body = pretend.get(address).json()
        if not seen:
            for name in after_first:
                pretend.delete(f"{ACCOUNT}/deployments/{name}")
        seen += [each["name"] for each in body["value"]]
        address = body.get("nextLink", "").removeprefix("https://127.0.0.1:20443")
    return seen


@pytest.mark.parametrize("gone", ["", "a", "b", "ab"])
def test_pages_follow_each_other_to_the_end_whatever_goes_meanwhile(pretend: Pretend, gone: str) -> None:
    assert page_through(pretend, after_first=gone) == ["a", "b", "c", "d", "e"]


def test_pause_and_resume_are_idempotent(pretend: Pretend) -> None:
    pretend.deploy()

    states = [
        pretend.ask("POST", f"{BOT}/{verb}").json()["properties"]["deploymentState"]
        for verb in ("pause", "pause", "resume", "resume")
    ]

    assert states == ["Paused", "Paused", "Running", "Running"]


def test_paused_deployment_is_written_without_resuming_it(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.ask("POST", f"{BOT}/pause")

    larger = pretend.deploy(capacity=12).json()["properties"]
    answered = pretend.chat()

    assert (larger["currentCapacity"], larger["deploymentState"], answered.status_code) == (12, "Paused", 423)


def test_write_pauses_and_resumes_what_can_be_paused(pretend: Pretend) -> None:
    states = [
        pretend.put(BOT, with_properties(deploymentState=state)).json()["properties"]["deploymentState"]
        for state in ("Paused", "Running")
    ]
    body = {**with_properties(deploymentState="Paused"), "sku": {"name": "ProvisionedManaged", "capacity": 25}}

    assert (states, pretend.put(BOT, body).status_code) == (["Paused", "Running"], 400)
    assert pretend.put(BOT, with_properties(deploymentState="Asleep")).status_code == 400


def test_own_content_filter_can_be_named(pretend: Pretend) -> None:
    pretend.put(f"{ACCOUNT}/raiPolicies/strict", {"properties": {"mode": "Blocking"}})

    names = [each["name"] for each in pretend.get(f"{ACCOUNT}/raiPolicies").json()["value"]]

    assert names == ["Microsoft.Default", "Microsoft.DefaultV2", "strict"]
