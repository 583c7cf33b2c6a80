"""The activity log has what people changed, and what they were refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ftdeploy.rehearsal.azure.clock import render_time
from tests.rehearsal.azure.pretend import Pretend
from tests.rehearsal.azure.scenarios import ACCOUNT, PIPELINE, READER, SUBSCRIPTION

LOG = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Insights/eventtypes/management/values"


def list_acts(pretend: Pretend) -> list:
    now = pretend.world.clock.now()
    return pretend.world.activity.list_between(SUBSCRIPTION, now - timedelta(hours=1), now)


def test_write_shows_as_its_callers_doing(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.get(f"{ACCOUNT}/deployments/bot")

    (act,) = list_acts(pretend)

    assert (act.operation, act.status) == ("Microsoft.CognitiveServices/accounts/deployments/write", "Succeeded")
    assert (act.resource, act.caller, act.is_azure) == (f"{ACCOUNT}/deployments/bot", PIPELINE["objectId"], False)


def test_refused_write_shows_with_its_code(pretend: Pretend) -> None:
    pretend.as_(READER).delete(f"{ACCOUNT}/deployments/bot")

    (act,) = list_acts(pretend)

    assert (act.status, act.reason, act.http_status) == ("Failed", "AuthorizationFailed", 403)


def test_what_azure_does_is_told_apart(pretend: Pretend) -> None:
    pretend.world.activity.note_of_azure(f"{ACCOUNT}/deployments/bot", "…/delete", "idle")

    (act,) = list_acts(pretend)

    assert (act.is_azure, act.reason) == (True, "idle")


def test_log_is_read_by_group_resource_and_provider(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.deploy("other")
    pretend.delete(f"{ACCOUNT}/deployments/none")

    bot = read_log(pretend, f"resourceUri eq '{ACCOUNT}/deployments/BOT'")
    failed = read_log(pretend, "status eq 'Failed'")

    assert [each["operationName"]["value"].rpartition("/")[2] for each in bot] == ["write"]
    assert (bot[0]["caller"], bot[0]["resourceGroupName"]) == (PIPELINE["objectId"], "rg-dev")
    assert len(read_log(pretend, "resourceGroupName eq 'RG-DEV'")) == len(read_log(pretend)) >= 2
    assert read_log(pretend, "resourceProvider eq 'Microsoft.Storage'") == []
    assert all(each["level"] == "Error" for each in failed)


def test_only_what_is_selected_is_read(pretend: Pretend) -> None:
    pretend.deploy()

    [event] = read_log(pretend, select="&$select=caller,eventTimestamp")

    assert set(event) == {"caller", "eventTimestamp"}


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "caller eq 'x'",
        "eventTimestamp ge 'never'",
        "eventTimestamp eq '2026-01-01'",
        "eventTimestamp ge '2026-01-01' or caller eq 'x'",
        "eventTimestamp ge '2026-01-01' and level eq 'Error'",
    ],
)
def test_filter_that_azure_does_not_take_is_refused(pretend: Pretend, wanted: str) -> None:
    answer = pretend.get(f"{LOG}?$filter={wanted}")

    assert (answer.status_code, answer.json()["code"]) == (400, "BadRequest")


def read_log(pretend: Pretend, wanted: str = "", select: str = "") -> list[dict[str, Any]]:
    start = render_time(pretend.world.clock.now() - timedelta(hours=1))
    query = f"eventTimestamp ge '{start}'{f' and {wanted}' if wanted else ''}"
    found: list[dict[str, Any]] = pretend.get(f"{LOG}?$filter={query}{select}").json()["value"]
    return found


def test_moments_without_quotation_marks_are_read_as_the_azure_cli_writes_them(pretend: Pretend) -> None:
    pretend.put(f"{ACCOUNT}/deployments/bad name", {})
    now = pretend.world.clock.now()
    start, end = (each.strftime("%Y-%m-%dT%H:%M:%S.%f") for each in (now - timedelta(hours=1), now))

    found = pretend.get(f"{LOG}?$filter=eventTimestamp ge {start} and eventTimestamp le {end}")

    assert (found.status_code, len(found.json()["value"])) == (200, 1)
