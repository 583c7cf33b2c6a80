"""Many deployments, eight of ten with a size that Azure does not sell."""

from __future__ import annotations

import hashlib
from pathlib import Path

ILLEGAL_SHARE = 8
"""Of ten deployments so many have 37 PTU, which is no size."""
PER_ACCOUNT, PER_STACK = 10, 100
MODEL = f'base: {{name: gpt-4o-mini, version: "2024-07-18"}}\ntrainingDataSha256: {"a" * 64}\n'
FINE_TUNED = f"gpt-4o-mini-2024-07-18.ft-{'ab' * 16}"
SUBSCRIPTION = "10000000-0000-4000-8000-0000000000a1"
_GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-training"
ORIGIN = f"""\
account: {_GROUP}/providers/Microsoft.CognitiveServices/accounts/training
name: {FINE_TUNED}
region: swedencentral
"""


def list_sizes(count: int) -> list[int]:
    """PTU of each deployment."""
    return [37 if number % 10 < ILLEGAL_SHARE else 50 for number in range(count)]


def write_repository(root: Path, count: int) -> Path:
    """Stacks of 100 deployments in 10 accounts each."""
    digest = hashlib.sha256(MODEL.encode()).hexdigest()[:12]
    write(root / "Pulumi.yaml", "name: many\n")
    write(root / "fleet.yaml", "requires: ftdeploy>=0.1,<1\nstages:\n  dev: {}\n  prod: {after: [dev]}\n")
    write(root / f"models/bot/{digest}/model.yaml", MODEL)
    name = hashlib.sha256(ORIGIN.encode()).hexdigest()[:12]
    write(root / f"models/bot/{digest}/origins/eu.{name}.yaml", ORIGIN)
    sizes = list_sizes(count)
    for stack in range(count // PER_STACK):
        lines = [
            f"stage: prod\ngeography: eu\ntenant: {SUBSCRIPTION}\nsubscription: {SUBSCRIPTION}\n"
            "owner: x@contoso.example\naccounts:\n"
        ]
        for account in range(PER_STACK // PER_ACCOUNT):
            lines.append(
                f"  account-{account}:\n    name: contoso-{stack}-{account}\n    resourceGroup: rg-{stack}-{account}\n"
                "    region: swedencentral\n    kind: OpenAI\n    publicNetworkAccess: Enabled\n    deployments:\n"
            )
            for bot in range(PER_ACCOUNT):
                ptu = sizes[stack * PER_STACK + account * PER_ACCOUNT + bot]
                lines.append(
                    f"      bot-{bot}:\n        model: bot@{digest}\n        sku: ProvisionedManaged\n"
                    f"        ptu: {ptu}\n        whenIdle: keep\n"
                )
        write(root / f"stacks/stack-{stack}.yaml", "".join(lines))
    return root


def write(path: Path, text: str) -> None:
    """A file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
