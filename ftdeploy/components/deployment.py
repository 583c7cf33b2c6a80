"""A deployment of a fine-tuned model in an account."""

# No `from __future__ import annotations`: Pulumi reads the annotations as types when it makes these components
# available to other languages.

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import cognitiveservices

from ftdeploy.components.options import split_options
from ftdeploy.domain import stacks
from ftdeploy.domain.models import FineTunedModel
from ftdeploy.domain.resource_ids import AccountId

TOKEN = "ftdeploy:index:Deployment"  # noqa: S105 the type token is pinned; renaming it would replace what exists

# Fine-tuned models have this format and version in Azure, whatever their base.
# https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning-deploy (2026-02-11)
_FORMAT = "OpenAI"
_VERSION = "1"


class DeploymentSku(StrEnum):
    """The SKUs that Azure takes for fine-tuned models; the last is what the provisioned one was called first."""

    STANDARD = "Standard"
    GLOBAL_STANDARD = "GlobalStandard"
    DATA_ZONE_STANDARD = "DataZoneStandard"
    DEVELOPER_TIER = "DeveloperTier"
    PROVISIONED_MANAGED = "ProvisionedManaged"
    PROVISIONED_STANDARD = "ProvisionedStandard"


class DeploymentModelArgs(TypedDict):
    """A fine-tuned model, and where it is when it is not in the deployment's own account."""

    name: pulumi.Input[str]
    """Such as `gpt-4o-mini-2024-07-18.ft-<32 hex>` or `ftchkpt-<32 hex>`."""
    source: NotRequired[pulumi.Input[str]]
    """Id of the account that holds it, where that is another one of the same tenant."""
    source_account: NotRequired[pulumi.Input[str]]
    """Id of the account that holds it, where that is in another tenant; needs a provider with a second token."""


class DeploymentArgs(TypedDict):
    """A deployment; its name in Azure cannot be changed, and its account neither."""

    deployment_name: pulumi.Input[str]
    account_name: pulumi.Input[str]
    resource_group_name: pulumi.Input[str]
    model: DeploymentModelArgs
    sku: pulumi.Input[DeploymentSku]
    capacity: pulumi.Input[int]
    """PTU on a provisioned SKU, otherwise thousands of tokens a minute."""
    content_filter: pulumi.Input[str]
    spillover: NotRequired[pulumi.Input[str]]
    """Name of the deployment of the same account that takes what a provisioned one has no room for."""
    tags: pulumi.Input[Mapping[str, pulumi.Input[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentResources:
    """What the component made."""

    deployment: "cognitiveservices.Deployment"


class Deployment(pulumi.ComponentResource):
    """A deployment of a fine-tuned model: it answers under its name, at the account's endpoint."""

    deployment_id: pulumi.Output[str]
    deployment_name: pulumi.Output[str]

    def __init__(self, name: str, args: DeploymentArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        own, inner = split_options(opts)
        super().__init__(TOKEN, name, {}, own)
        opts = pulumi.ResourceOptions.merge(inner, pulumi.ResourceOptions(parent=self))
        deployment = cognitiveservices.Deployment(
            name,
            deployment_name=args["deployment_name"],
            account_name=args["account_name"],
            resource_group_name=args["resource_group_name"],
            sku={"name": args["sku"], "capacity": args["capacity"]},
            properties={
                "model": {"format": _FORMAT, "version": _VERSION, **args["model"]},
                "rai_policy_name": args["content_filter"],
                "version_upgrade_option": "NoAutoUpgrade",
                **({"spillover_deployment_name": args["spillover"]} if "spillover" in args else {}),
            },
            tags=args["tags"],
            opts=opts,
        )
        self.resources = DeploymentResources(deployment=deployment)
        self.deployment_id = deployment.id
        self.deployment_name = deployment.name
        self.register_outputs({"deploymentId": self.deployment_id, "deploymentName": self.deployment_name})


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where a deployment is going to be."""

    id: AccountId
    tenant: str
    account_name: pulumi.Output[str]
    """From the account itself, so that replacing it deletes its deployments first."""
    resource_group_name: pulumi.Output[str]


def describe_deployment(deployment: stacks.Deployment, home: Home, tags: Mapping[str, str]) -> DeploymentArgs:
    """The component's arguments for a deployment of a stack."""
    args = DeploymentArgs(
        deployment_name=deployment.key,
        account_name=home.account_name,
        resource_group_name=home.resource_group_name,
        model=describe_model(deployment.model, account=home.id, tenant=home.tenant),
        sku=DeploymentSku(deployment.api_sku),
        capacity=deployment.capacity,
        content_filter=deployment.content_filter,
        tags=dict(tags),
    )
    if deployment.spillover:
        args["spillover"] = deployment.spillover
    return args


def describe_model(model: FineTunedModel, *, account: AccountId, tenant: str) -> DeploymentModelArgs:
    """The model as seen from the account that it is deployed in: people name only the account that holds it."""
    if model.tenant.lower() != tenant.lower():
        return DeploymentModelArgs(name=model.name, source_account=str(model.account))
    if model.account.is_same(account):
        return DeploymentModelArgs(name=model.name)
    return DeploymentModelArgs(name=model.name, source=str(model.account))
