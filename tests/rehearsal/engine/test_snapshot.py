"""The state while an update runs: what its journal can bring back."""

from __future__ import annotations

import json
import time

import pytest

from ftdeploy.rehearsal.engine.backend import Backend
from ftdeploy.rehearsal.engine.failures import EngineError, Refusal
from ftdeploy.rehearsal.engine.resource import Resource
from ftdeploy.rehearsal.engine.snapshot import Snapshot, rename_aliased


def make(name: str, **fields) -> Resource:
    return Resource(
        urn=f"urn:pulumi:dev::demo::probe:index:Thing::{name}", type="probe:index:Thing", custom=True, **fields
    )


def list_names(snapshot: Snapshot) -> list[str]:
    return [each["urn"].rsplit("::", 1)[-1] for each in snapshot.to_latest().get("resources", ())]


def write_no_more(snapshot: Snapshot) -> None:
    """From now on there is only the journal."""
    with snapshot._lock:
        snapshot._cancel_timer()
        snapshot._next_write = float("inf")


@pytest.fixture
def backend(tmp_path) -> Backend:
    return Backend(folder=tmp_path, project="demo", stack="dev")


@pytest.fixture
def begun(backend):
    """A state of x and y, and an update that has added a, replaced x, and is creating b."""
    first = Snapshot(backend)
    first.add(make("x", id="/x"))
    first.add(make("y", id="/y"))
    first.close()
    snapshot = Snapshot(backend)
    x = snapshot.list_before()[0]
    snapshot.add(make("a", id="/a"))
    snapshot.drop(x)
    snapshot.add(make("x", id="/x2"))
    snapshot.begin("creating", make("b", inputs={"size": 1}))
    yield snapshot
    snapshot.close()


def test_what_is_new_comes_before_what_is_left(begun):
    assert list_names(begun) == ["a", "x", "y"]


def test_what_is_found_comes_after_what_it_may_depend_on(begun):
    begun.add_found(make("found", id="/found"))

    assert list_names(begun) == ["a", "x", "y", "found"]


def test_killed_update_is_read_from_its_journal(backend, begun):
    found = Snapshot(backend)

    assert list_names(found) == ["a", "x", "y"]
    assert found.to_latest()["resources"][1]["id"] == "/x2"
    assert [(kind, each.name) for _, kind, each in found.list_pending()] == [("creating", "b")]


def test_journal_of_many_entries_is_as_good_as_the_checkpoint(backend, begun):
    """The checkpoint is written at intervals only; here never again."""
    write_no_more(begun)
    added = [make(f"n{number}", id="/n") for number in range(20)]
    for each in added:
        begun.add(each)
    for each in added[:10]:
        begun.drop(each)
    begun.end(begun.list_pending()[0][0])

    assert list_names(Snapshot(backend)) == list_names(begun)
    assert Snapshot(backend).is_folded
    assert Snapshot(backend).list_pending() == []


def test_order_of_dependency_survives_a_checkpoint_in_the_middle(backend, begun):
    """The Pulumi CLI refuses a state in which something is listed before what it depends on."""
    begun._next_write = 0.0
    begun.add(make("provider", id="/p"))
    write_no_more(begun)
    begun.add(make("dependent", id="/d"))

    assert list_names(begun) == ["a", "x", "provider", "dependent", "y"]
    assert list_names(Snapshot(backend)) == list_names(begun)


def test_checkpoint_is_written_although_nothing_more_happens(backend, begun):
    """The Pulumi CLI reads no journal, and the next change may be an hour away."""
    deadline = time.monotonic() + 5
    while not backend.load().get("pending_operations") and time.monotonic() < deadline:
        time.sleep(0.01)

    assert [each["urn"] for each in backend.load()["resources"]] == [
        each["urn"] for each in begun.to_latest()["resources"]
    ]
    assert backend.load()["pending_operations"][0]["type"] == "creating"


def test_half_a_last_line_is_ignored(backend, begun):
    write_no_more(begun)
    begun.add(make("n", id="/n"))
    text = backend.journal.read_text(encoding="utf-8")
    backend.journal.write_text(text[:-20], encoding="utf-8")

    assert "n" not in list_names(Snapshot(backend))


def test_journal_that_is_older_than_the_checkpoint_is_ignored(backend, begun):
    """The Pulumi CLI may have gone on in between, and knows no journal."""
    latest = begun.to_latest()
    backend.save(latest | {"resources": latest["resources"][:1], "manifest": {"time": "later"}})

    assert list_names(Snapshot(backend)) == ["a"]


def test_end_leaves_the_checkpoint_alone(backend, begun):
    begun.close()

    assert not backend.journal.exists()
    assert list_names(Snapshot(backend)) == ["a", "x", "y"]


def test_former_urn_is_renamed_wherever_it_is_referred_to():
    former, present = make("old").urn, make("new").urn
    new = make("new", aliases=[former]).to_json()
    child = make("child", parent=former, dependencies=[former], provider=f"{former}::id").to_json()
    child["propertyDependencies"] = {"size": [former]}

    fixed_new, fixed = rename_aliased([new, child])

    assert "aliases" not in fixed_new
    assert former not in json.dumps(fixed)
    assert fixed["provider"] == f"{present}::id"


def test_what_only_the_cli_writes_is_handed_on(backend):
    backend.save(
        {"resources": [make("a").to_json() | {"stackTrace": [{}]}], "secrets_providers": {"type": "passphrase"}}
    )
    latest = Snapshot(backend).to_latest()

    assert latest["secrets_providers"] == {"type": "passphrase"}
    assert latest["resources"][0]["stackTrace"] == [{}]


@pytest.mark.parametrize(
    "held",
    [
        {"taint": True},
        {"viewOf": "x"},
        {"external": True},
        {"delete": True},
        {"inputs": {"4dab": "1b47061264138c4ac30d75fd1eb44270"}},
    ],
)
def test_state_that_cannot_be_treated_rightly_is_refused(backend, held):
    backend.save({"resources": [make("a").to_json() | held]})

    with pytest.raises(Refusal, match="what this stack's state holds"):
        Snapshot(backend)


def test_second_lock_is_refused_with_the_first_ones_name(backend):
    with (
        backend.lock(),
        pytest.raises(EngineError, match=r"locked by 1 lock.*\n  file://.*\.json: created by") as refused,
    ):
        backend.lock().__enter__()

    assert str(backend.folder) in str(refused.value)
    with backend.lock():
        pass
