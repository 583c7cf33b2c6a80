"""What the engine itself must do as the Pulumi CLI does it, step by step; one order holds in every program."""

from __future__ import annotations

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
}
