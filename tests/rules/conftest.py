"""Wishes and terms; a test states only the field that it is about."""

from dataclasses import replace

import pytest

from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.terms import GUARDED, Terms
from ftdeploy.domain.wishes import AccountWish, DeploymentWish, Scope, StackWish
from ftdeploy.errors import Place
from tests.facts import FACTS

SCOPE = Scope(stack="dev", stage="dev", geography="eu")


def place(key):
    return Place(name="stacks/dev.yaml", line=14, key=f"accounts.support.deployments.support-bot.{key}")


WISH = DeploymentWish(
    place=place,
    scope=SCOPE,
    name="support-bot",
    account="contoso-support-dev",
    region="swedencentral",
    sku_text="ProvisionedManaged",
    capacity=50,
    model="gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678",
    base=BaseModel(name="gpt-4o-mini", version="2024-07-18"),
    content_filter="Microsoft.DefaultV2",
    version_upgrade="NoAutoUpgrade",
    owner="support@contoso.example",
)
ACCOUNT = AccountWish(
    place=place, scope=SCOPE, name="contoso-support-dev", id=None, region="swedencentral", is_new=True
)
STACK = StackWish(place=place, scope=SCOPE, subscription="s", accounts=())


@pytest.fixture
def wish():
    """A legal deployment with some fields changed: `wish(capacity=40)`."""
    return lambda **changes: replace(WISH, **changes)


@pytest.fixture
def account():
    """An account with some fields changed."""
    return lambda **changes: replace(ACCOUNT, **changes)


@pytest.fixture
def stack():
    """A stack of these accounts."""
    return lambda *accounts: replace(STACK, accounts=accounts)


@pytest.fixture
def terms():
    """The limits of a guarded stage with some changed, on the small catalogue: `terms(allow_preview=True)`."""
    return lambda facts=FACTS, **limits: Terms(facts=facts, limits=replace(GUARDED, **limits))
