"""Checks of cognitiveservices's behaviours."""

from __future__ import annotations

from collections.abc import Callable

from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, IDLE_ACCOUNT, OWN_MODEL, TRAINED_MODEL, TRAINING_ACCOUNT


def check_capacity(pretend: Pretend) -> None:
    response = pretend.deploy(capacity=0)
    assert get_code(response) == "InvalidCapacity"


def check_model_exists(pretend: Pretend) -> None:
    response = pretend.deploy(model=TRAINED_MODEL)
    assert get_code(response) == "DeploymentModelNotSupported"


def check_keys_off(pretend: Pretend) -> None:
    pretend.deploy()
    key = pretend.ask("POST", f"{ACCOUNT}/listKeys").json()["key1"]
    pretend.ask("PATCH", ACCOUNT, {"properties": {"disableLocalAuth": True}})
    response = pretend.chat(**{"api-key": key})
    assert (response.status_code, get_code(response)) == (403, "AuthenticationTypeDisabled")


def check_one_write(pretend: Pretend) -> None:
    pretend.world.operations.seconds = 60
    pretend.deploy("first")
    response = pretend.deploy("second")
    assert (response.status_code, get_code(response)) == (409, "RequestConflict")


def check_patch(pretend: Pretend) -> None:
    pretend.deploy()
    response = pretend.ask(
        "PATCH", f"{ACCOUNT}/deployments/bot", {"properties": {"raiPolicyName": "Microsoft.Default"}}
    )
    assert get_code(response) == "InvalidRequestContent"


def check_ptu_sizes(pretend: Pretend) -> None:
    response = pretend.deploy(sku="ProvisionedManaged", capacity=40)
    assert get_code(response) == "InvalidCapacity"


def check_quota(pretend: Pretend) -> None:
    pretend.deploy("first", capacity=60)
    response = pretend.deploy("second", capacity=50)
    assert get_code(response) == "InsufficientQuota"


def check_skus(pretend: Pretend) -> None:
    response = pretend.deploy(sku="DeveloperTier")
    assert get_code(response) == "InvalidResourceProperties"


def check_source(pretend: Pretend) -> None:
    assignments = pretend.world.resources.list_of_type(
        "Microsoft.Authorization/roleAssignments", below=TRAINING_ACCOUNT
    )
    for each in list(assignments):
        pretend.world.resources.delete(each.id)
    response = pretend.deploy(model=TRAINED_MODEL, source=TRAINING_ACCOUNT)
    assert (response.status_code, get_code(response)) == (403, "LinkedAuthorizationFailed")


def check_subdomain(pretend: Pretend) -> None:
    body = {"location": "swedencentral", "properties": {"customSubDomainName": "contoso-idle"}}
    response = pretend.put(IDLE_ACCOUNT.replace("contoso-idle", "another"), body)
    assert get_code(response) == "CustomDomainInUse"


def check_tuned_models(pretend: Pretend) -> None:
    found = pretend.get(f"{ACCOUNT}/models")
    assert found.status_code == 200
    [tuned] = [each for each in found.json()["value"] if each["name"] == OWN_MODEL]
    assert tuned["baseModel"]["name"] == "gpt-4o-mini"


def check_listed_skus(pretend: Pretend) -> None:
    found = pretend.get(f"{ACCOUNT}/skus")
    assert found.status_code == 200
    assert [each["sku"]["name"] for each in found.json()["value"]] == ["S0"]


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "capacity-in-range": check_capacity,
    "fine-tuned-models-are-listed": check_tuned_models,
    "models-must-exist": check_model_exists,
    "no-keys-without-local-authentication": check_keys_off,
    "one-write-per-account": check_one_write,
    "patch-takes-tags-and-sku": check_patch,
    "ptu-sizes": check_ptu_sizes,
    "quota-by-region-and-usage-name": check_quota,
    "skus-are-listed-thin": check_listed_skus,
    "skus-by-model-and-region": check_skus,
    "source-account-must-be-readable": check_source,
    "subdomains-are-unique": check_subdomain,
}
