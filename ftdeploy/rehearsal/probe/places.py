"""Where the other parts of Azure are, beside a Resource Manager; of a pretend Azure all are at one address."""

from __future__ import annotations

REAL = "https://management.azure.com"
"""Azure's Resource Manager; anything else is a pretend one."""


def find_sign_in(base: str) -> str:
    """Entra ID's address, without a slash at its end."""
    return "https://login.microsoftonline.com" if base == REAL else base


def find_graph(base: str) -> str:
    """Microsoft Graph's address."""
    return "https://graph.microsoft.com" if base == REAL else base


def find_batch(base: str, region: str) -> str:
    """The address that answers batch queries for a region."""
    return f"https://{region}.metrics.monitor.azure.com" if base == REAL else f"{base}/metrics/{region}"


def find_machine(base: str) -> str:
    """Where a machine of Azure asks for its identity's tokens."""
    return "http://169.254.169.254" if base == REAL else base
