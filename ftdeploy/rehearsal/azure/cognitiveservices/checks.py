"""What the service checks before it takes a deployment: model, limits, SKU, size, capacity, quota, what it names."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call, Json
from ftdeploy.rehearsal.azure.cognitiveservices import capacity, errors, refusals
from ftdeploy.rehearsal.azure.cognitiveservices.models import Wish
from ftdeploy.rehearsal.azure.cognitiveservices.policies import has_policy
from ftdeploy.rehearsal.azure.cognitiveservices.quota import measure_usage, render_pool
from ftdeploy.rehearsal.azure.cognitiveservices.sources import DeployableModel
from ftdeploy.rehearsal.azure.cognitiveservices.types import DEPLOYMENT_TYPE
from ftdeploy.rehearsal.azure.cognitiveservices.witness import Offer
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.resources import Resource

_UPGRADES = ("OnceNewDefaultVersionAvailable", "OnceCurrentVersionExpired", "NoAutoUpgrade")


def check_model(call: Call, wish: Wish, model: DeployableModel) -> None:
    """Whether the model may be deployed at all.

    Raises:
        AzureError: 400; its base is retired, or it failed the safety evaluation.
    """
    is_retired = model.base is not None and model.base.is_retired(call.world.clock.now())
    if is_retired and call.leans_on("retired-models-are-refused"):
        raise refusals.model_retired(wish)
    if not model.is_safe and call.leans_on("unsafe-models-are-refused"):
        raise refusals.model_unsafe()


def check_limits(call: Call, wish: Wish, model: DeployableModel, path: ArmPath) -> None:
    """Whether the account takes one more deployment.

    Raises:
        AzureError: 400; it has as many as it takes, or one of the same fine-tuned model where that is the limit.
    """
    others = [each for each in call.world.resources.list_children(path.parent, DEPLOYMENT_TYPE) if each.key != path.key]
    settings = call.world.settings
    limit = settings.get_count("deploymentsPerAccount")
    if len(others) >= limit and call.leans_on("deployments-per-account"):
        raise refusals.too_many_deployments(limit)
    if not model.is_fine_tuned:
        return
    tuned = [each for each in others if each.internal.get("isFineTuned")]
    limit = settings.get_count("fineTunedDeploymentsPerAccount")
    if len(tuned) >= limit and call.leans_on("fine-tuned-deployments-per-account"):
        raise refusals.too_many_deployments(limit)
    is_there = any(each.properties["model"]["name"].lower() == wish.model_name.lower() for each in tuned)
    if is_there and settings.is_on("oneDeploymentPerModel") and call.leans_on("one-deployment-per-model"):
        raise refusals.model_deployed_already(wish.model_name)


def check_named(call: Call, body: Json, wish: Wish, account: Resource) -> None:
    """Whether what else a deployment names is there: content filter, spillover, upgrade option.

    Raises:
        AzureError: 400.
    """
    properties: Json = body.get("properties") or {}
    policy = str(properties.get("raiPolicyName") or "")
    if policy and not has_policy(call.world, account, policy) and call.leans_on("content-filters-must-exist"):
        raise refusals.policy_not_found(policy)
    upgrade = properties.get("versionUpgradeOption")
    if upgrade is not None and upgrade not in _UPGRADES and call.leans_on("upgrade-options-are-known"):
        raise refusals.unknown_word("versionUpgradeOption", str(upgrade), _UPGRADES)
    spillover = str(properties.get("spilloverDeploymentName") or "")
    if spillover and call.leans_on("spillover-stays-in-the-account"):
        _check_spillover(call, spillover, wish, account)


def _check_spillover(call: Call, name: str, wish: Wish, account: Resource) -> None:
    target = call.world.resources.find(f"{account.id}/deployments/{name}")
    if target is None or "Provisioned" in target.body["sku"]["name"] or "Provisioned" not in wish.sku:
        raise refusals.bad_spillover(name)


def check_deployable(call: Call, wish: Wish, model: DeployableModel, *, path: ArmPath, location: str) -> Offer | None:
    """What the deployment counts against; None where the emulator has no figures for the base.

    Raises:
        AzureError: 400; the SKU is not sold for the model here, the size is not, or the quota does not hold it.
    """
    offer = find_offer(wish, model, location)
    if offer is None:
        if model.base is not None and call.leans_on("skus-by-model-and-region"):
            raise errors.sku_not_supported(wish)
        return None
    _check_size(call, wish.capacity, offer)
    capacity.check_capacity(call, wish, model, path=path, location=location)
    usage = measure_usage(call.world, offer, subscription=path.subscription, location=location)
    new = wish.capacity - _get_held(call, offer, path=path, location=location)
    if new > max(usage.limit - usage.used, 0) and call.leans_on("quota-by-region-and-usage-name"):
        raise errors.insufficient_quota(usage.label, new=new, used=usage.used, limit=usage.limit)
    return offer


def _get_held(call: Call, offer: Offer, *, path: ArmPath, location: str) -> int:
    """What a deployment that is changed has of the quota already."""
    existing = call.world.resources.find(path.id)
    pool = render_pool(offer.usage_name, subscription=path.subscription, location=location)
    is_there = existing is not None and existing.lookup.lower() == pool.lower()
    return int(existing.body["sku"]["capacity"]) if existing and is_there else 0


def find_offer(wish: Wish, model: DeployableModel, location: str) -> Offer | None:
    """The offer that a deployment uses; None when there is none, or no figures."""
    if model.base is None:
        return None
    return model.base.find_offer(wish.sku, location, is_fine_tuned=model.is_fine_tuned)


def _check_size(call: Call, capacity: int, offer: Offer) -> None:
    behaviour = "ptu-sizes" if offer.is_provisioned else "capacity-in-range"
    is_legal = offer.minimum <= capacity <= offer.maximum and (capacity - offer.minimum) % offer.step == 0
    if not is_legal and call.leans_on(behaviour):
        raise errors.invalid_capacity(capacity, offer)
