"""From nothing to a stack, and again: what is told, sent and recorded."""

from __future__ import annotations

import json

import pytest

PROGRAM = """
provider = Provider("prov", tenant="t1")
box = Box("box", ResourceOptions(providers=[provider]))
a = Thing("a", size=1, opts=ResourceOptions(parent=box))
b = Thing("b", ratio=2.5, label=a.handle, opts=ResourceOptions(parent=box, depends_on=[a]))
box.register_outputs({"made": a.handle})
d = Thing("d")
print("hello")
answer = pulumi.runtime.invoke_output("probe:index:answer", {"of": 1}, pulumi.InvokeOptions(provider=provider))
export("handle", b.handle)
export("answer", answer.apply(lambda found: found["answer"]))
"""


@pytest.fixture(scope="module")
def first(stack):
    told = stack.run("up", PROGRAM)
    return told, told.calls("create", preview=True), told.calls("create")


@pytest.fixture(scope="module")
def second(stack, first):
    before = stack.checkpoint.read_bytes()
    return stack.run("up"), before


def test_first_update_creates_everything_after_a_preview(stack, first):
    told, planned, made = first

    assert (told.code, told.stderr) == (0, "")
    assert told.changes == {"create": 7}
    assert {name for op, name in told.steps(planning=True) if op == "create"} >= {"a", "b", "box", "demo-dev"}
    assert len(planned) == len(made) == 3


def test_value_that_is_not_known_yet_is_sent_as_unknown(first):
    _, planned, made = first

    assert next(each for each in planned if each["urn"].endswith("::b"))["news"]["label"].startswith("04da6b54")
    assert next(each for each in made if each["urn"].endswith("::b"))["news"]["label"] == "handle-a-1"


def test_state_has_pulumis_shape(stack, first):
    resources = first[0].resources
    document = json.loads(stack.checkpoint.read_text(encoding="utf-8"))
    a, b, provider = (resources[name] for name in ("a", "b", "prov"))

    assert (document["version"], document["checkpoint"]["stack"]) == (3, "organization/demo/dev")
    assert first[0].latest["manifest"]["version"] == "v3.260.0"
    assert next(iter(resources)) == "demo-dev"
    assert resources["demo-dev"]["outputs"] == {"handle": "handle-b-0", "answer": 42}
    assert resources["box"]["outputs"] == {"made": "handle-a-1"}
    assert a["provider"] == f"{provider['urn']}::{provider['id']}"
    assert b["inputs"] == {"ratio": 2.5, "label": "handle-a-1"}
    assert b["dependencies"] == [a["urn"]]
    assert b["propertyDependencies"]["label"] == [a["urn"]]
    assert a["sourcePosition"].startswith("project:///infra/__main__.py#")
    assert resources["shared"]["inputs"] == {"__internal": {}, "version": "1.0.0"}


def test_nothing_is_left_of_lock_and_journal(stack, first):
    assert stack.locks == []
    assert not list(stack.path.glob("backend/.pulumi/journals/**/*.ndjson"))


def test_events_are_numbered_and_begin_and_end_as_pulumis(first):
    events = first[0].events
    kinds = [next(key for key in each if key.endswith("Event")) for each in events]

    assert [each["sequence"] for each in events] == list(range(len(events)))
    assert (kinds[0], kinds[-1]) == ("preludeEvent", "cancelEvent")
    assert kinds.count("summaryEvent") == 2
    assert "hello" in first[0].messages("info")


def test_step_event_carries_old_new_and_provider(first):
    made = [each["resOutputsEvent"] for each in first[0].events if "resOutputsEvent" in each]
    metadata = next(
        each["metadata"] for each in made if each["metadata"]["urn"].endswith("::b") and "planning" not in each
    )

    assert set(metadata) == {"op", "urn", "type", "old", "new", "detailedDiff", "logical", "provider"}
    assert metadata["old"] is None
    assert metadata["new"]["outputs"]["handle"] == "handle-b-0"
    assert set(metadata["new"]) == {"type", "urn", "custom", "id", "parent", "inputs", "outputs", "provider"}


def test_second_update_ends_after_its_preview(stack, second):
    told, before = second

    assert told.code == 0
    assert told.changes == {"same": 7}
    assert told.steps(planning=False) == []
    assert [each["call"] for each in told.calls("create", "update", "configure")] == ["configure", "configure"]
    assert stack.checkpoint.read_bytes() == before
