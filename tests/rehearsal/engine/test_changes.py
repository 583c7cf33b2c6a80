"""One program becomes another in one update: what is kept, updated, replaced, removed, and in which order."""

from __future__ import annotations

import pytest

from tests.rehearsal.engine.conftest import get_name

BEFORE = """
a = Thing("a", path="p")
b = Thing("b", path=a.handle)
c = Thing("c", label=a.handle)
gone = Thing("gone", path=a.handle)
z = Thing("z", zone="1")
Thing("named", size=1)
box = Box("box")
Thing("inner", ResourceOptions(parent=box))
Thing("stubborn", size=1)
p = Provider("kept", tenant="t1", region="r1")
Thing("by-kept", ResourceOptions(provider=p))
q = Provider("moved", tenant="t1")
Thing("by-moved", ResourceOptions(provider=q))
r = Provider("renamed", tenant="t3")
Thing("by-renamed", ResourceOptions(provider=r))
Thing("got", ResourceOptions(id="/things/got"))
low = Thing("low")
Thing("high", ResourceOptions(depends_on=[low]))
Thing("beside", ResourceOptions(depends_on=[low]))
export("n", 5)
"""
AFTER = """
a = Thing("a", path="q")
b = Thing("b", path=a.handle)
c = Thing("c", label=a.handle)
z = Thing("z", zone="2")
Thing("new", ResourceOptions(aliases=[Alias(name="named")], protect=True, depends_on=[c]), size=1)
box = Box("crate", ResourceOptions(aliases=[Alias(name="box")]))
Thing("inner", ResourceOptions(parent=box))
Thing("stubborn", ResourceOptions(ignore_changes=["size"]), size=2)
p = Provider("kept", tenant="t1", region="r2")
Thing("by-kept", ResourceOptions(provider=p))
q = Provider("moved", tenant="t2")
Thing("by-moved", ResourceOptions(provider=q))
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
    assert changed.changes == {"same": 8, "replace": 5, "update": 1, "create": 1, "delete": 4, "discard": 1}


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


def test_replacement_that_may_live_beside_is_made_first_and_the_old_deleted_last(changed):
    steps = changed.steps()
    made = [at for at, (op, _) in enumerate(steps) if op in {"create", "create-replacement", "update", "read"}]

    assert steps.index(("create-replacement", "z")) < steps.index(("delete-replaced", "z"))
    assert steps.index(("delete-replaced", "z")) > max(made)
    assert changed.resources["z"]["id"] == "/things/z-2"
    assert not any(each.get("delete") or each.get("pendingReplacement") for each in changed.latest["resources"])


def test_alias_protect_and_dependency_change_the_state_alone(changed):
    new = changed.resources["new"]

    assert (new["id"], new["protect"], new["dependencies"]) == ("/things/named", True, [changed.resources["c"]["urn"]])
    assert "aliases" not in new
    assert changed.resources["inner"]["parent"] == changed.resources["crate"]["urn"]
    assert not {"named", "new", "inner"} & set(changed.named("create", "update", "delete"))


def test_ignored_change_changes_nothing(changed):
    assert ("same", "stubborn") in changed.steps()
    assert changed.resources["stubborn"]["inputs"] == {"size": 1}


def test_provider_decides_whether_it_can_manage_what_its_former_self_made(changed):
    steps = changed.steps()

    assert ("update", "kept") in steps
    assert ("same", "by-kept") in steps
    assert ("create-replacement", "moved") in steps
    assert ("create-replacement", "by-moved") in steps
    assert ("same", "by-renamed") in steps
    assert "::other::" in changed.resources["by-renamed"]["provider"]


def test_what_a_replaced_provider_made_is_deleted_by_the_provider_as_it_was(changed):
    tenants = [each["news"]["tenant"] for each in changed.calls("configure") if each["urn"].endswith("::moved")]

    assert tenants[-2:] == ["t2", "t1"]


def test_read_resource_is_forgotten_and_not_deleted(changed):
    assert ("discard", "got") in changed.steps()
    assert "got" not in changed.named("delete")


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
