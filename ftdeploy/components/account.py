"""An Azure OpenAI account: created with its resource group, or existing."""

# No `from __future__ import annotations`: Pulumi reads the annotations as types when it makes these components
# available to other languages.

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NotRequired, TypedDict

import pulumi
from pulumi_azure_native import cognitiveservices, resources

from ftdeploy.components.options import split_options
from ftdeploy.domain import stacks
from ftdeploy.domain.resource_ids import AccountId, get_account_id

if TYPE_CHECKING:
    from pulumi_azure_native import monitor

TOKEN = "ftdeploy:index:Account"  # noqa: S105 the type token is pinned; renaming it would replace what exists


class AccountKind(StrEnum):
    """What Azure calls the two kinds of accounts that hold models."""

    OPENAI = "OpenAI"
    AI_SERVICES = "AIServices"


class PublicNetworkAccess(StrEnum):
    """Whether the account's endpoint answers from the internet."""

    ENABLED = "Enabled"
    DISABLED = "Disabled"


class CustomerManagedKeyArgs(TypedDict):
    """A key of one's own in Azure Key Vault, and the identity that may use it."""

    vault: pulumi.Input[str]
    """Address of the vault."""
    key: pulumi.Input[str]
    version: pulumi.Input[str]
    identity: pulumi.Input[str]
    """Resource id of a user-assigned managed identity, which the account gets."""
    identity_client_id: pulumi.Input[str]


class NewAccountArgs(TypedDict):
    """What an account to create needs; nothing of it has a default."""

    location: pulumi.Input[str]
    """Azure's name of the region, such as `swedencentral`."""
    kind: pulumi.Input[AccountKind]
    public_network_access: pulumi.Input[PublicNetworkAccess]
    tags: pulumi.Input[Mapping[str, pulumi.Input[str]]]
    """For the account and its resource group."""
    customer_managed_key: NotRequired[CustomerManagedKeyArgs]
    """Microsoft's key where it is absent."""
    diagnostics: NotRequired[pulumi.Input[str]]
    """Resource id of the Log Analytics workspace that its logs go to; nowhere where it is absent."""


class AccountArgs(TypedDict):
    """Which account, and how to create it where it does not exist."""

    account_name: pulumi.Input[str]
    """Also the subdomain of an account that is created."""
    resource_group_name: pulumi.Input[str]
    """Created too, together with an account that is created."""
    new: NotRequired[NewAccountArgs]
    """Absent where the account exists already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountResources:
    """What the component made; nothing where the account exists already."""

    group: "resources.ResourceGroup | None" = None
    account: "cognitiveservices.Account | None" = None
    diagnostics: "monitor.DiagnosticSetting | None" = None


class Account(pulumi.ComponentResource):
    """An Azure OpenAI account with its keys switched off, created with its resource group; or an existing one."""

    account_id: pulumi.Output[str]
    account_name: pulumi.Output[str]
    resource_group_name: pulumi.Output[str]
    endpoint: pulumi.Output[str]

    def __init__(self, name: str, args: AccountArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        own, self._inner = split_options(opts)
        super().__init__(TOKEN, name, {}, own)
        self.resources = self._create(name, args, args["new"]) if "new" in args else self._find(args)
        self.register_outputs(
            {
                "accountId": self.account_id,
                "accountName": self.account_name,
                "resourceGroupName": self.resource_group_name,
                "endpoint": self.endpoint,
            }
        )

    def _create(self, name: str, args: AccountArgs, new: NewAccountArgs) -> AccountResources:
        opts = pulumi.ResourceOptions.merge(self._inner, pulumi.ResourceOptions(parent=self))
        group = resources.ResourceGroup(
            name,
            resource_group_name=args["resource_group_name"],
            location=new["location"],
            tags=new["tags"],
            opts=opts,
        )
        account = cognitiveservices.Account(
            name,
            account_name=args["account_name"],
            resource_group_name=group.name,
            location=new["location"],
            kind=new["kind"],
            sku={"name": "S0"},
            tags=new["tags"],
            properties={
                "custom_sub_domain_name": args["account_name"],
                "disable_local_auth": True,
                "public_network_access": new["public_network_access"],
                **_describe_encryption(new),
            },
            identity=_describe_identity(new),
            opts=opts,
        )
        self.account_id = account.id
        self.account_name = account.name
        self.resource_group_name = group.name
        self.endpoint = account.properties.apply(_read_endpoint)
        diagnostics = _send_logs(name, account, new["diagnostics"], opts) if "diagnostics" in new else None
        return AccountResources(group=group, account=account, diagnostics=diagnostics)

    def _find(self, args: AccountArgs) -> AccountResources:
        """Names stay as written here: Azure's answers change the case of resource groups, and a change replaces."""
        found = cognitiveservices.get_account_output(
            account_name=args["account_name"],
            resource_group_name=args["resource_group_name"],
            opts=pulumi.InvokeOutputOptions(parent=self),
        )
        known = pulumi.Output.all(found.id, args["resource_group_name"], args["account_name"]).apply(_spell_as_written)
        self.account_id = known.apply(str)
        self.account_name = known.apply(lambda each: each.name)
        self.resource_group_name = known.apply(lambda each: each.resource_group)
        self.endpoint = found.properties.apply(_read_endpoint)
        return AccountResources()


def describe_account(account: stacks.Account, tags: Mapping[str, str]) -> AccountArgs:
    """The component's arguments for an account of a stack."""
    found = AccountArgs(account_name=account.id.name, resource_group_name=account.id.resource_group)
    if account.new is not None:
        found["new"] = NewAccountArgs(
            location=account.new.region,
            kind=AccountKind(account.new.kind),
            public_network_access=PublicNetworkAccess(account.new.public_network_access),
            tags=dict(tags),
        )
        if account.new.customer_managed_key is not None:
            found["new"]["customer_managed_key"] = _describe_key(account.new.customer_managed_key)
        if account.new.diagnostics:
            found["new"]["diagnostics"] = account.new.diagnostics
    return found


def _describe_key(key: stacks.CustomerManagedKey) -> CustomerManagedKeyArgs:
    return CustomerManagedKeyArgs(
        vault=key.vault,
        key=key.key,
        version=key.version,
        identity=key.identity,
        identity_client_id=key.identity_client_id,
    )


def _describe_identity(new: NewAccountArgs) -> "cognitiveservices.IdentityArgs | None":
    if "customer_managed_key" not in new:
        return None
    identities = [new["customer_managed_key"]["identity"]]
    return cognitiveservices.IdentityArgs(type="UserAssigned", user_assigned_identities=identities)


def _describe_encryption(new: NewAccountArgs) -> dict[str, object]:
    if "customer_managed_key" not in new:
        return {}
    key = new["customer_managed_key"]
    properties = {
        "key_vault_uri": key["vault"],
        "key_name": key["key"],
        "key_version": key["version"],
        "identity_client_id": key["identity_client_id"],
    }
    return {"encryption": {"key_source": "Microsoft.KeyVault", "key_vault_properties": properties}}


def _send_logs(
    name: str, account: "cognitiveservices.Account", workspace: pulumi.Input[str], opts: pulumi.ResourceOptions
) -> "monitor.DiagnosticSetting":
    from pulumi_azure_native import monitor

    return monitor.DiagnosticSetting(
        name,
        name="ftdeploy",
        resource_uri=account.id,
        workspace_id=workspace,
        logs=[{"category_group": "allLogs", "enabled": True}],
        metrics=[{"category": "AllMetrics", "enabled": True}],
        opts=opts,
    )


def _spell_as_written(answer: list[str]) -> AccountId:
    found, group, name = answer
    return replace(get_account_id(found), resource_group=group, name=name)


def _read_endpoint(properties: "cognitiveservices.outputs.AccountPropertiesResponse | None") -> str:
    return properties.endpoint if properties and properties.endpoint else ""
