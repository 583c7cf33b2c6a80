"""What the service sells: SKUs, sizes, regions and quota names of models, from the emulator's own figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

# The old literal and today's name are one SKU. Deployments of base models may use the whole list everywhere.
_OLD_PROVISIONED = "ProvisionedStandard"
REGIONAL_PROVISIONED = "ProvisionedManaged"
_SKUS = (
    "Standard",
    "GlobalStandard",
    "DataZoneStandard",
    "DeveloperTier",
    REGIONAL_PROVISIONED,
    "GlobalProvisionedManaged",
    "DataZoneProvisionedManaged",
    _OLD_PROVISIONED,
)
_CHAT_OPERATIONS = ("chat/completions", "responses")
MAXIMUM_KTPM = 100_000
"""Ours: far above any quota, so that quota is what stops a token deployment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A SKU as sold for one model in one region."""

    sku: str
    usage_name: str
    """What it counts against: `OpenAI.Standard.gpt-4o-mini-finetune`."""
    minimum: int
    step: int
    maximum: int
    is_provisioned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseModel:
    """A base model that the service has, with what is sold of it."""

    name: str
    version: str
    rpm_per_unit: int
    """Requests a minute for each thousand tokens a minute."""
    regional_ptu: int
    """Minimum and step of regional provisioned throughput, in PTU; 0 where none is sold."""
    input_tpm_per_ptu: int
    """Input tokens a minute that one PTU carries; 0 where none is sold."""
    output_weight: int
    """How many input tokens one output token counts."""
    stops_training: datetime | None
    retires: datetime | None
    """From when on deployments are refused and no longer answer; None where nothing is announced."""
    operations: tuple[str, ...]
    """What its deployments answer: `chat/completions`, `responses`, `completions`."""
    fine_tuned_regions: dict[str, tuple[str, ...]]
    """SKU to regions; none means everywhere."""

    def find_offer(self, sku: str, location: str, *, is_fine_tuned: bool) -> Offer | None:
        """What is sold under a SKU, in any letter case; None when nothing is."""
        name = spell_sku(sku)
        sold_as = name_pool(name)
        if not self._is_sold(sold_as, location, is_fine_tuned=is_fine_tuned):
            return None
        return self._build_offer(name, sold_as, is_fine_tuned=is_fine_tuned)

    def list_offers(self, location: str, *, is_fine_tuned: bool) -> Iterator[Offer]:
        """Everything that is sold in a region."""
        for sku in _SKUS:
            offer = self.find_offer(sku, location, is_fine_tuned=is_fine_tuned)
            if offer is not None and sku != _OLD_PROVISIONED:
                yield offer

    def is_retired(self, now: datetime) -> bool:
        """Whether its deployments are refused and no longer answer."""
        return self.retires is not None and self.retires <= now

    def normalize_tokens(self, prompt_tokens: int, cached_tokens: int, generated_tokens: int) -> int:
        """Tokens as provisioned throughput counts them: cached ones nothing, output ones several times."""
        return prompt_tokens - cached_tokens + self.output_weight * generated_tokens

    def _is_sold(self, sku: str, location: str, *, is_fine_tuned: bool) -> bool:
        if "Provisioned" in sku and not self.regional_ptu:
            return False
        if not is_fine_tuned:
            return sku in _SKUS and sku != "DeveloperTier"
        regions = self.fine_tuned_regions.get(sku)
        return regions is not None and (not regions or location in regions)

    def _build_offer(self, name: str, sold_as: str, *, is_fine_tuned: bool) -> Offer:
        figures = _read_figures()
        if "Provisioned" not in sold_as:
            ending = "-finetune" if is_fine_tuned else ""
            usage_name = f"OpenAI.{sold_as}.{self.name}{ending}"
            size = {"minimum": 1, "step": 1, "maximum": MAXIMUM_KTPM}
            return Offer(sku=name, usage_name=usage_name, is_provisioned=False, **size)
        regional = {"minimum": self.regional_ptu, "step": self.regional_ptu}
        size = regional if sold_as == REGIONAL_PROVISIONED else figures["widerPtu"]
        maximum = int(figures["maximumPtu"])
        return Offer(sku=name, usage_name=f"OpenAI.{sold_as}", is_provisioned=True, maximum=maximum, **size)


def spell_sku(text: str) -> str:
    """The service's spelling of a SKU sent in any letter case; unknown ones stay as they are."""
    return next((sku for sku in _SKUS if sku.lower() == text.lower()), text)


def name_pool(sku: str) -> str:
    """The SKU as which one is sold, in any letter case: the old literal of provisioned ones is today's."""
    name = spell_sku(sku)
    return REGIONAL_PROVISIONED if name == _OLD_PROVISIONED else name


def list_base_models(now: datetime) -> tuple[BaseModel, ...]:
    """The base models that the service has at a moment."""
    return [models for since, models in _list_editions() if since <= now][-1]


def find_base_model(name: str, version: str, now: datetime) -> BaseModel | None:
    """The base model of that name, and version unless that is empty; the one that an earlier day had, if need be."""
    wanted = (name.lower(), version)
    for since, models in reversed(_list_editions()):
        found = next((each for each in models if (each.name, version and each.version) == wanted), None)
        if found is not None and since <= now:
            return found
    return next((each for each in _list_retired() if (each.name, version and each.version) == wanted), None)


@cache
def _list_retired() -> tuple[BaseModel, ...]:
    """What was sold before the first edition, and is refused as retired."""
    figures = _read_figures()
    return tuple(_read_model(each, figures) for each in figures["retired"])


@cache
def _list_editions() -> tuple[tuple[datetime, tuple[BaseModel, ...]], ...]:
    figures = _read_figures()
    return tuple(
        (_read_day(edition["from"]), tuple(_read_model(each, figures) for each in edition["models"]))
        for edition in figures["editions"]
    )


def _read_model(entry: dict[str, Any], figures: dict[str, Any]) -> BaseModel:
    return BaseModel(
        name=entry["name"],
        version=entry["version"],
        rpm_per_unit=entry["rpmPerUnit"],
        regional_ptu=entry.get("regionalPtu", 0),
        input_tpm_per_ptu=entry.get("inputTpmPerPtu", 0),
        output_weight=entry.get("outputWeight", 1),
        stops_training=_read_day(entry["stopsTraining"]) if "stopsTraining" in entry else None,
        retires=_read_day(entry["retires"]) if "retires" in entry else None,
        operations=tuple(entry.get("operations", _CHAT_OPERATIONS)),
        fine_tuned_regions={
            sku: tuple(figures[regions] if isinstance(regions, str) else regions)
            for sku, regions in entry["fineTuned"].items()
        },
    )


def _read_day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def get_default_quota(*, is_provisioned: bool) -> int:
    """What a subscription may use where the scenario says nothing; PTU, or thousands of tokens a minute."""
    quota = _read_figures()["defaultQuota"]
    return int(quota["ptu"] if is_provisioned else quota["kTpm"])


@cache
def _read_figures() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return found
