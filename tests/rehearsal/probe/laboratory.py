"""A lab in a pretend Azure whose clock moves when the probe waits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.wire import Wire
from tests.rehearsal.azure.assertions import build_trusting_scenario, make_certificate
from tests.rehearsal.azure.pretend import Pretend, open_pretend
from tests.rehearsal.azure.scenarios import OTHER_TENANT, SUBSCRIPTION, TRAINED_MODEL, TRAINING_ACCOUNT

BASE = "https://127.0.0.1:20443"
DELAYS = {
    "backgroundResponseSeconds": 20,
    "deploymentReadySeconds": 20,
    "fileProcessingSeconds": 5,
    "metricsDelaySeconds": 60,
    "trainingEpochSeconds": 600,
    "trainingQueueSeconds": 30,
}
"""Azure takes its time."""


@dataclass
class Given:
    """Tokens and time of the pretend Azure, as a credential and a clock give them."""

    pretend: Pretend
    token: str = ""

    def get_token(self, *scopes: str, tenant_id: str | None = None) -> Given:
        return replace(self, token=self.pretend.get_token(scopes[0].removesuffix("/.default"), tenant_id or ""))

    def pause(self, seconds: float) -> None:
        self.pretend.pass_seconds(seconds)
        self.pretend._tokens.clear()

    def now(self) -> datetime:
        return self.pretend.world.clock.now()


def open_laboratory(folder: Path, *without: str) -> Lab:
    """With all that a probe may need: a fine-tuned model, a certificate, another tenant."""
    pretend = open_pretend(folder, _build_scenario(), without=without, operation_seconds=3)
    with pretend.world.store.transaction():
        for setting, seconds in DELAYS.items():
            pretend.world.settings.put(setting, seconds)
    given = Given(pretend)
    certificate = folder / "certificate.pem"
    certificate.write_bytes(make_certificate().both)
    return Lab(
        wire=Wire(pretend.http, given, BASE, given.pause, given.now),
        subscription=SUBSCRIPTION,
        region="swedencentral",
        model=TRAINED_MODEL,
        source=TRAINING_ACCOUNT,
        certificate=str(certificate),
        tenant=OTHER_TENANT,
        service=f"{BASE}/identity/token",
        service_header="only-the-workload-knows",
        machine=BASE,
    )


def _build_scenario() -> dict[str, Any]:
    """The usual one, with quota for tokens, and a model that the developer tier takes."""
    scenario = build_trusting_scenario()
    pool = {"subscription": SUBSCRIPTION, "location": "swedencentral"}
    scenario["quota"].append({**pool, "name": "OpenAI.GlobalStandard.gpt-4o-mini", "limit": 50})
    model = next(each for each in scenario["fineTunedModels"] if each["name"] == TRAINED_MODEL)
    model["base"] = {"name": "gpt-4.1", "version": "2025-04-14"}
    return scenario
