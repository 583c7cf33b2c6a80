"""What rules judge: what is wanted, as every mouth can tell it, be it a stack file, the program or the policy pack.

A text is empty where nothing is said, and None where it is not known yet, as Pulumi's preview has it. What is not known
is never a breach.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from ftdeploy.domain.abilities import Ability
from ftdeploy.domain.facts import Right
from ftdeploy.domain.models import BaseModel, is_fine_tuned_name
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.domain.skus import Sku, find_sku
from ftdeploy.domain.stacks import Load, WhenIdle
from ftdeploy.errors import Place

Places = Callable[[str], Place]
"""Tells where a key of a stack file stands, such as `sku`; a mouth without files names the resource."""

_NO_STACK = "(no stack)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The stack that something is wanted in, by which limits and levels are chosen; empty where nobody says."""

    stack: str = ""
    stage: str = ""
    geography: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentWish:
    """A wanted deployment."""

    place: Places = field(repr=False, compare=False)
    scope: Scope
    name: str | None
    account: str | None
    """Name of its account."""
    region: str | None = None
    """Of its account."""
    sku_text: str
    """As written, in any letter case."""
    capacity: int | None
    """PTU on a provisioned SKU, otherwise thousands of tokens a minute."""
    model: str | None
    """Azure's name of the fine-tuned model, checkpoint or base model."""
    base: BaseModel | None
    """None where nothing tells what was fine-tuned."""
    source: AccountId | None = None
    """The account that holds the model; None where it is the deployment's own."""
    source_region: str | None = None
    """Of the account that holds the model."""
    is_source_foreign: bool = False
    """Whether that account is in another tenant."""
    content_filter: str | None
    version_upgrade: str | None
    """Azure's `versionUpgradeOption`."""
    spillover: str | None = ""
    """Name of the deployment that takes what this one has no room for."""
    load: Load | None = None
    needs: frozenset[Ability] = frozenset()
    when_idle: WhenIdle | None = None
    owner: str | None = ""
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def sku(self) -> Sku | None:
        """None where the SKU is none that we know."""
        return find_sku(self.sku_text)

    @property
    def is_provisioned(self) -> bool:
        """Whether its capacity counts PTU."""
        return self.sku is not None and self.sku.is_provisioned

    @property
    def is_fine_tuned(self) -> bool:
        """Whether the model's name is one of a fine-tuned model or checkpoint."""
        return self.model is not None and is_fine_tuned_name(self.model)

    @property
    def capacity_key(self) -> str:
        """What stack files call its capacity."""
        return "ptu" if self.is_provisioned else "kTpm"

    @property
    def resource(self) -> str:
        """What waivers call it, such as `contoso-support-dev/support-bot`."""
        return f"{self.account or '?'}/{self.name or '?'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessWish:
    """A role given on an account."""

    place: Places = field(repr=False, compare=False)
    principal: str | None
    """Object id."""
    role: str
    """The role's name where it is known, otherwise its GUID."""
    rights: frozenset[Right]
    """None of them where nothing is known of the role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountWish:
    """A wanted account: one that the stack creates, or an existing one of which it says little."""

    place: Places = field(repr=False, compare=False)
    scope: Scope
    name: str | None
    id: AccountId | None
    region: str | None
    is_new: bool
    """Whether the stack creates it, and so decides how it is set up."""
    is_public: bool | None = None
    """Whether it answers from the internet."""
    has_keys: bool | None = None
    """Whether it takes API keys."""
    has_customer_managed_key: bool | None = None
    has_diagnostics: bool | None = None
    owner: str | None = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    access: tuple[AccessWish, ...] = ()
    deployments: tuple[DeploymentWish, ...] = ()

    @property
    def resource(self) -> str:
        """What waivers call it."""
        return self.name or "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class StackWish:
    """Everything that one stack wants."""

    place: Places = field(repr=False, compare=False)
    scope: Scope
    subscription: str | None
    accounts: tuple[AccountWish, ...]

    @property
    def resource(self) -> str:
        """What waivers call it."""
        return self.scope.stack or _NO_STACK

    def list_deployments(self) -> Iterator[DeploymentWish]:
        """Those of all accounts, in file order."""
        return (deployment for account in self.accounts for deployment in account.deployments)


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetWish:
    """What all stacks want together."""

    stacks: tuple[StackWish, ...]


Wish = DeploymentWish | AccountWish | StackWish | FleetWish
