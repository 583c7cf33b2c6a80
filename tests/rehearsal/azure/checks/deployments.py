"""Checks of what deployments are refused for, and of what ends them."""

from __future__ import annotations

from collections.abc import Callable

from ftdeploy.rehearsal.azure.due import settle
from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, OWN_MODEL, TRAINED_MODEL, TRAINING_ACCOUNT, build_deployment

BOT = f"{ACCOUNT}/deployments/bot"
DAY_SECONDS = 86400


def pass_days(pretend: Pretend, days: float) -> None:
    """Time goes on, and tokens with it."""
    pretend.pass_seconds(days * DAY_SECONDS)
    settle(pretend.world)
    pretend._tokens.clear()


def with_properties(**properties: object) -> dict:
    body = build_deployment()
    return {**body, "properties": {**body["properties"], **properties}}


def check_idle(pretend: Pretend) -> None:
    pretend.deploy()
    pass_days(pretend, 16)
    assert pretend.get(BOT).status_code == 404


def check_developer_tier(pretend: Pretend) -> None:
    pretend.world.store.write("UPDATE fine_tuned_models SET base_name = 'gpt-4.1', base_version = '2025-04-14'")
    assert pretend.deploy(sku="DeveloperTier").status_code == 201
    pass_days(pretend, 1.1)
    assert pretend.get(BOT).status_code == 404


def check_retired(pretend: Pretend) -> None:
    pass_days(pretend, 365)
    assert get_code(pretend.deploy()) == "DeploymentModelNotSupported"


def check_unsafe(pretend: Pretend) -> None:
    pretend.world.store.write("UPDATE fine_tuned_models SET deployable = 0")
    assert "unable to be deployed" in pretend.deploy().text


def check_limit(pretend: Pretend) -> None:
    pretend.world.settings.put("deploymentsPerAccount", 1)
    pretend.deploy("one", capacity=1)
    assert get_code(pretend.deploy("two", capacity=1)) == "DeploymentQuotaExceeded"


def check_fine_tuned_limit(pretend: Pretend) -> None:
    pretend.world.settings.put("fineTunedDeploymentsPerAccount", 1)
    pretend.deploy("one", capacity=1)
    assert get_code(pretend.deploy("two", capacity=1)) == "DeploymentQuotaExceeded"


def check_one_per_model(pretend: Pretend) -> None:
    pretend.world.settings.put("oneDeploymentPerModel", True)
    pretend.deploy("one", capacity=1)
    assert "Only one deployment" in pretend.deploy("two", capacity=1).text


def check_filter(pretend: Pretend) -> None:
    assert get_code(pretend.put(BOT, with_properties(raiPolicyName="strict"))) == "InvalidResourceProperties"


def check_filter_in_use(pretend: Pretend) -> None:
    pretend.put(f"{ACCOUNT}/raiPolicies/strict", {"properties": {"mode": "Blocking"}})
    pretend.put(BOT, with_properties(raiPolicyName="strict"))
    assert get_code(pretend.delete(f"{ACCOUNT}/raiPolicies/strict")) == "BadRequest"


def check_upgrade(pretend: Pretend) -> None:
    assert get_code(pretend.put(BOT, with_properties(versionUpgradeOption="Never"))) == "InvalidResourceProperties"


def check_spillover(pretend: Pretend) -> None:
    body = {**with_properties(spilloverDeploymentName="gone"), "sku": {"name": "ProvisionedManaged", "capacity": 25}}
    assert get_code(pretend.put(BOT, body)) == "InvalidResourceProperties"


def check_failed(pretend: Pretend) -> None:
    pretend.deploy()
    found = pretend.world.resources.find(BOT)
    found.properties["provisioningState"] = "Failed"
    pretend.world.resources.save(found)
    assert "please delete it before creating a new one" in pretend.deploy().text


def check_other_model(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.world.operations.seconds = 60
    changed = pretend.deploy(model=TRAINED_MODEL, source=TRAINING_ACCOUNT).json()
    assert changed["properties"]["provisioningState"] == "Updating"
    assert pretend.world.resources.find(BOT).internal.get("servedModel") == OWN_MODEL


def check_capacity_left(pretend: Pretend) -> None:
    pretend.world.store.write("INSERT INTO capacity VALUES ('swedencentral', 'provisionedmanaged', '', 25)")
    assert get_code(pretend.deploy(sku="ProvisionedManaged", capacity=50)) == "InsufficientCapacity"


def check_pause(pretend: Pretend) -> None:
    pretend.deploy(sku="ProvisionedManaged", capacity=25)
    assert get_code(pretend.ask("POST", f"{BOT}/pause")) == "BadRequest"


def check_busy_account(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.world.operations.seconds = 20 * DAY_SECONDS
    pretend.put(f"{ACCOUNT}/deployments/other", build_deployment())
    pass_days(pretend, 16)
    assert pretend.get(BOT).status_code == 404


def check_long_write(pretend: Pretend) -> None:
    pretend.world.operations.seconds = 60
    made = pretend.deploy()
    assert (made.status_code, "Azure-AsyncOperation" in made.headers) == (201, True)
    assert made.json()["properties"]["provisioningState"] == "Creating"


def check_sku_at_the_root(pretend: Pretend) -> None:
    made = pretend.put(BOT, {"properties": with_properties(sku={"name": "GlobalStandard"})["properties"]})
    assert made.status_code == 201
    assert made.json()["sku"] == {"name": "Standard", "capacity": 1}


def check_default_quota(pretend: Pretend) -> None:
    pretend.world.store.write("DELETE FROM quota")
    assert pretend.deploy().status_code == 201


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "another-model-is-an-update": check_other_model,
    "azure-deletes-at-once": check_busy_account,
    "capacity-is-not-quota": check_capacity_left,
    "content-filters-in-use-stay": check_filter_in_use,
    "content-filters-must-exist": check_filter,
    "default-quota-is-ours": check_default_quota,
    "deployment-writes-are-long": check_long_write,
    "deployments-per-account": check_limit,
    "developer-tier-lasts-a-day": check_developer_tier,
    "failed-deployments-are-deleted-first": check_failed,
    "fine-tuned-deployments-per-account": check_fine_tuned_limit,
    "idle-deployments-are-deleted": check_idle,
    "one-deployment-per-model": check_one_per_model,
    "retired-models-are-refused": check_retired,
    "sku-at-the-root": check_sku_at_the_root,
    "spillover-stays-in-the-account": check_spillover,
    "token-deployments-can-be-paused": check_pause,
    "unsafe-models-are-refused": check_unsafe,
    "upgrade-options-are-known": check_upgrade,
}
