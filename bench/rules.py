"""All rules over many deployments: from files, over the policy SDK's gRPC, and beside another scanner.

Targets on a quiet machine: 1,000 deployments in 1 s, start and reading included, 10,000 in 6 s. The scanner is checkov
over the same deployments as Terraform, in an environment of its own, made once below `.bench/`.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import grpc
from google.protobuf import struct_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from tests.rules.many import FINE_TUNED, PER_ACCOUNT, SUBSCRIPTION, list_sizes, write, write_repository

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
RUNS = 3
THOUSAND = 1_000
CHECKOV = "checkov==3.2.489"


def main() -> None:
    """Print medians, ratios, and what each way found."""
    with tempfile.TemporaryDirectory() as folder:
        for count in (THOUSAND, 10 * THOUSAND):
            root = write_repository(Path(folder) / str(count), count)
            seconds, found = measure(lambda root=root: run_check(root))
            print(f"ftdeploy check, {count:,} deployments: {seconds:.2f} s, {found:,} illegal sizes found")
            if count == THOUSAND:
                mine = seconds
        seconds, found = measure(lambda: run_pack(THOUSAND))
        print(f"policy pack over gRPC, 1,000 resources: {seconds:.2f} s, {found:,} found; ratio {seconds / mine:.1f}")
        terraform = write_terraform(Path(folder) / "terraform", THOUSAND)
        scanner = find_checkov()
        seconds, found = measure(lambda: run_checkov(scanner, terraform))
        print(f"{CHECKOV}, 1,000 deployments: {seconds:.1f} s, {found:,} found; ratio {seconds / mine:.1f}")


def measure(run) -> tuple[float, int]:  # noqa: ANN001 a function that counts findings
    """Median seconds, and what the last run found."""
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        found = run()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken), found


def run_check(root: Path) -> int:
    """`ftdeploy check` as people run it; gives the illegal sizes that it found."""
    done = subprocess.run([BIN / "ftdeploy", "-C", root, "check", "--json"], capture_output=True, check=False)
    problems = json.loads(done.stdout)["problems"]
    return sum(
        1 for each in problems if each["rule"] == "ptu-at-legal-size" and each["fix"].startswith("set `ptu: 25`")
    )


def run_pack(count: int) -> int:
    """The pack as Pulumi starts and asks it, one resource after the other."""
    told = {"PULUMI_PROJECT": "many", "PULUMI_STACK": "many", "PULUMI_DRY_RUN": "true"}
    command = [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(ROOT / "policies")]
    with subprocess.Popen(
        command, cwd=ROOT / "policies", env=os.environ | told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as pack:
        try:
            port = int(pack.stdout.readline()) if pack.stdout else 0
            with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
                stub = analyzer_pb2_grpc.AnalyzerStub(channel)
                return sum(ask(stub, number, ptu) for number, ptu in enumerate(list_sizes(count)))
        finally:
            pack.kill()


def ask(stub: analyzer_pb2_grpc.AnalyzerStub, number: int, ptu: int) -> int:
    """How often the pack says that the size is illegal."""
    properties = struct_pb2.Struct()
    properties.update(
        {
            "deploymentName": f"bot-{number}",
            "accountName": f"contoso-{number // PER_ACCOUNT}",
            "sku": {"name": "ProvisionedManaged", "capacity": ptu},
            "properties": {
                "model": {"format": "OpenAI", "name": FINE_TUNED, "version": "1"},
                "raiPolicyName": "Microsoft.DefaultV2",
                "versionUpgradeOption": "NoAutoUpgrade",
            },
            "tags": {"ftdeploy-owner": "x@contoso.example", "ftdeploy-when-idle": "keep"},
        }
    )
    request = analyzer_pb2.AnalyzeRequest(
        type="azure-native:cognitiveservices:Deployment",
        properties=properties,
        urn=f"urn:{number}",
        name=f"bot-{number}",
    )
    return sum(1 for each in stub.Analyze(request).diagnostics if each.policyName == "ptu-at-legal-size")


def write_terraform(root: Path, count: int) -> Path:
    """The same deployments for the azurerm provider."""
    blocks = [
        f'resource "azurerm_cognitive_deployment" "bot_{number}" {{\n'
        f'  name                 = "bot-{number}"\n'
        f'  cognitive_account_id = "/subscriptions/{SUBSCRIPTION}/resourceGroups/rg/providers/'
        f'Microsoft.CognitiveServices/accounts/contoso-{number // PER_ACCOUNT}"\n'
        f'  model {{\n    format  = "OpenAI"\n    name    = "{FINE_TUNED}"\n    version = "1"\n  }}\n'
        f'  sku {{\n    name     = "ProvisionedManaged"\n    capacity = {ptu}\n  }}\n}}\n'
        for number, ptu in enumerate(list_sizes(count))
    ]
    write(root / "main.tf", "\n".join(blocks))
    return root


def find_checkov() -> Path:
    """The scanner, installed once."""
    home = ROOT / ".bench/checkov"
    program = home / "bin/checkov"
    if not program.exists():
        print(f"installing {CHECKOV} into {home.relative_to(ROOT)}, once")
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        quiet = ("--disable-pip-version-check", "--quiet")
        subprocess.run([home / "bin/pip", "install", *quiet, CHECKOV], check=True)
    return program


def run_checkov(program: Path, root: Path) -> int:
    """What the scanner says against the deployments, about anything."""
    words = ["--directory", root, "--framework", "terraform", "--output", "json", "--quiet", "--compact"]
    done = subprocess.run([program, *words], capture_output=True, check=False, env=os.environ | {"LOG_LEVEL": "ERROR"})
    told = json.loads(done.stdout)
    return int((told.get("summary") or told).get("failed", 0))


if __name__ == "__main__":
    main()
