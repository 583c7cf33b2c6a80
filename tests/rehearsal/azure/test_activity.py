"""The activity log has what people changed, and what they were refused."""

from __future__ import annotations

from datetime import timedelta

from tests.rehearsal.azure.pretend import Pretend
from tests.rehearsal.azure.scenarios import ACCOUNT, PIPELINE, READER, SUBSCRIPTION


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
