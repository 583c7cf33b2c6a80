"""The journeys' repository, for the Pulumi CLI too."""

from tests.journey.conftest import repository

__all__ = ["repository"]
