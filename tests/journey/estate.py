"""An estate of many accounts and deployments over several stacks, in a repository of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.journey.repository import ROOT, Repository, copy_repository

SUBSCRIPTION = "10000000-0000-4000-8000-0000000000d1"
_REFERENCE = ROOT / "ftdeploy" / "rehearsal" / "scenarios" / "reference.yaml"
_FIRST_GRANTS = ("fine-tuned-deployments-within-limit",)
"""Rules on what Azure grants first; an estate may have been granted more."""
_USAGE = "OpenAI.GlobalStandard.gpt-4o-mini-finetune"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """So many accounts, dealt out over the stacks in turn, each with so many deployments."""

    accounts: int
    deployments_per_account: int
    stacks: int = 1

    @property
    def stack_names(self) -> tuple[str, ...]:
        """`many-0`, `many-1`, …"""
        return tuple(f"many-{number}" for number in range(self.stacks))

    @property
    def deployments(self) -> int:
        """In all stacks together."""
        return self.accounts * self.deployments_per_account

    def write(self, folder: Path, **settings: Any) -> Repository:
        """The repository, with a `scenario.yaml` whose quota is large enough; `settings` are the pretend Azure's."""
        repository = copy_repository(folder)
        for number, name in enumerate(self.stack_names):
            stack = self._build_stack(range(number, self.accounts, self.stacks))
            (folder / "stacks" / f"{name}.yaml").write_text(yaml.safe_dump(stack, sort_keys=False), encoding="utf-8")
        scenario = yaml.safe_load(_REFERENCE.read_text(encoding="utf-8"))
        quota = {"subscription": SUBSCRIPTION, "location": "swedencentral", "name": _USAGE, "limit": 100_000}
        scenario["quota"].append(quota)
        scenario["settings"] = {"operationSeconds": 0.0, **settings}
        (folder / "scenario.yaml").write_text(yaml.safe_dump(scenario), encoding="utf-8")
        fleet = yaml.safe_load((folder / "fleet.yaml").read_text(encoding="utf-8"))
        fleet["rules"].append({"match": {"stage": "dev"}, "levels": dict.fromkeys(_FIRST_GRANTS, "advisory")})
        (folder / "fleet.yaml").write_text(yaml.safe_dump(fleet, sort_keys=False), encoding="utf-8")
        return repository

    def list_ids(self) -> Iterator[str]:
        """The ids of all deployments, in lower case."""
        for account in range(self.accounts):
            for deployment in range(self.deployments_per_account):
                yield (
                    f"/subscriptions/{SUBSCRIPTION}/resourcegroups/rg-many-{account}/providers"
                    f"/microsoft.cognitiveservices/accounts/contoso-many-{account}/deployments/bot-{deployment}"
                )

    def _build_stack(self, numbers: range) -> dict[str, Any]:
        return {
            "stage": "dev",
            "geography": "eu",
            "tenant": "10000000-0000-4000-8000-000000000001",
            "subscription": SUBSCRIPTION,
            "accounts": {f"account-{number}": self._build_account(number) for number in numbers},
        }

    def _build_account(self, number: int) -> dict[str, Any]:
        deployment = {"model": "support-bot@69b80eac3236", "sku": "GlobalStandard", "kTpm": 1}
        return {
            "name": f"contoso-many-{number}",
            "resourceGroup": f"rg-many-{number}",
            "region": "swedencentral",
            "kind": "OpenAI",
            "publicNetworkAccess": "Enabled",
            "deployments": {f"bot-{each}": dict(deployment) for each in range(self.deployments_per_account)},
        }
