"""Checks of monitor's behaviours."""

from __future__ import annotations

from collections.abc import Callable

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


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "metrics-top-is-10": check_default_top,
}
