"""A checked stack file as the record that everything else works with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ftdeploy.domain.abilities import Ability
from ftdeploy.domain.facts import Facts
from ftdeploy.domain.fleet import Default
from ftdeploy.domain.models import BaseModel, FineTunedModel, find_base
from ftdeploy.domain.resource_ids import AccountId, get_account_id
from ftdeploy.domain.skus import STACK_SPELLINGS
from ftdeploy.domain.stacks import (
    Access,
    Account,
    Change,
    CustomerManagedKey,
    Deployment,
    Load,
    NewAccount,
    PrincipalType,
    Removal,
    Stack,
    WhenIdle,
)
from ftdeploy.files.documents import Document
from ftdeploy.files.models import Shelf
from ftdeploy.files.references import find_model
from ftdeploy.files.schema.stack import (
    AccessEntry,
    AccountEntry,
    CustomerManagedKeyEntry,
    DeploymentEntry,
    InlineModel,
    LoadEntry,
    RemovalEntry,
    StackFile,
)

_T = TypeVar("_T")
_D = TypeVar("_D")

# Azure's own content filter, which a deployment gets that names none.
_CONTENT_FILTER = "Microsoft.DefaultV2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """Makes records of a stack file that was checked; what the file does not say comes from the fleet's defaults."""

    file: StackFile
    defaults: Sequence[Default]
    """Those that hold for the stack, in file order."""
    facts: Facts
    shelf: Shelf
    document: Document

    def build(self, name: str) -> Stack:
        """The whole stack."""
        return Stack(
            name=name,
            stage=self.file.stage,
            wave=self.file.wave,
            geography=self.file.geography,
            tenant=self.file.tenant,
            subscription=self.file.subscription,
            owner=_first(self.file.owner, (each.owner for each in self.defaults), ""),
            tags=dict(self.file.tags),
            accounts=tuple(self._build_account(key, each) for key, each in self.file.accounts.items()),
            removals=tuple(self._build_removal(index, each) for index, each in enumerate(self.file.removals)),
        )

    def _build_removal(self, index: int, entry: RemovalEntry) -> Removal:
        return Removal(
            where=self.document.place(("removals", index)),
            resource=entry.resource,
            reason=entry.reason,
            expires=date.fromisoformat(entry.expires),
        )

    def _build_account(self, key: str, entry: AccountEntry) -> Account:
        new = _build_new(entry)
        return Account(
            key=key,
            id=get_account_id(entry.existing) if new is None and entry.existing else self._name_account(new),
            region=entry.region or "",
            new=new,
            access=tuple(self._build_access(each) for each in entry.access),
            deployments=tuple(self._build_deployment(key, each) for key, each in entry.deployments.items()),
            protect=self._protects(entry.protect),
        )

    def _name_account(self, new: NewAccount | None) -> AccountId:
        if new is None:
            raise ValueError("an account neither exists nor is created")
        return AccountId(subscription=self.file.subscription, resource_group=new.resource_group, name=new.name)

    def _build_access(self, entry: AccessEntry) -> Access:
        return Access(
            principal=entry.principal,
            principal_type=PrincipalType(entry.principal_type),
            role=entry.role,
            role_id=self.facts.roles[entry.role].guid,
        )

    def _build_deployment(self, key: str, entry: DeploymentEntry) -> Deployment:
        sku = STACK_SPELLINGS[entry.sku]
        change = None if entry.change is None else Change(entry.change)
        filters = (each.content_filter for each in self.defaults)
        return Deployment(
            key=key,
            model=self._find_model(entry),
            model_id=entry.model if isinstance(entry.model, str) else "",
            sku=sku,
            api_sku=entry.api_sku or sku.value,
            capacity=entry.ptu or entry.k_tpm or 0,
            load=None if entry.load is None else _build_load(entry.load),
            needs=frozenset(Ability(each) for each in entry.needs),
            when_idle=_first(_read_idle(entry.when_idle), (each.when_idle for each in self.defaults), None),
            spillover=entry.spillover or "",
            content_filter=_first(entry.content_filter, filters, _CONTENT_FILTER),
            change=_first(change, (each.change for each in self.defaults), Change.IN_PLACE),
            protect=self._protects(entry.protect),
        )

    def _protects(self, said: bool | None) -> bool:
        return _first(said, (each.protect for each in self.defaults), False)

    def _find_model(self, entry: DeploymentEntry) -> FineTunedModel:
        if isinstance(entry.model, InlineModel):
            return self._build_inline(entry.model)
        model = find_model(entry.model, self.shelf)
        origin = None if model is None else model.find_origin(self.file.geography)
        if model is None or origin is None:
            raise ValueError(f"{entry.model} was checked and is not there")
        tenant = origin.tenant or self.file.tenant
        return FineTunedModel(
            name=origin.name, account=origin.account, tenant=tenant, base=model.base, region=origin.region
        )

    def _build_inline(self, entry: InlineModel) -> FineTunedModel:
        told = find_base(entry.name)
        base = BaseModel(name=entry.base.name, version=entry.base.version) if entry.base else told
        if base is None:
            raise ValueError(f"{entry.name} was checked and has no base")
        tenant = entry.tenant or self.file.tenant
        account = get_account_id(entry.account)
        return FineTunedModel(name=entry.name, account=account, tenant=tenant, base=base, region=entry.region or "")


def _first(said: _T | None, defaults: Iterable[_T | None], otherwise: _D) -> _T | _D:
    """What the file says; else what the last default says; else what holds everywhere."""
    found = [each for each in (said, *reversed(list(defaults))) if each is not None]
    return found[0] if found else otherwise


def _build_new(entry: AccountEntry) -> NewAccount | None:
    network = entry.public_network_access
    if not (entry.name and entry.resource_group and entry.region and entry.kind and network):
        return None
    return NewAccount(
        name=entry.name,
        resource_group=entry.resource_group,
        region=entry.region,
        kind=entry.kind,
        public_network_access=network,
        customer_managed_key=_build_key(entry.customer_managed_key),
        diagnostics=entry.diagnostics or "",
    )


def _build_key(entry: CustomerManagedKeyEntry | None) -> CustomerManagedKey | None:
    return None if entry is None else CustomerManagedKey(**entry.model_dump())


def _read_idle(text: str | None) -> WhenIdle | None:
    return None if text is None else WhenIdle(text)


def _build_load(entry: LoadEntry) -> Load:
    return Load(rpm=entry.rpm, prompt_tokens=entry.prompt_tokens, completion_tokens=entry.completion_tokens)
