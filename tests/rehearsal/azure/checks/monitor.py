"""Checks of monitor's behaviours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from ftdeploy.rehearsal.azure.clock import render_time
from ftdeploy.rehearsal.azure.traffic import Traffic
from tests.rehearsal.azure.pretend import Pretend
from tests.rehearsal.azure.scenarios import ACCOUNT


def check_default_top(pretend: Pretend) -> None:
    pretend.world.settings.put("fineTunedDeploymentsPerAccount", 32)
    for number in range(11):
        pretend.deploy(f"bot-{number}", capacity=1)
        pretend.chat(f"bot-{number}")
    query = "metricnames=AzureOpenAIRequests&$filter=ModelDeploymentName eq '*'&interval=FULL"
    found = pretend.get(f"{ACCOUNT}/providers/Microsoft.Insights/metrics?{query}").json()
    assert len(found["value"][0]["timeseries"]) == 10


def check_retention(pretend: Pretend) -> None:
    now = pretend.world.clock.now()
    old = Traffic(account=ACCOUNT.lower(), deployment="bot", at=now - timedelta(days=100))
    pretend.world.traffic.keep(old)
    query = f"metricnames=AzureOpenAIRequests&timespan={render_time(now - timedelta(days=110))}/{render_time(now)}"
    found = pretend.get(f"{ACCOUNT}/providers/Microsoft.Insights/metrics?{query}&interval=P1D").json()
    assert found["value"][0]["timeseries"] == []


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "metrics-are-kept-93-days": check_retention,
    "metrics-top-is-10": check_default_top,
}
