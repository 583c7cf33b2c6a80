"""What Azure's models API tells of sizes and ends of models."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ftdeploy.azure.accounts import Accounts, translate
from ftdeploy.azure.refusals import Attempt
from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.offerings import Offering
from ftdeploy.domain.skus import Sku, find_sku

if TYPE_CHECKING:
    from azure.mgmt.cognitiveservices.models import AccountModel, ModelSku

_FORMAT = "OpenAI"


async def list_offerings(accounts: Accounts, region: str) -> tuple[Offering, ...]:
    """The OpenAI models of a region, sorted by name.

    Raises:
        ServiceRefused: Azure refused, or could not be reached.
    """
    attempt = Attempt(action=f"list the models of {region}", where=f"/subscriptions/{accounts.subscription}")
    with translate(attempt):
        listed = [each.model async for each in accounts.client.models.list(region) if each.model is not None]
    found = [_parse(each, region) for each in listed if each.format == _FORMAT and each.name and each.version]
    return tuple(sorted(found, key=lambda each: str(each.model)))


def _parse(model: AccountModel, region: str) -> Offering:
    deprecation = model.deprecation
    return Offering(
        region=region,
        model=BaseModel(name=model.name or "", version=model.version or ""),
        sizes=dict(size for sku in model.skus or () if (size := _find_size(sku)) is not None),
        training_retires=_find_day(deprecation.fine_tune if deprecation else None),
        deployment_retires=_find_day(deprecation.inference if deprecation else None),
    )


def _find_size(sku: ModelSku) -> tuple[Sku, tuple[int, int]] | None:
    """None for SKUs that are not sold by capacity, or whose sizes are not told."""
    known, capacity = find_sku(sku.name or ""), sku.capacity
    if known is None or not known.is_provisioned or capacity is None or not capacity.minimum or not capacity.step:
        return None
    return known, (capacity.minimum, capacity.step)


def _find_day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
