"""The azure-native provider of a stack, made explicitly."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterable, Sequence
from typing import Any

import pulumi
import pulumi_azure_native as azure_native

from ftdeploy.domain.stacks import Stack

_PACKAGE = "azure-native"


def make_provider(stack: Stack) -> pulumi.ProviderResource:
    """A provider for the stack's tenant and subscription, with every setting of the stack's `azure-native` config.

    Its name holds tenant and subscription: with another one of either it is another provider, and the old one stays
    until what it made is deleted.
    """
    settings = read_settings()
    foreign = list_foreign_tenants(stack)
    if foreign:
        named = pulumi.Output.from_input(settings.get("auxiliary_tenant_ids") or [])
        settings["auxiliary_tenant_ids"] = named.apply(lambda ids: list(dict.fromkeys([*ids, *foreign])))
    settings |= {"tenant_id": stack.tenant, "subscription_id": stack.subscription}
    provider: pulumi.ProviderResource = azure_native.Provider(f"azure-{stack.tenant}-{stack.subscription}", **settings)
    return provider


def list_foreign_tenants(stack: Stack) -> tuple[str, ...]:
    """Tenants other than the stack's that hold models of its deployments, sorted; each needs a token of its own."""
    holders = (each.model.tenant for account in stack.accounts for each in account.deployments)
    return tuple(sorted({tenant.lower() for tenant in holders} - {stack.tenant.lower()}))


def read_settings() -> dict[str, Any]:
    """The stack's `azure-native` config as arguments of a provider, such as `{"environment": "usgovernment"}`.

    An explicit provider gets nothing but its own arguments, so whatever it can take is looked for.
    """
    config = pulumi.Config(_PACKAGE)
    parameters = inspect.signature(azure_native.ProviderArgs.__init__).parameters.values()
    wanted = [each for each in parameters if each.kind is inspect.Parameter.KEYWORD_ONLY]
    found = ((each.name, _read_setting(config, each)) for each in wanted)
    return {name: value for name, value in found if value is not None}


def _read_setting(config: pulumi.Config, parameter: inspect.Parameter) -> object:
    key = _spell_key(parameter.name)
    types = set(_flatten(parameter.annotation))
    if bool in types:
        value: object = config.get_bool(key)
    elif Sequence in types:
        value = config.get_object(key)
    else:
        value = config.get(key)
    is_secret = value is not None and pulumi.runtime.is_config_secret(f"{_PACKAGE}:{key}")
    return pulumi.Output.secret(value) if is_secret else value


def _spell_key(argument: str) -> str:
    """`auxiliary_tenant_ids` as config has it: `auxiliaryTenantIds`."""
    first, *rest = argument.split("_")
    return first + "".join(each.capitalize() for each in rest)


def _flatten(annotation: object) -> Iterable[object]:
    """What an annotation is made of: `Sequence` and `str` of `Input[Sequence[str] | None]`."""
    yield typing.get_origin(annotation) or annotation
    for inner in typing.get_args(annotation):
        yield from _flatten(inner)
