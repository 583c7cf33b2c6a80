"""A wish and facts; a test states only the field that it is about."""

from dataclasses import replace

import pytest

from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.wishes import DeploymentWish
from ftdeploy.errors import Place
from tests.facts import FACTS

WISH = DeploymentWish(
    where=Place(name="stacks/dev.yaml", line=14, key="accounts.support.deployments.support-bot.ptu"),
    sku_text="ProvisionedManaged",
    capacity=50,
    base=BaseModel(name="gpt-4o-mini", version="2024-07-18"),
)


@pytest.fixture
def facts():
    return FACTS


@pytest.fixture
def wish():
    """A legal wish with some fields changed: `wish(capacity=40)`."""
    return lambda **changes: replace(WISH, **changes)
