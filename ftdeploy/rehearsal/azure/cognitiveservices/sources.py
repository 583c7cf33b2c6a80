"""Where a model comes from: the account itself, another account that the caller may read, or another tenant's."""

from __future__ import annotations

from dataclasses import dataclass

from ftdeploy.rehearsal.azure import rbac
from ftdeploy.rehearsal.azure.call import Call
from ftdeploy.rehearsal.azure.cognitiveservices import errors
from ftdeploy.rehearsal.azure.cognitiveservices.models import Wish
from ftdeploy.rehearsal.azure.cognitiveservices.witness import BaseModel, find_base_model
from ftdeploy.rehearsal.azure.ids import parse_arm_path
from ftdeploy.rehearsal.azure.signin import list_auxiliary_callers
from ftdeploy.rehearsal.azure.tokens import Caller
from ftdeploy.rehearsal.azure.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployableModel:
    """A model that may be deployed."""

    base_name: str
    is_fine_tuned: bool
    base: BaseModel | None
    """None when the emulator has no figures for the base: then no size or region is refused."""
    is_safe: bool = True
    """False for a fine-tuned model that failed the safety evaluation after its training."""


def check_source(call: Call, wish: Wish, scope: str) -> None:
    """403 unless the caller may read the account that is named as the model's source.

    Within a tenant the one token counts. For an account of another tenant a valid token of that tenant must come in
    `x-ms-authorization-auxiliary`, at any place in it.
    """
    source = wish.source_id
    if not source or not call.leans_on("source-account-must-be-readable"):
        return
    subscription = parse_arm_path(source).subscription
    tenant = call.world.find_tenant_of(subscription)
    if tenant is None:
        raise errors.source_not_readable(call.get_caller(), source)
    if tenant == call.get_caller().tenant:
        readers = [call.get_caller()]
    else:
        readers = [each for each in list_auxiliary_callers(call) if each.tenant == tenant]
        if not readers:
            raise errors.source_in_other_tenant(scope, tenant=call.get_caller().tenant, subscription=subscription)
    if not any(_may_read(call.world, each, source) for each in readers):
        raise errors.source_not_readable(readers[0], source)


def find_model(call: Call, wish: Wish, account_id: str) -> DeployableModel:
    """The model that a wish names.

    Raises:
        AzureError: 400; neither a base model nor a fine-tuned model of the account named.
    """
    is_there = not wish.source_id or call.world.resources.find(wish.source_id) is not None
    found = describe_model(call.world, wish, account_id) if is_there else None
    if found is not None:
        return found
    if call.leans_on("models-must-exist"):
        raise errors.model_not_supported(wish)
    return DeployableModel(base_name=wish.model_name, is_fine_tuned=True, base=None)


def describe_model(world: World, wish: Wish, account_id: str) -> DeployableModel | None:
    """What the emulator knows of a model; None when it is neither in the account named nor a base model."""
    row = world.store.find_row(
        "SELECT * FROM fine_tuned_models WHERE account = ? AND lower(name) = ?",
        (wish.source_id or account_id).lower(),
        wish.model_name.lower(),
    )
    if row is not None:
        base = find_base_model(row["base_name"], row["base_version"], world.clock.now())
        return DeployableModel(
            base_name=row["base_name"], is_fine_tuned=True, base=base, is_safe=bool(row["deployable"])
        )
    base = find_base_model(wish.model_name, wish.model_version, world.clock.now())
    is_ours = wish.model_format.lower() in ("", "openai")
    if base is None or wish.source_id or not is_ours:
        return None
    return DeployableModel(base_name=base.name, is_fine_tuned=False, base=base)


def _may_read(world: World, reader: Caller, source: str) -> bool:
    return rbac.is_allowed(world.resources, reader.object_id, errors.SOURCE_ACTION, source)
