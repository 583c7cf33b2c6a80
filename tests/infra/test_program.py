"""The program: findings stop it before anything is declared, and what it exports."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pulumi
import pytest

from infra.program import main
from tests.components.pulumi_mocks import DEPLOYMENT_TYPE, PROVIDER_TYPE, Recorder

ROOT = Path(__file__).parents[2]
PROD = "stacks/prod-eu-swc.yaml"
BUDGET = """
import sys, infra.program
print(sorted(each for each in sys.modules if each.startswith("pulumi_azure_native.cognitiveservices.")))
"""


@pytest.fixture
def root(tmp_path) -> Path:
    for name in ("fleet.yaml", "Pulumi.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("stacks", "models"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def edit(root: Path, old: str, new: str) -> None:
    text = (root / PROD).read_text(encoding="utf-8")
    assert old in text
    (root / PROD).write_text(text.replace(old, new), encoding="utf-8")


def run(root: Path, stack: str = "prod-eu-swc") -> Recorder:
    return Recorder(root=str(root), stack=stack).run(main)


def refuse(root: Path) -> str:
    """What the program says when it refuses, having declared nothing."""
    recorder = Recorder(root=str(root), stack="prod-eu-swc")
    with pytest.raises(pulumi.RunError) as refused:
        recorder.run(main)
    assert recorder.declared == []
    return str(refused.value)


def test_outputs_say_where_what_and_which_model(root):
    outputs = run(root).outputs

    assert outputs == {
        "endpoints": {"support": "https://contoso-support-prod-swc.example/"},
        "deployments": {"support": ["support-bot"]},
        "models": {"support.support-bot": "support-bot@bb1a83b36443"},
    }


@pytest.mark.parametrize("stack", ["dev", "prod-eu-swc", "prod-us-ncu"])
def test_every_stack_of_the_repository_is_built(root, stack):
    recorder = run(root, stack)

    assert recorder.get(DEPLOYMENT_TYPE).name == "support.support-bot"
    assert recorder.said == []


def test_model_in_another_tenant_brings_its_second_token(root):
    recorder = run(root, "prod-us-ncu")

    assert "sourceAccount" in recorder.get(DEPLOYMENT_TYPE).inputs["properties"]["model"]
    assert "auxiliaryTenantIds" in recorder.get(PROVIDER_TYPE).inputs


def test_illegal_size_stops_the_program_with_file_and_line(root):
    edit(root, "ptu: 50", "ptu: 40")
    said = refuse(root)

    assert said.startswith(f"{PROD}:")
    assert "accounts.support.deployments.support-bot.ptu\nerror: 40 PTU is not a size" in said
    assert "hint: set `ptu: 25` (925,000 input tokens a minute" in said


def test_broken_file_stops_the_program_with_all_problems(root):
    edit(root, "ptu: 50", "ptus: 50")
    said = refuse(root)

    assert f"{PROD}:" in said
    assert "ptus" in said


def test_change_beside_is_refused_by_name(root):
    edit(root, "change: inPlace", "change: beside")

    assert "`change: beside` is not built yet" in refuse(root)


def test_unknown_stack_is_refused(root):
    recorder = Recorder(root=str(root), stack="prod-eu-swx")

    with pytest.raises(pulumi.RunError, match="prod-eu-swc"):
        recorder.run(main)


def test_importing_the_program_loads_no_resource_types():
    """They take half a second, and a program that refuses its files needs none."""
    done = subprocess.run([sys.executable, "-c", BUDGET], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
