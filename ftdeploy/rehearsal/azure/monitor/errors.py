"""Azure Monitor's refusals: without an envelope from Resource Manager, in one from the batch API."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ftdeploy.rehearsal.azure.errors import Refusal


class MonitorError(Refusal):
    """`{"code": "BadRequest", "message": "…"}`: azure-monitor-docs metrics/migrate-to-batch-api.md (2025-01-23)."""

    def render(self, now: datetime) -> dict[str, Any]:
        """Code and message alone."""
        return {"code": self.code, "message": self.message}


def bad_request(message: str) -> MonitorError:
    """A part of the query that cannot be read, or that Azure does not take."""
    return MonitorError(400, "BadRequest", message)


def unknown_metric(name: str, known: Iterable[str]) -> MonitorError:
    """The words are Azure's: Azure/azure-sdk-for-net #29584."""
    return bad_request(
        "Failed to find metric configuration for provider: Microsoft.CognitiveServices, resource Type: accounts, "
        f"metric: {name}, Valid metrics: {','.join(known)}"
    )


def unknown_dimension(metric: str, asked: Iterable[str], known: Iterable[str]) -> MonitorError:
    """The words are Azure's: azure-monitor-docs metrics/migrate-to-batch-api.md (2025-01-23)."""
    return bad_request(
        f"Metric: {metric} does not support requested dimension combination: {','.join(asked)}, "
        f"supported ones are: {','.join(known)}"
    )


def unknown_interval(text: str, known: Iterable[str]) -> MonitorError:
    """The words are Azure's: Azure/azure-libraries-for-net #495."""
    return bad_request(f"Invalid time grain duration: {text}, supported ones are: {','.join(known)}")


def unknown_namespace(name: str, known: str) -> MonitorError:
    """The words are Azure's: elastic/integrations #20848."""
    return bad_request(f"{name} is not a supported platform metric namespace, supported ones are {known}")


def bad_filter(text: str) -> MonitorError:
    """The words are ours."""
    return bad_request(f"Invalid filter '{text}': a dimension, eq, ne or sw, and a value in quotes, joined by and, or")


def or_between_dimensions(text: str) -> MonitorError:
    """The rule is azure-mgmt-monitor 7.0.0's, metrics.list; the words are ours."""
    return bad_request(f"Invalid filter '{text}': 'or' cannot separate two different dimension names")
