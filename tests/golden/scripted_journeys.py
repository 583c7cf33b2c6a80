"""What the engine itself must do as the Pulumi CLI does it, step by step; one order holds in every program."""

from __future__ import annotations

import json

from tests.golden.scripted import Step

CHAIN = """
a = Thing("a", size=1)
b = Thing("b", ResourceOptions(depends_on=[a]), label=a.handle)
c = Thing("c", ResourceOptions(depends_on=[a, b]), label=b.handle)
export("handle", c.handle)
"""
PROTECTED = 'a = Thing("a", ResourceOptions(protect=True))\nThing("b", ResourceOptions(depends_on=[a]))'
ALIASED = """
Thing("new", ResourceOptions(aliases=[Alias(name="old")]), size=1)
"""
BUSY = """
async def retry_twice(refusal):
    return len(refusal.errors) < 3 and "busy" in refusal.errors[0]


hook = ErrorHook("retry", retry_twice)
hooked = ResourceOptions(hooks=ResourceHookBinding(on_error=[hook]))
a = Thing("a", hooked)
b = Thing("b", ResourceOptions.merge(hooked, ResourceOptions(depends_on=[a])))
"""
PATHS = 'a = Thing("a", path="{path}")\nb = Thing("b", path=a.handle)\nThing("c", label=b.handle)'
BY_PROVIDER = 'p = Provider("p", tenant="t", region="{region}")\nThing("a", ResourceOptions(provider=p))'
TRIGGERED = 'Thing("a", ResourceOptions(replacement_trigger="{trigger}", delete_before_replace=True), size=1)'

FOUND = 'a = Thing("a", ResourceOptions(import_="/things/a"), size={size})\nThing("b", ResourceOptions(depends_on=[a]))'
TARGETS = """
cut = ResourceOptions(delete_before_replace=True)
a = Thing("a", cut, size={size})
b = Thing("b", ResourceOptions.merge(cut, ResourceOptions(depends_on=[a])), size={size})
"""
THIRD = 'Thing("c", ResourceOptions(depends_on=[b]), size=1)'
GONE = {"gone": True}
OTHER = '\nother = Thing("other")\nThing("d", ResourceOptions(depends_on=[other]))'
A, B, C, OTHERS = (f"urn:pulumi:dev::demo::probe:index:Thing::{name}" for name in ("a", "b", "c", "d"))

SHARED = "urn:pulumi:dev::demo::pulumi:providers:probe::shared"
IMPORTED = json.dumps(
    {
        "nameTable": {"shared": SHARED, "box": "urn:pulumi:dev::demo::demo:index:Box::box"},
        "resources": [
            {"type": "probe:index:Thing", "name": "in", "id": "/things/in", "parent": "box", "provider": "shared"},
            {"type": "probe:index:Thing", "name": "a", "id": "/things/a", "provider": "shared", "version": "1.0.0"},
        ],
    }
)
MANAGED = """
box = Box("box")
a = Thing("a", ResourceOptions(protect=True), size=7)
Thing("in", ResourceOptions(parent=box, protect=True, depends_on=[a]), size=7)
"""
SIZES = 'a = Thing("a", size=5, label="odd")\nThing("b", ResourceOptions(depends_on=[a]), size=8)'
PACK = {
    "rules/PulumiPolicy.yaml": "runtime: python\n",
    "rules/__main__.py": """
from pulumi_policy import EnforcementLevel, PolicyConfigSchema, PolicyPack, ResourceValidationPolicy


def check_size(args, report):
    if args.props.get("size", 0) > args.get_config()["largest"]:
        report("too large")


def check_label(args, report):
    if args.props.get("label") == "odd":
        report("odd label")


schema = PolicyConfigSchema(properties={"largest": {"type": "number", "default": 6}})
small = ResourceValidationPolicy("small", "Small.", check_size, config_schema=schema)
labels = ResourceValidationPolicy("labels", "Labels.", check_label, enforcement_level=EnforcementLevel.ADVISORY)
PolicyPack("rules", enforcement_level=EnforcementLevel.MANDATORY, policies=[small, labels])
""",
}
GIVEN = ("--policy-pack", "{path}/rules", "--policy-pack-config", "{path}/given.json")

JOURNEYS: dict[str, tuple[Step, ...]] = {
    "chain": (
        Step(operation="preview", program=CHAIN),
        Step(operation="up"),
        Step(operation="up", program=CHAIN.replace("size=1", "size=2")),
        Step(operation="destroy"),
    ),
    "protect": (
        Step(operation="up", program=PROTECTED),
        Step(operation="destroy"),
        Step(operation="up", program=""),
        Step(operation="up", program=PROTECTED.replace("True", "False")),
        Step(operation="destroy"),
    ),
    "alias": (
        Step(operation="up", program='Thing("old", size=1)'),
        Step(operation="up", program=ALIASED),
    ),
    "hooks": (
        Step(operation="up", program=BUSY, script={"create:a": [{"error": "busy"}], "create:b": [{"error": "no"}]}),
        Step(operation="up", script={"create:b": [{"error": "busy"}, {"error": "busy"}, {"error": "busy"}]}),
        Step(operation="up"),
        Step(operation="destroy", script={"delete:a": [{"error": "busy"}]}),
    ),
    "partial": (
        Step(operation="up", program='Thing("a", size=1)', script={"create:a": [{"partial": ["not ready"]}]}),
        Step(operation="up", script={"update:a": [{"partial": ["still not ready", "nor that"]}]}),
        Step(operation="up"),
        Step(operation="up"),
    ),
    "replace": (
        Step(operation="up", program=PATHS.format(path="p")),
        Step(operation="preview", program=PATHS.format(path="q")),
        Step(operation="up"),
    ),
    "trigger": (
        Step(operation="up", program=TRIGGERED.format(trigger="one")),
        Step(operation="up", program=TRIGGERED.format(trigger="two")),
        Step(operation="up", program='Thing("a", size=1)'),
    ),
    "provider": (
        Step(operation="up", program=BY_PROVIDER.format(region="r1")),
        Step(operation="up", program=BY_PROVIDER.format(region="r2")),
        Step(operation="up", program=BY_PROVIDER.format(region="r2").replace('"p", ', '"other", ')),
    ),
    "refresh": (
        Step(operation="up", program=CHAIN),
        Step(operation="refresh", script={"read:b": [{"gone": True}], "read:a": [{"inputs": {"size": 9}}]}),
        Step(operation="up"),
    ),
    "import": (
        Step(operation="up", program=FOUND.format(size=7)),
        Step(operation="up"),
        Step(operation="up", program='a = Thing("a", size=7)\nThing("b", ResourceOptions(depends_on=[a]))'),
        Step(operation="destroy"),
        Step(operation="up", program=FOUND.format(size=8)),
        Step(
            operation="up", program='Thing("none", ResourceOptions(import_="/none"))', script={"read:none": [GONE] * 2}
        ),
    ),
    "targets": (
        Step(operation="up", program=TARGETS.format(size=1)),
        Step(operation="up", program=TARGETS.format(size=2) + THIRD, words=("--target", B)),
        Step(operation="up", words=("--target-replace", A)),
        Step(operation="up", program=TARGETS.format(size=2) + THIRD + OTHER, words=("--target", OTHERS)),
        Step(operation="up", program=TARGETS.format(size=2), words=("--target", A)),
        Step(operation="preview", words=("--target", C.replace("::c", "::none"))),
        Step(operation="up"),
    ),
    "import-file": (
        Step(operation="up", program='Box("box")\nget_shared_provider()'),
        Step(operation="import", files={"found.json": IMPORTED}, words=("--file", "{path}/found.json")),
        Step(operation="import", words=("--file", "{path}/found.json")),
        Step(operation="up", program=MANAGED),
        Step(operation="up", program=MANAGED.replace("True", "False")),
        Step(operation="destroy"),
    ),
    "policy": (
        Step(operation="preview", program=SIZES, files=PACK, words=GIVEN[:2]),
        Step(operation="up", words=GIVEN[:2]),
        Step(operation="up", files={"given.json": '{"all": "advisory"}'}, words=GIVEN),
        Step(operation="up", files={"given.json": '{"small": {"largest": 9}, "labels": "disabled"}'}, words=GIVEN),
        Step(operation="up", files={"given.json": '{"all": "disabled", "labels": "mandatory"}'}, words=GIVEN),
    ),
}
