"""The pack as Pulumi starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import grpc
import pytest
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from ftdeploy.domain.rules import RULES
from ftdeploy.policy.rules import ADVICE, STACK_ADVICE
from policies.pack import list_policies

FOLDER = Path(__file__).parents[2] / "policies"
BUDGET = """
import sys, policies.pack
print(sorted(each for each in ("pulumi_azure_native", "pydantic", "click", "rich", "httpx") if each in sys.modules))
"""


def test_every_rule_is_in_the_pack_and_in_order():
    names = [each.name for each in list_policies(lambda: None, lambda _: None)]
    ids = [rule.id for rule in RULES if rule.is_local] + [rule.id for rule in RULES if not rule.is_local]

    assert names == [*ids, ADVICE, STACK_ADVICE]


def test_pack_imports_only_what_it_needs():
    done = subprocess.run([sys.executable, "-c", BUDGET], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@contextmanager
def start_pack():
    """The pack in a process of its own, started the way Pulumi does it."""
    told = {"PULUMI_PROJECT": "ftdeploy", "PULUMI_STACK": "dev", "PULUMI_DRY_RUN": "true"}
    command = [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(FOLDER)]
    with subprocess.Popen(
        command, cwd=FOLDER, env=os.environ | told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as pack:
        try:
            with grpc.insecure_channel(f"127.0.0.1:{int(pack.stdout.readline())}") as channel:
                yield analyzer_pb2_grpc.AnalyzerStub(channel)
        finally:
            pack.kill()


@pytest.fixture(scope="module")
def pack():
    with start_pack() as stub:
        yield stub


def analyze(pack, capacity: object) -> list[analyzer_pb2.AnalyzeDiagnostic]:
    properties = struct_pb2.Struct()
    properties.update(
        {
            "deploymentName": "support-bot",
            "sku": {"name": "provisionedmanaged", "capacity": capacity},
            "properties": {
                "model": {"name": "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678"},
                "raiPolicyName": "Microsoft.DefaultV2",
                "versionUpgradeOption": "NoAutoUpgrade",
            },
            "tags": {"ftdeploy-owner": "support@contoso.example", "ftdeploy-when-idle": "keep"},
        }
    )
    request = analyzer_pb2.AnalyzeRequest(
        type="azure-native:cognitiveservices:Deployment", properties=properties, urn="urn:x", name="support.support-bot"
    )
    return list(pack.Analyze(request, timeout=20).diagnostics)


def test_running_pack_refuses_an_illegal_size(pack):
    (found,) = [each for each in analyze(pack, 40) if each.policyName == "ptu-at-legal-size"]

    assert found.enforcementLevel == analyzer_pb2.MANDATORY
    assert "40 PTU is not a size that Azure sells for gpt-4o-mini" in found.message
    assert "`ptu: 50` (1,850,000 input tokens a minute" in found.message


@pytest.mark.parametrize("capacity", [50, "3eeb2bf0-c639-47a8-9e75-3b44932eb421", "much", None], ids=str)
def test_running_pack_is_silent_otherwise(pack, capacity):
    assert [each.message for each in analyze(pack, capacity)] == []


def test_running_pack_tells_its_name(pack):
    info = pack.GetAnalyzerInfo(empty_pb2.Empty(), timeout=20)

    assert info.name == "ftdeploy"
    assert info.policies[0].name == "ptu-at-legal-size"
