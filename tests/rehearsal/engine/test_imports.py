"""Imports and targets: what of them is refused, by name."""

from __future__ import annotations

import json

import pytest

MADE = 'Box("box")\nget_shared_provider()'
SHARED = "urn:pulumi:dev::demo::pulumi:providers:probe::shared"
THING = {"type": "probe:index:Thing", "name": "a", "id": "/things/a", "provider": "shared"}


def import_things(stack, *things: dict):
    document = {"nameTable": {"shared": SHARED}, "resources": list(things)}
    (stack.path / "found.json").write_text(json.dumps(document), encoding="utf-8")
    return stack.run("import", None, "--file", str(stack.path / "found.json"))


@pytest.fixture(scope="module")
def made(stack):
    return stack.run("up", MADE)


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        pytest.param(
            THING | {"properties": ["size"]}, "does not support `properties` of imports, which a sets", id="part"
        ),
        pytest.param(THING | {"provider": "other"}, "whose parent or provider is not recorded", id="provider"),
        pytest.param(THING | {"parent": "later"}, "whose parent or provider is not recorded", id="parent"),
    ],
)
def test_import_that_is_not_supported_is_refused_by_name(stack, made, thing, words):
    told = import_things(stack, thing)

    assert told.code == 1
    assert words in told.stderr
    assert told.latest["resources"] == made.latest["resources"]


def test_import_of_what_does_not_exist_says_so(stack, made):
    (stack.path / "script.json").write_text(json.dumps({}), encoding="utf-8")
    document = {"nameTable": {"shared": SHARED}, "resources": [THING]}
    (stack.path / "found.json").write_text(json.dumps(document), encoding="utf-8")
    told = stack.run("import", None, "--file", str(stack.path / "found.json"), script={"read:a": [{"gone": True}]})

    assert told.code == 1
    assert "resource '/things/a' does not exist" in told.stderr


def test_import_under_a_taken_name_is_refused(own_stack):
    own_stack.run("up", MADE)
    import_things(own_stack, THING)
    told = import_things(own_stack, THING | {"id": "/things/b"})

    assert told.code == 1
    assert "::a' already exists" in told.stderr
    assert told.resources["a"]["id"] == "/things/a"
    assert told.resources["a"]["protect"] is True


def test_resource_that_still_names_its_import_is_not_replaced(own_stack):
    program = 'Thing("a", ResourceOptions(import_="/things/a"), path="{path}", size=7)'
    own_stack.run("up", program.format(path="p"))
    told = own_stack.run("up", program.format(path="q"))

    assert told.code == 1
    assert "previously-imported resources that still specify an ID may not be replaced" in told.stderr


@pytest.mark.parametrize("words", [("destroy", "--target", SHARED), ("import",), ("refresh", "--file", "x")])
def test_words_that_do_not_fit_the_operation_are_refused(stack, made, words):
    told = stack.run(words[0], None, *words[1:])

    assert told.code == 1
    assert "the embedded engine does not support" in told.stderr
    assert told.latest["resources"] == made.latest["resources"]
