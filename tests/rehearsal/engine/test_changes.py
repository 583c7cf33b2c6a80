"""One program becomes another in one update: what is kept, updated, replaced, removed, and in which order."""

from __future__ import annotations

import pytest

from tests.rehearsal.engine.conftest import get_name

BEFORE = """
a = Thing("a", path="p")
b = Thing("b", path=a.handle)
c = Thing("c", label=a.handle)
gone = Thing("gone", path=a.handle)
Thing("named", size=1)
box = Box("box")
Thing("inner", ResourceOptions(parent=box))
p = Provider("kept", tenant="t1", region="r1")
Thing("by-kept", ResourceOptions(provider=p))
r = Provider("renamed", tenant="t3")
Thing("by-renamed", ResourceOptions(provider=r))
low = Thing("low")
Thing("high", ResourceOptions(depends_on=[low]))
Thing("beside", ResourceOptions(depends_on=[low]))
export("n", 5)
"""
AFTER = """
a = Thing("a", path="q")
b = Thing("b", path=a.handle)
c = Thing("c", label=a.handle)
Thing("new", ResourceOptions(aliases=[Alias(name="named")], protect=True, depends_on=[c]), size=1)
box = Box("box")
Thing("inner", ResourceOptions(parent=box))
p = Provider("kept", tenant="t1", region="r2")
Thing("by-kept", ResourceOptions(provider=p))
r = Provider("other", tenant="t3")
Thing("by-renamed", ResourceOptions(provider=r))
export("n", [1, 2.5, None, True])
"""
SLOW_DELETES = {f"delete:{name}": [{"seconds": 0.3}] for name in ("low", "high", "beside")}


@pytest.fixture(scope="module")
def changed(stack):
    stack.run("up", BEFORE)
    return stack.run("up", AFTER, script=SLOW_DELETES)


def test_counts_are_pulumis(changed):
    assert (changed.code, changed.stderr) == (0, "")
    assert changed.changes == {"same": 8, "replace": 2, "update": 1, "create": 1, "delete": 4}


def test_dependents_that_must_go_are_deleted_before_and_made_after(changed):
    assert [step for step in changed.steps() if step[1] in {"a", "b"}] == [
        ("delete-replaced", "b"),
        ("delete-replaced", "a"),
        ("replace", "a"),
        ("create-replacement", "a"),
        ("replace", "b"),
        ("create-replacement", "b"),
    ]


def test_dependent_whose_change_needs_no_replacement_stays(changed):
    assert ("same", "c") in changed.steps()


def test_dependent_that_is_not_registered_again_is_deleted_once(changed):
    assert changed.named("delete").count("gone") == 1
    assert "gone" not in changed.resources


def test_alias_protect_and_dependency_change_the_state_alone(changed):
    new = changed.resources["new"]

    assert (new["id"], new["protect"], new["dependencies"]) == ("/things/named", True, [changed.resources["c"]["urn"]])
    assert "aliases" not in new
    assert not {"named", "new", "inner"} & set(changed.named("create", "update", "delete"))


def test_provider_decides_whether_it_can_manage_what_its_former_self_made(changed):
    steps = changed.steps()

    assert ("update", "kept") in steps
    assert ("same", "by-kept") in steps
    assert ("same", "by-renamed") in steps
    assert "::other::" in changed.resources["by-renamed"]["provider"]


def test_removals_run_at_once_but_dependents_first(changed):
    begins = {get_name(each): each["at"] for each in changed.calls("delete")}
    ends = {get_name(each): each["at"] for each in changed.calls("delete-done")}

    assert max(ends["high"], ends["beside"]) <= begins["low"]
    assert max(begins["high"], begins["beside"]) < min(ends["high"], ends["beside"])


def test_outputs_are_recorded(changed):
    assert changed.resources["demo-dev"]["outputs"] == {"n": [1, 2.5, None, True]}


@pytest.fixture(scope="module")
def destroyed(stack, changed):
    refused = stack.run("destroy")
    return refused, stack.run("destroy", AFTER.replace("protect=True, ", ""))


def test_destroy_with_something_protected_deletes_nothing(destroyed):
    refused, _ = destroyed

    assert refused.code == 1
    assert "because it is protected. To unprotect the resource, either remove the `protect` flag" in refused.stderr
    assert refused.named("delete") == []
    assert "new" in refused.resources


def test_destroy_leaves_nothing(destroyed):
    refused, told = destroyed
    things = [name for name, each in refused.resources.items() if each["type"] == "probe:index:Thing"]

    assert (told.code, told.stderr) == (0, "")
    assert sorted(told.named("delete")) == sorted(things)
    assert "resources" not in told.latest


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        pytest.param("Thing('z', zone='1')", "Thing('z', zone='2')", "replacements that create first", id="zone"),
        pytest.param(
            "Provider('p', tenant='1')", "Provider('p', tenant='2')", "replacements that create first", id="provider"
        ),
        pytest.param(
            "Thing('in', ResourceOptions(parent=Box('box')))",
            "Thing('in', ResourceOptions(parent=Box('crate', ResourceOptions(aliases=[Alias(name='box')]))))",
            "what is in a resource that an alias found",
            id="child of an alias",
        ),
    ],
)
def test_change_that_is_not_supported_is_refused_before_anything_is_done(own_stack, before, after, words):
    own_stack.run("up", before)
    told = own_stack.run("up", after)

    assert told.code == 1
    assert f"the embedded engine does not support {words}" in told.stderr
    assert told.named("create", "update", "delete") == []
