"""What is printed of a stack, in Pulumi's shapes, and the exit codes."""

from __future__ import annotations

import json
import subprocess

import pytest


@pytest.fixture(scope="module")
def made(stack):
    return stack.run("up", "a = Thing('a')\nexport('handle', a.handle)\nexport('list', [1, 'x'])")


@pytest.fixture(scope="module")
def previewed(stack, made):
    return stack.run("preview", "a = Thing('a', size=2)\nb = Thing('b')\nprint('hi')", "--json")


def test_export_wraps_the_state(stack, made):
    exported = json.loads(stack.run("export").stdout)

    assert exported["version"] == 3
    assert exported["deployment"]["resources"] == made.latest["resources"]


def test_outputs_are_printed_as_json_and_one_text_as_it_is(stack, made):
    assert json.loads(stack.run("output", None, "--json").stdout) == {"handle": "handle-a-0", "list": [1, "x"]}
    assert stack.run("output", None, "handle").stdout == "handle-a-0\n"
    assert json.loads(stack.run("output", None, "list").stdout) == [1, "x"]


def test_output_that_is_missing_is_named(stack, made):
    told = stack.run("output", None, "nope")

    assert (told.code, told.stderr) == (1, "error: current stack does not have output property 'nope'\n")


def test_history_tells_changes(stack, made):
    entry = json.loads(stack.run("history").stdout)[0]

    assert (entry["kind"], entry["result"], entry["message"]) == ("update", "succeeded", "")
    assert entry["resourceChanges"] == {"create": 3}
    assert entry["environment"]["pulumi.version"] == "v3.260.0"
    assert entry["startTime"].endswith(".000Z")


def test_history_tells_the_commit(own_stack):
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "begin"]):
        identity = ["-c", "user.name=a", "-c", "user.email=a@contoso.example"]
        subprocess.run(["git", *identity, *words], cwd=own_stack.path, check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=own_stack.path, capture_output=True, text=True, check=True)
    own_stack.run("up", "Thing('a')")
    told = json.loads(own_stack.run("history").stdout)[0]["environment"]

    assert told["git.head"] == head.stdout.strip()
    assert told["git.headName"].startswith("refs/heads/")


def test_preview_digest_has_pulumis_shape(previewed):
    digest = json.loads(previewed.stdout)
    update = next(each for each in digest["steps"] if each["op"] == "update")

    assert set(digest) == {"steps", "diagnostics", "duration", "changeSummary"}
    assert digest["changeSummary"] == {"same": 2, "update": 1, "create": 1}
    assert sorted(each["op"] for each in digest["steps"]) == ["create", "same", "update"]
    assert update["detailedDiff"] == {"size": {"kind": "update", "inputDiff": True}}
    assert (update["oldState"].get("inputs"), update["newState"]["inputs"]) == (None, {"size": 2})
    assert digest["diagnostics"][0] == {"message": "hi\n\n", "severity": "info"}


def test_preview_changes_nothing(made, previewed):
    assert previewed.latest == made.latest
    assert previewed.named("create", "update") == []


def test_stack_that_was_never_made_is_empty(own_stack):
    assert json.loads(own_stack.run("output", None, "--json").stdout) == {}
    assert json.loads(own_stack.run("history", None, "--json").stdout) == []
    assert "deployment" in json.loads(own_stack.run("export").stdout)


def test_wrong_command_line_is_2(own_stack):
    assert subprocess.run([*own_stack.command("up"), "--nope"], capture_output=True, check=False).returncode == 2


def test_folder_without_a_project_is_refused(own_stack):
    (own_stack.path / "Pulumi.yaml").unlink()
    told = own_stack.run("up", "")

    assert told.code == 1
    assert "no Pulumi.yaml in" in told.stderr
