"""What the service checks before it takes a deployment: SKU, size, quota."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.cognitiveservices import errors
from ftdeploy.rehearsal.azure.cognitiveservices.models import Wish
from ftdeploy.rehearsal.azure.cognitiveservices.quota import measure_usage
from ftdeploy.rehearsal.azure.cognitiveservices.sources import DeployableModel
from ftdeploy.rehearsal.azure.cognitiveservices.witness import Offer
from ftdeploy.rehearsal.azure.ids import ArmPath


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
    usage = measure_usage(call.world, offer, subscription=path.subscription, location=location, without=path.id)
    if wish.capacity > usage.limit - usage.used and call.leans_on("quota-by-region-and-usage-name"):
        raise errors.insufficient_quota(usage.name, wanted=wish.capacity, used=usage.used, limit=usage.limit)
    return offer


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
