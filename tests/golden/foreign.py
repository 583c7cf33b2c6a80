"""A program that is not ours, as it was recorded: recorded inputs never change."""

from __future__ import annotations

FOREIGN_PROGRAM = """
import pulumi
import pulumi_azure_native as azure
from pulumi_azure_native import cognitiveservices

provider = azure.Provider(
    "azure",
    tenant_id="10000000-0000-4000-8000-000000000001",
    subscription_id="10000000-0000-4000-8000-0000000000a1",
)
cognitiveservices.Deployment(
    "foreign-bot",
    resource_group_name="rg-support-prod",
    account_name="contoso-support-prod-swc",
    deployment_name="foreign-bot",
    sku={"name": "provisionedmanaged", "capacity": 40},
    properties={
        "model": {
            "format": "OpenAI",
            "name": "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678",
            "version": "1",
        }
    },
    opts=pulumi.ResourceOptions(provider=provider),
)
"""
