"""Exit codes are pinned, and so is what stands on stdout and stderr beside them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from ftdeploy.cli.main import run
from ftdeploy.cli.session import Session
from tests.cli.contoso import NEW


class BrokenEnvironment(dict):
    """Raises `error` when anything is looked up in it, which nobody foresees."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def get(self, *_key):
        raise self.error


def start(command, *words, **options):
    """The command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "ftdeploy.cli", "-C", str(command.root), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def test_success_is_0(command):
    told = command("check")

    assert (told.exit_code, told.out, told.error) == (0, "2 stacks, 2 deployments: no problems\n", "")


def test_problem_of_the_input_is_1(command):
    command.edit("stacks/dev.yaml", "stage: dev", "stage: dve")

    told = command("check", "dev")

    assert (told.exit_code, told.error) == (1, "")
    assert told.out == (
        "stacks/dev.yaml:2 stage\n"
        "error: there is no stage `dve`\n"
        "allowed: dev, prod\n"
        "hint: did you mean `dev`? Write `stage: dev`\n"
    )


def test_problem_as_json_is_1_too(command):
    command.edit("stacks/dev.yaml", "stage: dev", "stage: dve")

    told = command("check", "--json")

    assert told.exit_code == 1
    assert [(each["file"], each["line"], each["key"]) for each in json.loads(told.out)["problems"]] == [
        ("stacks/dev.yaml", 2, "stage")
    ]


def test_folder_without_repository_is_1(tmp_path, capsys):
    code = run(["-C", str(tmp_path), "check"], Session(environment={}, now=datetime.now(UTC)))

    assert code == 1
    assert capsys.readouterr().err == (
        f"{tmp_path}\n"
        "error: no folder from here upwards has both `Pulumi.yaml` and `fleet.yaml`\n"
        "hint: run it inside your repository, or name the repository with `ftdeploy -C DIR …`\n"
    )


def test_repository_is_found_from_a_folder_inside(command):
    command.root /= "stacks"

    assert command("check").exit_code == 0


@pytest.mark.parametrize(
    "words", [("chek",), ("check", "--jsn"), ("promote", NEW), ("ask", "dev"), ("schema", "stak")], ids=" ".join
)
def test_wrong_usage_is_2(command, words):
    told = command(*words)

    assert (told.exit_code, told.out) == (2, "")
    assert "Usage: ftdeploy" in told.error


def test_service_that_refuses_is_3(command):
    command.environment["ARM_METADATA_HOSTNAME"] = "127.0.0.1:1"

    assert command("idle", "dev").exit_code == 3


def test_what_nobody_foresaw_is_70_without_traceback(command):
    command.environment = BrokenEnvironment(KeyError("pretend-secret"))

    told = command("idle", "dev")

    assert (told.exit_code, told.out) == (70, "")
    assert told.error == (
        "ftdeploy idle\n"
        "error: ftdeploy met something that nobody foresaw (KeyError)\n"
        "hint: run it again as `ftdeploy --verbose …`, and report what it prints where you got ftdeploy from\n"
    )


def test_verbose_adds_the_traceback(command):
    command.environment = BrokenEnvironment(KeyError("details"))

    told = command("--verbose", "idle", "dev")

    assert "Traceback" in told.error
    assert "KeyError: 'details'" in told.error
    assert told.error.rstrip().endswith("where you got ftdeploy from")


def test_interruption_is_130_and_quiet(command):
    command.environment = BrokenEnvironment(KeyboardInterrupt())

    told = command("idle", "dev")

    assert (told.exit_code, told.out, told.error) == (130, "", "")


def test_reader_that_goes_away_is_141_and_quiet(command):
    process = start(command, "schema", "stack")
    process.stdout.close()

    assert process.wait(timeout=20) == 141
    with process.stderr:
        assert process.stderr.read() == ""


def test_version_is_one_line(command):
    told = command("--version")

    assert (told.exit_code, told.out, told.error) == (0, "ftdeploy 0.1.0\n", "")


@pytest.mark.parametrize("words", [("--help",), ("check",)], ids=" ".join)
def test_quick_commands_import_no_cloud_library(command, words):
    process = start(command, *words, env=os.environ | {"PYTHONPROFILEIMPORTTIME": "1"})
    _, imported = process.communicate(timeout=20)

    names = {line.rpartition("|")[2].strip().partition(".")[0] for line in imported.splitlines()}
    assert "click" in names
    assert names.isdisjoint({"azure", "openai", "pulumi", "httpx", "aiohttp", "grpc", "rich"})
