"""The world that the emulator's tests live in: two tenants, three subscriptions, a few accounts with models."""

from __future__ import annotations

from typing import Any

TENANT = "11111111-0000-4000-8000-000000000001"
OTHER_TENANT = "11111111-0000-4000-8000-000000000002"
SUBSCRIPTION = "22222222-0000-4000-8000-000000000001"
TRAINING_SUBSCRIPTION = "22222222-0000-4000-8000-000000000002"
FOREIGN_SUBSCRIPTION = "22222222-0000-4000-8000-000000000003"

PIPELINE = {"objectId": "33333333-0000-4000-8000-000000000001", "clientId": "44444444-0000-4000-8000-000000000001"}
READER = {"objectId": "33333333-0000-4000-8000-000000000002", "clientId": "44444444-0000-4000-8000-000000000002"}
WORKLOAD = {"objectId": "33333333-0000-4000-8000-000000000003", "clientId": "44444444-0000-4000-8000-000000000003"}
SECRET = "pipeline-secret"

GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-dev"
PROVIDER = "providers/Microsoft.CognitiveServices"
ACCOUNT = f"{GROUP}/{PROVIDER}/accounts/contoso-dev"
IDLE_ACCOUNT = f"{GROUP}/{PROVIDER}/accounts/contoso-idle"
TRAINING_ACCOUNT = (
    f"/subscriptions/{TRAINING_SUBSCRIPTION}/resourceGroups/rg-training/{PROVIDER}/accounts/contoso-training"
)
FOREIGN_ACCOUNT = f"/subscriptions/{FOREIGN_SUBSCRIPTION}/resourceGroups/rg-lab/{PROVIDER}/accounts/fabrikam-lab"

OWN_MODEL = "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678"
TRAINED_MODEL = "gpt-4o-mini-2024-07-18.ft-11111111111111111111111111111111"
FOREIGN_MODEL = "gpt-4.1-2025-04-14.ft-22222222222222222222222222222222"
ROLE_READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


def build_scenario() -> dict[str, Any]:
    """A fresh copy, for a test to change."""
    return {
        "tenants": [{"id": TENANT, "name": "contoso"}, {"id": OTHER_TENANT, "name": "fabrikam"}],
        "subscriptions": [
            {"id": SUBSCRIPTION, "tenant": TENANT, "name": "dev"},
            {"id": TRAINING_SUBSCRIPTION, "tenant": TENANT, "name": "training"},
            {"id": FOREIGN_SUBSCRIPTION, "tenant": OTHER_TENANT, "name": "lab"},
        ],
        "principals": [
            {**PIPELINE, "tenant": TENANT, "name": "pipeline", "secret": SECRET, "alsoIn": [OTHER_TENANT]},
            {**READER, "tenant": TENANT, "name": "reader", "secret": SECRET},
            {**WORKLOAD, "tenant": TENANT, "name": "workload", "identity": True},
        ],
        "roleAssignments": [
            _give(PIPELINE, "Contributor", f"/subscriptions/{SUBSCRIPTION}"),
            _give(PIPELINE, "User Access Administrator", f"/subscriptions/{SUBSCRIPTION}"),
            _give(PIPELINE, "Cognitive Services OpenAI Contributor", ACCOUNT),
            _give(PIPELINE, "Cognitive Services OpenAI Contributor", TRAINING_ACCOUNT),
            _give(PIPELINE, "Cognitive Services OpenAI Contributor", FOREIGN_ACCOUNT),
            _give(READER, "Reader", f"/subscriptions/{SUBSCRIPTION}"),
            _give(WORKLOAD, "Cognitive Services OpenAI User", ACCOUNT),
        ],
        "resources": [
            {"id": GROUP, "body": {"location": "swedencentral"}},
            _build_account(ACCOUNT),
            _build_account(IDLE_ACCOUNT),
            {"id": TRAINING_ACCOUNT.partition("/providers/")[0], "body": {"location": "swedencentral"}},
            _build_account(TRAINING_ACCOUNT),
            {"id": FOREIGN_ACCOUNT.partition("/providers/")[0], "body": {"location": "swedencentral"}},
            _build_account(FOREIGN_ACCOUNT),
        ],
        "fineTunedModels": [
            {"account": ACCOUNT, "name": OWN_MODEL, "base": {"name": "gpt-4o-mini", "version": "2024-07-18"}},
            {
                "account": TRAINING_ACCOUNT,
                "name": TRAINED_MODEL,
                "base": {"name": "gpt-4o-mini", "version": "2024-07-18"},
            },
            {"account": FOREIGN_ACCOUNT, "name": FOREIGN_MODEL, "base": {"name": "gpt-4.1", "version": "2025-04-14"}},
        ],
        "quota": [
            {
                "subscription": SUBSCRIPTION,
                "location": "swedencentral",
                "name": "OpenAI.Standard.gpt-4o-mini-finetune",
                "limit": 100,
            }
        ],
    }


def build_deployment(
    name: str = OWN_MODEL, *, sku: str = "Standard", capacity: int = 10, **model: str
) -> dict[str, Any]:
    """A body that the emulator takes; `source` or `sourceAccount` go into its model."""
    return {
        "sku": {"name": sku, "capacity": capacity},
        "properties": {"model": {"format": "OpenAI", "name": name, "version": "1", **model}},
    }


def _build_account(account_id: str) -> dict[str, Any]:
    name = account_id.rpartition("/")[2]
    properties = {"customSubDomainName": name}
    body = {"location": "Sweden Central", "kind": "OpenAI", "sku": {"name": "S0"}, "properties": properties}
    return {"id": account_id, "body": body}


def _give(principal: dict[str, str], role: str, scope: str) -> dict[str, str]:
    return {"principal": principal["objectId"], "role": role, "scope": scope}
