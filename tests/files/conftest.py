"""A small repository in a temporary folder; a test changes the one thing that it is about."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from ftdeploy.domain.facts import Facts
from ftdeploy.errors import InputError, Problem
from ftdeploy.files.load import LoadedStack, load_stack
from tests.facts import FACTS

TENANT = "10000000-0000-4000-8000-000000000001"
SUBSCRIPTION = "10000000-0000-4000-8000-0000000000d1"
TRAINING = (
    "/subscriptions/10000000-0000-4000-8000-0000000000b1/resourceGroups/rg-training"
    "/providers/Microsoft.CognitiveServices/accounts/contoso-training-swc"
)
FINE_TUNED = "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678"
MODEL = f'base: {{name: gpt-4o-mini, version: "2024-07-18"}}\ntrainingDataSha256: {"a" * 64}\n'
ORIGIN = f"account: {TRAINING}\nname: {FINE_TUNED}\n"
FLEET = """\
requires: ftdeploy>=0.1,<1
stages:
  dev: {}
  prod: {after: [dev]}
"""
STACK = f"""\
stage: dev
geography: eu
tenant: {TENANT}
subscription: {SUBSCRIPTION}
owner: support@contoso.example
accounts:
  support:
    name: contoso-support-dev
    resourceGroup: rg-support-dev
    region: swedencentral
    kind: OpenAI
    publicNetworkAccess: Enabled
    access:
      - principal: 10000000-0000-4000-8000-00000000c011
        principalType: ServicePrincipal
        role: Cognitive Services OpenAI User
    deployments:
      support-bot:
        model: support-bot@MODEL_ID
        sku: Standard
        kTpm: 10
"""


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass
class Repository:
    """Files of a repository; `model_id` is that of the one model it begins with."""

    root: Path
    model_id: str = digest(MODEL)
    facts: Facts = FACTS

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.replace("MODEL_ID", self.model_id).encode())
        return path

    def write_stack(self, old: str = "", new: str = "") -> None:
        """The sample stack with one text in place of another."""
        assert old in STACK
        self.write("stacks/dev.yaml", STACK.replace(old, new) if old else STACK)

    def add_origin(self, text: str = ORIGIN, geography: str = "eu") -> str:
        folder = f"models/support-bot/{self.model_id}/origins"
        self.write(f"{folder}/{geography}.{digest(text)}.yaml", text)
        return digest(text)

    def load(self, name: str = "dev") -> LoadedStack:
        return load_stack(self.root, name, FACTS)

    def find_problems(self, name: str = "dev") -> list[Problem]:
        with pytest.raises(InputError) as caught:
            self.load(name)
        return sorted(caught.value.problems, key=lambda each: (each.where.name, each.where.line or 0))


@pytest.fixture
def repository(tmp_path):
    """A repository without problems: one model with an origin for `eu`, one stack `dev`, stages dev and prod."""
    made = Repository(tmp_path)
    made.write("fleet.yaml", FLEET)
    made.write(f"models/support-bot/{made.model_id}/model.yaml", MODEL)
    made.add_origin()
    made.write_stack()
    return made
