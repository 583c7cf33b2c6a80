"""What a program may send, and what is refused by name."""

from __future__ import annotations

import pytest
from google.protobuf import struct_pb2
from pulumi.runtime.proto import alias_pb2, callback_pb2, resource_pb2

from ftdeploy.rehearsal.engine.failures import Refusal
from ftdeploy.rehearsal.engine.goals import parse_registration
from ftdeploy.rehearsal.engine.values import UNKNOWN, make_struct, parse_struct

SIGNATURE = "4dabf18193072939515e22adb298388d"
Request = resource_pb2.RegisterResourceRequest
REFUSED = {
    "remote": {"remote": True},
    "replaceOnChanges": {"replaceOnChanges": ["size"]},
    "pluginDownloadURL": {"pluginDownloadURL": "https://plugins.example"},
    "pluginChecksums": {"pluginChecksums": {"linux": b"1"}},
    "replace_with": {"replace_with": ["urn"]},
    "transforms": {"transforms": [callback_pb2.Callback(token="t")]},
    "state_migrations": {"state_migrations": [callback_pb2.Callback(token="t")]},
    "hideDiffs": {"hideDiffs": ["size"]},
    "envVarMappings": {"envVarMappings": {"A": "B"}},
    "snippetId": {"snippetId": "x"},
    "before_create": {"hooks": Request.ResourceHooksBinding(before_create=["h"])},
    "ignoreChanges": {"ignoreChanges": ["a"]},
    "customTimeouts": {"customTimeouts": Request.CustomTimeouts(create="5m")},
    "retainOnDelete": {"retainOnDelete": True},
    "deletedWith": {"deletedWith": "urn"},
    "additionalSecretOutputs": {"additionalSecretOutputs": ["key"]},
    "packageRef": {"packageRef": "ref"},
    "noParent": {"aliases": [alias_pb2.Alias(spec=alias_pb2.Alias.Spec(name="old", noParent=True))]},
    "project": {"aliases": [alias_pb2.Alias(spec=alias_pb2.Alias.Spec(project="old"))]},
}


@pytest.mark.parametrize(("name", "fields"), REFUSED.items(), ids=REFUSED)
def test_field_that_is_not_honoured_is_refused_by_name(name, fields):
    with pytest.raises(Refusal, match=f"`{name}`.* thing"):
        parse_registration(Request(type="probe:index:Thing", name="thing", **fields), "/project")


def test_resource_without_an_explicit_provider_is_refused_by_name():
    with pytest.raises(Refusal, match="default providers: thing has no explicit one"):
        parse_registration(Request(type="probe:index:Thing", name="thing", custom=True), "/project")


def test_replacement_trigger_other_than_a_text_is_refused_by_name():
    fields = {"replacement_trigger": struct_pb2.Value(number_value=1)}
    with pytest.raises(Refusal, match="replacement trigger other than a text, which thing sets"):
        parse_registration(Request(type="probe:index:Thing", name="thing", **fields), "/project")


def test_registration_becomes_a_goal():
    request = Request(type="t", name="n", custom=True, provider="urn::id", protect=True, acceptSecrets=True)
    request.object.update({"size": 3, "ratio": 2.5, "none": None})
    request.hooks.on_error.append("retry")
    request.aliases.append(alias_pb2.Alias(spec=alias_pb2.Alias.Spec(name="old", parentUrn="urn")))
    request.sourcePosition.uri, request.sourcePosition.line = "file:///project/infra/a.py", 7
    goal = parse_registration(request, "/project")

    assert goal.state.inputs == {"size": 3, "ratio": 2.5, "none": None}
    assert isinstance(goal.state.inputs["size"], int)
    assert (goal.state.protect, goal.state.resource_hooks) == (True, {"OnError": ["retry"]})
    assert (goal.name, goal.aliases[0].spec.name) == ("n", "old")
    assert goal.state.source_position == "project:///infra/a.py#7"


def test_version_of_a_provider_is_among_its_inputs():
    request = Request(type="pulumi:providers:probe", name="p", custom=True, version="1.0.0")

    assert parse_registration(request, "/project").state.inputs == {"__internal": {}, "version": "1.0.0"}


@pytest.mark.parametrize(
    ("special", "name"),
    [("1b47061264138c4ac30d75fd1eb44270", "secret values"), ("c44067f5952c0a294b673a41bacd8c17", "assets")],
)
def test_special_value_is_refused_wherever_it_hides(special, name):
    with pytest.raises(Refusal, match=name):
        parse_struct(make_struct({"a": [{"b": {SIGNATURE: special, "value": 1}}]}))


def test_output_values_are_unwrapped():
    output = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
    wrapped = {"known": {SIGNATURE: output, "value": {"a": 1}}, "unknown": {SIGNATURE: output}}

    assert parse_struct(make_struct(wrapped)) == {"known": {"a": 1}, "unknown": UNKNOWN}
