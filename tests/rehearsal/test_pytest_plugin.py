"""The plugin `ftdeploy-rehearsal`, as the tests of another repository use it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

PLUGIN = "ftdeploy.rehearsal.pytest_plugin"
ROOT = Path(__file__).parents[2]
ELSEWHERE = """
import os
from datetime import timedelta

import pytest
from azure.core.exceptions import HttpResponseError
from azure.identity import DefaultAzureCredential
from azure.mgmt.cognitiveservices import CognitiveServicesManagementClient

SUBSCRIPTION = "10000000-0000-4000-8000-0000000000a1"

@pytest.fixture
def management(pretend_azure):
    credential = DefaultAzureCredential()
    scopes = {"base_url": pretend_azure.url, "credential_scopes": ["https://management.azure.com/.default"]}
    with credential, CognitiveServicesManagementClient(credential, SUBSCRIPTION, retry_total=0, **scopes) as client:
        yield client

def test_clients_find_it(management):
    assert [each.name for each in management.accounts.list()] == ["contoso-support-prod-swc"]
    assert "AZURE_CLIENT_SECRET" not in os.environ

def test_clock_goes_on(pretend_azure, clock):
    before = clock.now()
    assert clock.advance(days=40) == []
    assert clock.now() - before >= timedelta(days=40)
    assert os.environ["FTDEPLOY_NOW"] > (before + timedelta(days=40)).isoformat()[:10]
    assert clock.set(clock.now() + timedelta(days=1)) == []

def test_faults_strike(management, faults):
    faults.add("503", "GET */accounts")
    with pytest.raises(HttpResponseError) as refused:
        list(management.accounts.list())
    assert (refused.value.status_code, faults.list()[0]["struck"]) == (503, 1)
    faults.clear()
    assert faults.list() == []
"""


def test_other_repositories_get_a_pretend_azure(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("AZURE_CLIENT_SECRET", "of the real Azure")
    pytester.makepyfile(ELSEWHERE)

    done = pytester.runpytest_subprocess("-p", PLUGIN)

    done.assert_outcomes(passed=3)


def test_plugin_is_found_by_its_name() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["entry-points"]["pytest11"] == {"ftdeploy-rehearsal": PLUGIN}
