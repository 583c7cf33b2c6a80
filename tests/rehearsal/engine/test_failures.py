"""Refusals of a provider, of the program and of the engine: who is asked, what is kept, what is said."""

from __future__ import annotations

import pytest

HOOKED = """
hook = ErrorHook("retry", retry_once)
hooked = ResourceOptions(hooks=ResourceHookBinding(on_error=[hook]))
a = Thing("a", hooked)
b = Thing("b", hooked)
"""
RETRIED = {"create:a": [{"error": "busy"}], "create:b": [{"partial": ["not ready"]}, {"partial": ["not ready"]}]}


@pytest.fixture(scope="module")
def failed(stack):
    return stack.run("up", HOOKED, script=RETRIED)


@pytest.fixture(scope="module")
def healed(stack, failed):
    return stack.run("up")


@pytest.fixture(scope="module")
def destroyed(stack, healed):
    return stack.run("destroy", script={"delete:a": [{"error": "busy"}]})


def test_hook_lets_a_refused_call_be_sent_again(failed):
    assert failed.named("create").count("a") == 2
    assert failed.resources["a"]["id"] == "/things/a"
    assert failed.resources["a"]["resourceHooks"] == {"OnError": ["retry"]}
    assert "retrying create due to on-error hook request (1/100)" in failed.messages("warning")


def test_hook_that_gives_up_fails_the_update(failed):
    assert failed.code == 1
    assert failed.named("create").count("b") == 2
    assert failed.steps("resOpFailedEvent") == [("create", "b")]
    assert failed.stderr == "error: b: 1 error occurred:\n\t* not ready\nerror: update failed\n"


def test_partial_failure_is_kept_with_its_reasons_and_updated_next_time(failed, healed):
    assert failed.resources["b"]["initErrors"] == ["not ready"]
    assert healed.changes == {"same": 3, "update": 1}
    assert "initErrors" not in healed.resources["b"]


def test_hooks_need_the_fourth_version_of_the_state(own_stack):
    own_stack.run("up", HOOKED)

    assert '"version":4,"features":["hooks"]' in own_stack.checkpoint.read_text(encoding="utf-8")


def test_hook_is_asked_about_a_removal_too(destroyed):
    assert destroyed.code == 0
    assert destroyed.named("delete").count("a") == 2


@pytest.mark.parametrize(
    ("program", "words"),
    [
        pytest.param("raise pulumi.RunError('not like this')", "error: not like this", id="program says no"),
        pytest.param("raise ValueError('odd')", "ValueError: odd", id="program breaks"),
        pytest.param("Thing('a', size=-1)", "property size value {-1} has a problem: must not be", id="bad input"),
        pytest.param("Thing('a')\nThing('a')", "try giving it a unique name", id="one name twice"),
        pytest.param("Thing('a', key=pulumi.Output.secret('x'))", "does not support secret values", id="secret"),
        pytest.param("Thing('a', ResourceOptions(id='/x'))", "not support reading resources that exist", id="get"),
        pytest.param(
            "pulumi.runtime.register_stack_transform(lambda args: None)", "not support stack transforms", id="transform"
        ),
    ],
)
def test_failure_before_anything_is_made_is_told_in_one_piece(own_stack, program, words):
    told = own_stack.run("up", program)

    assert told.code == 1
    assert words in told.stderr
    assert "terminated" not in told.stderr
    assert told.changes.get("create", 0) <= 3
    assert own_stack.locks == []


def test_program_of_another_plugin_version_is_refused_by_name(own_stack):
    told = own_stack.run("preview", "Provider('p', ResourceOptions(version='2.0.0'))")

    assert told.code == 1
    assert "no plugin for probe 2.0.0: this engine was given probe 1.0.0" in told.stderr
