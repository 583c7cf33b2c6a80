"""Policy packs: asked about every resource, in preview and update, and about the whole stack."""

from __future__ import annotations

import pytest

PACK = """
from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy, StackValidationPolicy


def check_size(args, report):
    if args.resource_type == "probe:index:Thing" and args.props.get("size", 0) > 3:
        report(f"{args.name} has size {args.props['size']:g}")


def check_label(args, report):
    if args.props.get("label") == "odd":
        report("odd label")


def check_stack(args, report):
    if any(each.props.get("handle") == "handle-b-0" for each in args.resources):
        report("b has a handle")


PolicyPack(
    "rules",
    enforcement_level=EnforcementLevel.MANDATORY,
    policies=[
        ResourceValidationPolicy("size", "Sizes are small.", check_size),
        ResourceValidationPolicy("label", "Labels.", check_label, enforcement_level=EnforcementLevel.ADVISORY),
        StackValidationPolicy("whole", "No handles.", check_stack),
    ],
)
"""


def run_with_pack(stack, operation, program):
    pack = stack.path / "rules"
    pack.mkdir(exist_ok=True)
    (pack / "PulumiPolicy.yaml").write_text("runtime: python\n", encoding="utf-8")
    (pack / "__main__.py").write_text(PACK, encoding="utf-8")
    return stack.run(operation, program, "--policy-pack", str(pack))


def list_violations(told) -> list[tuple[str, str, str]]:
    found = [each["policyEvent"] for each in told.events if "policyEvent" in each]
    return [(each["policyName"], each["enforcementLevel"], each["resourceUrn"].rsplit("::", 1)[-1]) for each in found]


@pytest.fixture(scope="module")
def advised(stack):
    return run_with_pack(stack, "up", "a = Thing('a', size=1, label='odd')\nThing('c', label=a.handle)")


@pytest.fixture(scope="module")
def refused(stack, advised):
    return run_with_pack(stack, "up", "Thing('a', size=7, label='odd')\nThing('d', size=8)")


def test_advice_is_told_in_preview_and_update_and_stops_nothing(advised):
    assert (advised.code, advised.stderr) == (0, "")
    assert list_violations(advised).count(("label", "advisory", "a")) == 2
    assert advised.named("create") == ["a", "c"]


def test_policy_that_reads_an_unknown_value_says_so_in_the_preview(advised):
    events = [each["policyEvent"] for each in advised.events if "policyEvent" in each]

    assert any("can't run policy" in each["message"] and each["resourceUrn"].endswith("::c") for each in events)


def test_pack_is_named_in_the_summary(advised):
    summaries = [each["summaryEvent"] for each in advised.events if "summaryEvent" in each]

    assert [list(each["PolicyPacks"]) for each in summaries] == [["rules"], ["rules"]]


def test_mandatory_violation_ends_everything_after_the_preview_with_all_violations(refused):
    found = list_violations(refused)

    assert refused.code == 1
    assert {("size", "mandatory", "a"), ("size", "mandatory", "d")} <= set(found)
    assert "error: a: [size] Sizes are small.\na has size 7" in refused.stderr
    assert refused.named("create", "update", "delete") == []
    assert refused.steps() == []


def test_violation_of_the_whole_stack_is_found_in_its_outputs(own_stack):
    told = run_with_pack(own_stack, "up", "Thing('b')")

    assert told.code == 1
    assert ("whole", "mandatory", "demo-dev") in list_violations(told)
    assert told.named("create") == ["b"]


def test_pack_that_breaks_is_told(own_stack):
    (own_stack.path / "rules").mkdir()
    (own_stack.path / "rules/__main__.py").write_text("raise ValueError('broken pack')", encoding="utf-8")
    told = own_stack.run("preview", "", "--policy-pack", str(own_stack.path / "rules"))

    assert told.code == 1
    assert "broken pack" in told.stderr
