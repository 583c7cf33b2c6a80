"""Contoso: a small repository of files, and the Azure that it meets."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

TENANT = "10000000-0000-4000-8000-000000000001"
DEV = "10000000-0000-4000-8000-0000000000d1"
PROD = "10000000-0000-4000-8000-0000000000a1"
TRAINING = "10000000-0000-4000-8000-0000000000b1"
WORKLOAD = "10000000-0000-4000-8000-00000000c011"
PROVIDER = "providers/Microsoft.CognitiveServices/accounts"
DEV_ACCOUNT = f"/subscriptions/{DEV}/resourceGroups/rg-dev/{PROVIDER}/contoso-dev"
BARE_ACCOUNT = f"/subscriptions/{DEV}/resourceGroups/rg-dev/{PROVIDER}/contoso-bare"
"""Whose models the workload may not call."""
PROD_ACCOUNT = f"/subscriptions/{PROD}/resourceGroups/rg-prod/{PROVIDER}/contoso-prod"
TRAINING_ACCOUNT = f"/subscriptions/{TRAINING}/resourceGroups/rg-training/{PROVIDER}/contoso-training"

FINE_TUNED = f"gpt-4o-mini-2024-07-18.ft-{'a' * 32}"
_MODELS = [
    f'base: {{name: gpt-4o-mini, version: "2024-07-18"}}\ntrainingDataSha256: {each * 64}\n' for each in ("a", "b")
]


def get_digest(text: str) -> str:
    """The name that a file's bytes give."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


_FLEET = """\
requires: ftdeploy>=0.1,<1
stages:
  dev: {}
  prod: {after: [dev]}
defaults:
  - match: {stage: prod}
    set: {whenIdle: keep}
"""
NEW, OLD = (f"support-bot@{get_digest(each)}" for each in _MODELS)


def write_repository(root: Path) -> Path:
    """Stacks `dev` with the new model and `prod` with the old one."""
    _write(root / "Pulumi.yaml", "name: contoso\n")
    _write(root / "fleet.yaml", _FLEET)
    for letter, model in zip("ab", _MODELS, strict=True):
        folder = root / "models" / "support-bot" / get_digest(model)
        origin = f"account: {TRAINING_ACCOUNT}\nname: gpt-4o-mini-2024-07-18.ft-{letter * 32}\n"
        _write(folder / "model.yaml", model)
        _write(folder / "origins" / f"eu.{get_digest(origin)}.yaml", origin)
    _write(root / "stacks" / "dev.yaml", _write_stack("dev", DEV, DEV_ACCOUNT, NEW))
    _write(root / "stacks" / "prod.yaml", _write_stack("prod", PROD, PROD_ACCOUNT, OLD))
    return root


def build_scenario() -> dict[str, Any]:
    """Two accounts and their deployments; in that of `prod` the workload may read neither metrics nor models."""
    account = {"location": "swedencentral", "kind": "OpenAI", "sku": {"name": "S0"}}
    return {
        "tenants": [{"id": TENANT, "name": "contoso"}],
        "subscriptions": [{"id": each, "tenant": TENANT, "name": each} for each in (DEV, PROD)],
        "principals": [
            {"objectId": WORKLOAD, "clientId": WORKLOAD[:-2] + "12", "tenant": TENANT, "name": "w", "identity": True}
        ],
        "roleAssignments": [
            {"principal": WORKLOAD, "role": role, "scope": scope}
            for role, scope in (
                ("Reader", f"/subscriptions/{DEV}"),
                ("Monitoring Reader", f"/subscriptions/{DEV}"),
                ("Cognitive Services OpenAI User", DEV_ACCOUNT),
                ("Cognitive Services OpenAI User", f"/subscriptions/{PROD}"),
            )
        ],
        "resources": [
            {"id": DEV_ACCOUNT.partition("/providers/")[0], "body": {"location": "swedencentral"}},
            {"id": DEV_ACCOUNT, "body": {**account, "properties": {"customSubDomainName": "contoso-dev"}}},
            {"id": BARE_ACCOUNT, "body": {**account, "properties": {"customSubDomainName": "contoso-bare"}}},
            _build_deployment("support-bot", 20, account=BARE_ACCOUNT),
            {"id": PROD_ACCOUNT.partition("/providers/")[0], "body": {"location": "swedencentral"}},
            {"id": PROD_ACCOUNT, "body": {**account, "properties": {"customSubDomainName": "contoso-prod"}}},
            _build_deployment("support-bot", 20, account=PROD_ACCOUNT),
            _build_deployment("support-bot", 20),
            _build_deployment("called", 20),
            _build_deployment("forgotten", 40),
            _build_deployment("fresh", 3),
            _build_deployment("plain", 40, model="gpt-4o-mini"),
        ],
        "calls": [{"account": DEV_ACCOUNT, "deployment": "support-bot", "daysAgo": 2, "count": 7}],
    }


def _build_deployment(name: str, days: int, *, model: str = FINE_TUNED, account: str = DEV_ACCOUNT) -> dict[str, Any]:
    version = "1" if model == FINE_TUNED else "2024-07-18"
    properties = {"model": {"format": "OpenAI", "name": model, "version": version}}
    body = {"sku": {"name": "Standard", "capacity": 10}, "properties": properties}
    return {"id": f"{account}/deployments/{name}", "body": body, "createdDaysAgo": days}


def _write_stack(stage: str, subscription: str, account: str, model: str) -> str:
    return f"""\
# {stage}, as Contoso runs it
stage: {stage}
geography: eu
tenant: {TENANT}
subscription: {subscription}
owner: support@contoso.example
accounts:
  support:
    existing: {account}
    deployments:
      support-bot:
        model: {model} # promoted
        sku: Standard
        kTpm: 10
    region: swedencentral
"""


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
