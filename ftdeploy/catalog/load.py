"""The catalogue's files, read into the facts of one date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypedDict, TypeVar

from ftdeploy.catalog.read import FOLDER, load_entries, load_lock
from ftdeploy.catalog.schema import (
    AvailabilityEntry,
    Entry,
    LifecycleEntry,
    LimitEntry,
    ModelEntry,
    OfferEntry,
    PriceEntry,
    PtuEntry,
    QuotaEntry,
    RateEntry,
    RegionEntry,
    RoleEntry,
)
from ftdeploy.domain.abilities import Ability
from ftdeploy.domain.facts import (
    Availability,
    Facts,
    Lifecycle,
    Limit,
    LimitName,
    Offer,
    Price,
    PtuSize,
    Quota,
    Rate,
    Region,
    Right,
    Role,
    TokenPrices,
    Training,
)
from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.skus import PROVISIONED_SKUS, Sku

_E = TypeVar("_E", bound=Entry)
LOCK = "catalog.lock.yaml"
"""In the root of a repository: entries that win over the catalogue's, by the names of its files."""


def load_facts(as_of: date, *, folder: Path = FOLDER, lock: Path | None = None) -> Facts:
    """What is known of Azure on that day: of several entries for one thing, the newest that holds already.

    Args:
        as_of: the day.
        folder: the catalogue.
        lock: a repository's own entries, which win whatever their day, as long as it has come; it need not exist.

    Raises:
        InputError: a file is not of the catalogue's form; all problems of that file at once.
    """
    reader = _Reader(folder, as_of, load_lock(lock) if lock is not None and lock.is_file() else {})
    models = reader.read("models", ModelEntry)
    return Facts(
        as_of=as_of,
        regions={
            each.id: Region(data_zone=each.data_zone or "", **_cite(each))
            for each in reader.read("regions", RegionEntry)
        },
        base_models=frozenset(each.name for each in models),
        ptu_sizes=dict(_list_sizes(reader.read("ptu", PtuEntry))),
        roles={each.id: _to_role(each) for each in reader.read("roles", RoleEntry)},
        offers={
            (base, Sku(each.sku)): _to_offer(each) for each in reader.read("offers", OfferEntry) for base in each.bases
        },
        lifecycles={_to_base(each): _to_lifecycle(each) for each in reader.read("lifecycles", LifecycleEntry)},
        trainings={_to_base(each): _to_training(each) for each in models},
        rates={
            base: Rate(rpm=each.rpm, tpm=each.tpm, **_cite(each))
            for each in reader.read("rates", RateEntry)
            for base in each.bases
        },
        limits={
            LimitName(each.name): Limit(most=each.most, **_cite(each)) for each in reader.read("limits", LimitEntry)
        },
        availabilities={
            (_parse_model(text), Sku(each.sku)): Availability(regions=_to_regions(each.regions), **_cite(each))
            for each in reader.read("availability", AvailabilityEntry)
            for text in each.models
        },
        quotas={
            (each.model, Sku(each.sku), each.tier): Quota(tpm=each.tpm, rpm=each.rpm, **_cite(each))
            for each in reader.read("quotas", QuotaEntry)
        },
        **_sort_prices(reader.read("prices", PriceEntry)),
    )


class _Reader:
    """Reads files of one folder as they stand on one day."""

    def __init__(self, folder: Path, as_of: date, locked: Mapping[str, list[Entry]]) -> None:
        self._folder = folder
        self._as_of = as_of
        self._locked = locked

    def read(self, name: str, kind: type[_E]) -> list[_E]:
        """The entries that hold, the newest last, and those of the lock after them."""
        locked = (each for each in self._locked.get(name, ()) if isinstance(each, kind))
        return [*self._sort(load_entries(self._folder / f"{name}.yaml", kind)), *self._sort(locked)]

    def _sort(self, entries: Iterable[_E]) -> list[_E]:
        holding = (each for each in entries if each.holds_from <= self._as_of)
        return sorted(
            (each for each in holding if each.until is None or self._as_of < each.until),
            key=lambda each: each.holds_from,
        )


class _Cited(TypedDict):
    source: str
    checked: str


def _cite(entry: Entry) -> _Cited:
    return {"source": entry.source, "checked": entry.checked.isoformat()}


def _to_base(entry: ModelEntry | LifecycleEntry) -> BaseModel:
    return BaseModel(name=entry.name, version=entry.version)


def _parse_model(text: str) -> BaseModel:
    name, _, version = text.partition(" ")
    return BaseModel(name=name, version=version)


def _to_regions(said: str | list[str]) -> frozenset[str] | None:
    return None if isinstance(said, str) else frozenset(said)


def _to_role(entry: RoleEntry) -> Role:
    return Role(guid=entry.guid, rights=frozenset(Right(each) for each in entry.rights), **_cite(entry))


def _to_offer(entry: OfferEntry) -> Offer:
    return Offer(
        regions=_to_regions(entry.regions),
        is_preview=entry.preview,
        lacks=frozenset(Ability(each) for each in entry.lacks),
        **_cite(entry),
    )


def _to_lifecycle(entry: LifecycleEntry) -> Lifecycle:
    return Lifecycle(
        training_retires=entry.training_retires, deployment_retires=entry.deployment_retires, **_cite(entry)
    )


def _to_training(entry: ModelEntry) -> Training:
    return Training(
        methods=tuple(entry.methods),
        regions_by_type={kind: _to_regions(said) for kind, said in entry.training.items()},
        abilities=frozenset(Ability(each) for each in entry.abilities),
        **_cite(entry),
    )


def _list_sizes(entries: Iterable[PtuEntry]) -> Iterator[tuple[tuple[str, Sku], PtuSize]]:
    for each in entries:
        for sku in PROVISIONED_SKUS:
            step = each.regional if sku is Sku.PROVISIONED else each.shared
            yield (
                (each.base, sku),
                PtuSize(
                    minimum_ptu=step.minimum_ptu,
                    step_ptu=step.step_ptu,
                    input_tpm_per_ptu=each.input_tpm_per_ptu,
                    output_weight=each.output_weight_input_tokens,
                    latency_target=each.latency_target,
                    **_cite(each),
                ),
            )


class _Prices(TypedDict):
    hosting_prices: dict[tuple[str, Sku], Price]
    token_prices: dict[tuple[str, Sku], TokenPrices]
    ptu_prices: dict[Sku, Price]


def _sort_prices(entries: Iterable[PriceEntry]) -> _Prices:
    found: _Prices = {"hosting_prices": {}, "token_prices": {}, "ptu_prices": {}}
    for each in entries:
        sku = Sku(each.sku)
        if each.kind == "ptu":
            found["ptu_prices"][sku] = _to_price(each)
        for base in each.bases:
            if each.kind == "hosting":
                found["hosting_prices"][base, sku] = _to_price(each)
            elif each.kind == "tokens":
                found["token_prices"][base, sku] = _to_token_prices(each)
    return found


def _to_price(entry: PriceEntry) -> Price:
    return Price(amount_usd=Decimal(entry.hour_usd or 0), since=entry.holds_from, **_cite(entry))


def _to_token_prices(entry: PriceEntry) -> TokenPrices:
    cached = entry.cached_input_usd
    return TokenPrices(
        input_usd=Decimal(entry.input_usd or 0),
        cached_input_usd=None if cached is None else Decimal(cached),
        output_usd=Decimal(entry.output_usd or 0),
        since=entry.holds_from,
        **_cite(entry),
    )
