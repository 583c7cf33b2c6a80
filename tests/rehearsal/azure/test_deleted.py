"""Deleted accounts: kept, listed, restored with what was in them, purged, and gone when their time is over."""

from __future__ import annotations

from datetime import timedelta

from ftdeploy.rehearsal.azure.clock import parse_time
from ftdeploy.rehearsal.azure.cognitiveservices.deleted import HELD
from ftdeploy.rehearsal.azure.due import settle
from tests.rehearsal.azure.checks.accounts import BODY, build_id
from tests.rehearsal.azure.checks.deployments import BOT
from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import (
    ACCOUNT,
    FOREIGN_SUBSCRIPTION,
    GROUP,
    OWN_MODEL,
    PROVIDER,
    SUBSCRIPTION,
    TRAINED_MODEL,
    TRAINING_ACCOUNT,
)

LIST = f"/subscriptions/{SUBSCRIPTION}/{PROVIDER}/deletedAccounts"
PLACE = f"/subscriptions/{SUBSCRIPTION}/{PROVIDER}/locations/swedencentral/resourceGroups/rg-dev"
DELETED = f"{PLACE}/deletedAccounts/contoso-dev"
RESTORE = {"location": "swedencentral", "properties": {"restore": True}}


def list_deleted(pretend: Pretend) -> list[str]:
    return [each["id"] for each in pretend.get(LIST).json()["value"]]


def test_deleted_account_is_listed_with_its_dates_and_not_found(pretend: Pretend) -> None:
    pretend.delete(ACCOUNT)

    found = pretend.get(DELETED).json()["properties"]

    kept = parse_time(found["scheduledPurgeDate"]) - parse_time(found["deletionDate"])
    assert (list_deleted(pretend), kept) == ([DELETED], timedelta(hours=48))
    assert pretend.get(ACCOUNT).status_code == 404


def test_restored_account_has_its_deployments_and_models(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.delete(ACCOUNT)

    restored = pretend.put(ACCOUNT, RESTORE)

    models = [each["name"] for each in pretend.get(f"{ACCOUNT}/models").json()["value"]]
    assert (restored.status_code, pretend.get(BOT).status_code, OWN_MODEL in models) == (201, 200, True)
    assert list_deleted(pretend) == []


def test_purged_account_leaves_its_name_free(pretend: Pretend) -> None:
    pretend.delete(ACCOUNT)

    purged = pretend.delete(DELETED)

    assert (purged.status_code, pretend.delete(DELETED).status_code) == (202, 204)
    assert pretend.put(ACCOUNT, BODY).status_code == 201


def test_account_goes_by_itself_after_two_days_as_azures_doing(pretend: Pretend) -> None:
    pretend.delete(ACCOUNT)

    pretend.pass_seconds(48 * 3600 + 1)
    settle(pretend.world)

    pretend._tokens.clear()
    last = pretend.world.activity.list_after(0)[-1]
    assert (last.is_azure, last.resource, list_deleted(pretend)) == (True, DELETED, [])


def test_deleted_group_keeps_its_accounts(pretend: Pretend) -> None:
    pretend.delete(GROUP)

    assert DELETED in list_deleted(pretend)


def test_account_cannot_come_back_into_a_group_that_is_gone(pretend: Pretend) -> None:
    pretend.delete(GROUP)

    assert get_code(pretend.put(ACCOUNT, RESTORE)) == "ResourceGroupNotFound"


def test_subdomain_of_a_deleted_account_is_taken_in_every_tenant(pretend: Pretend) -> None:
    pretend.delete(ACCOUNT)
    body = {**BODY, "properties": {"customSubDomainName": "contoso-dev"}}

    answer = pretend.ask(
        "POST",
        f"/subscriptions/{SUBSCRIPTION}/{PROVIDER}/checkDomainAvailability",
        {"subdomainName": "contoso-dev", "type": "Microsoft.CognitiveServices/accounts"},
    )

    assert get_code(pretend.put(build_id("other"), body)) == "CustomDomainInUse"
    assert answer.json()["isSubdomainAvailable"] is False
    assert FOREIGN_SUBSCRIPTION not in DELETED


def test_purge_at_resource_scope_is_not_enough(pretend: Pretend) -> None:
    pretend.delete(ACCOUNT)
    for each in list(pretend.world.resources.list_of_type("Microsoft.Authorization/roleAssignments")):
        pretend.world.resources.delete(each.id)

    assert get_code(pretend.delete(DELETED)) == "AuthorizationFailed"


def test_deleted_account_gives_no_models_away(pretend: Pretend) -> None:
    roles = list(pretend.world.resources.list_below(TRAINING_ACCOUNT))
    pretend.world.deleted.remove(TRAINING_ACCOUNT)
    for each in roles:
        pretend.world.resources.save(each)

    assert get_code(pretend.deploy(model=TRAINED_MODEL, source=TRAINING_ACCOUNT)) == "DeploymentModelNotSupported"


def test_purged_account_has_lost_its_models(pretend: Pretend) -> None:
    pretend.delete(ACCOUNT)
    pretend.delete(DELETED)

    pretend.put(ACCOUNT, BODY)

    assert OWN_MODEL not in [each["name"] for each in pretend.get(f"{ACCOUNT}/models").json()["value"]]


def test_every_table_of_what_accounts_hold_is_emptied_with_them(pretend: Pretend) -> None:
    names = [
        row["name"] for row in pretend.world.store.list_rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    tables = {
        name: [row["name"] for row in pretend.world.store.list_rows(f"PRAGMA table_info({name})")] for name in names
    }

    assert {name for name, columns in tables.items() if "account" in columns} - {"calls", "trainings"} == set(HELD)
