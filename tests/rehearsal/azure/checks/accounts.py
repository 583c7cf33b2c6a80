"""Checks of what accounts do: names, keys, networks, and being deleted."""

from __future__ import annotations

from collections.abc import Callable

from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, GROUP, IDLE_ACCOUNT, PROVIDER, SUBSCRIPTION

BODY = {"location": "swedencentral", "kind": "OpenAI", "sku": {"name": "S0"}, "properties": {}}


def build_id(name: str) -> str:
    return f"{GROUP}/{PROVIDER}/accounts/{name}"


def check_kept_account(pretend: Pretend) -> None:
    pretend.delete(IDLE_ACCOUNT)
    response = pretend.put(IDLE_ACCOUNT, BODY)
    assert (response.status_code, get_code(response)) == (409, "FlagMustBeSetForRestore")


def check_held_quota(pretend: Pretend) -> None:
    pretend.deploy("one", capacity=90)
    pretend.ask("DELETE", ACCOUNT)
    usages = pretend.get(f"/subscriptions/{SUBSCRIPTION}/{PROVIDER}/locations/swedencentral/usages").json()["value"]
    assert {each["name"]["value"]: each["currentValue"] for each in usages}[
        "OpenAI.Standard.gpt-4o-mini-finetune"
    ] == 90


def check_name(pretend: Pretend) -> None:
    assert get_code(pretend.put(build_id("a"), BODY)) == "InvalidResourceName"


def check_kind(pretend: Pretend) -> None:
    assert get_code(pretend.put(build_id("speech"), {**BODY, "kind": "SpeechServices"})) == "InvalidApiSetId"


def check_ready(pretend: Pretend) -> None:
    pretend.world.operations.seconds = 60
    pretend.put(build_id("young"), BODY)
    response = pretend.ask("POST", f"{build_id('young')}/listKeys")
    assert get_code(response) == "AccountProvisioningStateInvalid"


def check_accounts_per_region(pretend: Pretend) -> None:
    pretend.world.settings.put("accountsPerRegion", 2)
    assert get_code(pretend.put(build_id("third"), BODY)) == "QuotaExceeded"


def check_nothing_to_restore(pretend: Pretend) -> None:
    wish = {**BODY, "properties": {"restore": True}}
    refused = [pretend.put(each, wish) for each in (ACCOUNT, build_id("contoso-new"))]
    assert [get_code(each) for each in refused] == ["CanNotRestoreANonExistingResource"] * 2


def check_network(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.ask("PATCH", ACCOUNT, {"properties": {"publicNetworkAccess": "Disabled"}})
    response = pretend.chat()
    assert (response.status_code, response.json().get("error", {}).get("code")) == (403, "AccessDenied")


def check_regenerated_key(pretend: Pretend) -> None:
    before = pretend.ask("POST", f"{ACCOUNT}/listKeys").json()
    after = pretend.ask("POST", f"{ACCOUNT}/regenerateKey", {"keyName": "Key1"}).json()
    assert (after["key1"] != before["key1"], after["key2"]) == (True, before["key2"])


def check_unchangeable_subdomain(pretend: Pretend) -> None:
    response = pretend.put(ACCOUNT, {**BODY, "properties": {"customSubDomainName": "contoso-other"}})
    assert get_code(response) == "CustomDomainCannotBeChanged"


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "account-kinds": check_kind,
    "account-must-be-ready": check_ready,
    "account-names-are-checked": check_name,
    "accounts-are-kept-when-deleted": check_kept_account,
    "accounts-per-region": check_accounts_per_region,
    "deleted-accounts-hold-quota": check_held_quota,
    "keys-are-regenerated": check_regenerated_key,
    "networks-are-checked": check_network,
    "only-deleted-accounts-are-restored": check_nothing_to_restore,
    "subdomains-do-not-change": check_unchangeable_subdomain,
}
