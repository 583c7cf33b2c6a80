"""One pretend Azure and one plugin process a module; each test starts with both fresh."""

from __future__ import annotations

import pytest

from tests.rehearsal.plugin.driver import CONFIG, Plugin
from tests.rehearsal.plugin.fake_azure import FakeAzure


@pytest.fixture(scope="module")
def shared_azure(tmp_path_factory):
    with FakeAzure(tmp_path_factory.mktemp("azure")) as fake:
        yield fake


@pytest.fixture(scope="module")
def shared_plugin(shared_azure):
    with Plugin(SSL_CERT_FILE=str(shared_azure.ca), ARM_METADATA_HOSTNAME=shared_azure.host) as plugin:
        yield plugin


@pytest.fixture
def azure(shared_azure):
    shared_azure.reset()
    return shared_azure


@pytest.fixture
def plugin(shared_plugin, azure):
    """The configured plugin."""
    shared_plugin.configure(**CONFIG)
    return shared_plugin
