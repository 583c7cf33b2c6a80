"""Microsoft.Insights' refusals; the words are ours where the emulator has less than Azure."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.errors import AzureError


def bad_request(message: str) -> AzureError:
    """A part of the query that cannot be read."""
    return AzureError(400, "BadRequest", message)


def metric_not_emulated(name: str, known: str) -> AzureError:
    """Azure may have the metric; the emulator counts one."""
    return bad_request(f"Failed to find metric configuration for metric: {name}. The rehearsal has only: {known}")


def filter_not_emulated(text: str) -> AzureError:
    """The emulator filters by deployment only."""
    return bad_request(
        f"The rehearsal does not emulate the filter '{text}', only ModelDeploymentName eq '…', joined by or"
    )
