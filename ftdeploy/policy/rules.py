"""Domain rules as Pulumi policies: the same function, the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pulumi_policy import EnforcementLevel, ReportViolation, ResourceValidationArgs, ResourceValidationPolicy

from ftdeploy.domain.facts import Facts
from ftdeploy.domain.wishes import Rule
from ftdeploy.errors import Problem
from ftdeploy.policy.wishes import find_wish, is_deployment

_ADVISORY = "advisory"


def make_policies(
    rule: Rule, get_facts: Callable[[], Facts], *, level: EnforcementLevel
) -> list[ResourceValidationPolicy]:
    """A rule as two policies, because Pulumi knows one level a policy.

    Args:
        rule: what every deployment has to keep to, whichever program declares it.
        get_facts: the catalogue; asked for when there is a deployment to judge.
        level: what a breach does. What the rule could not check is always advisory, in a policy named `<id>-unchecked`.
    """
    return [
        ResourceValidationPolicy(
            name=rule.id,
            description=rule.title,
            validate=_make_check(rule, get_facts, is_advice=False),
            enforcement_level=level,
            url=rule.source,
        ),
        ResourceValidationPolicy(
            name=f"{rule.id}-unchecked",
            description=f"{rule.title}, as far as can be told",
            validate=_make_check(rule, get_facts, is_advice=True),
            enforcement_level=EnforcementLevel.ADVISORY,
            url=rule.source,
        ),
    ]


def render_violation(problem: Problem) -> str:
    """What Pulumi shows below the policy's name and the resource: what is wrong first, what to type last."""
    lines = [problem.problem]
    if problem.allowed:
        lines.append(f"allowed: {', '.join(problem.allowed)}")
    if problem.source:
        lines.append(f"source: {problem.source}")
    return "\n".join([*lines, f"hint: {problem.fix}"])


def _make_check(
    rule: Rule, get_facts: Callable[[], Facts], *, is_advice: bool
) -> Callable[[ResourceValidationArgs, ReportViolation], None]:
    def check(args: ResourceValidationArgs, report: ReportViolation) -> None:
        for problem in _find_problems(rule, get_facts, args):
            if (problem.level == _ADVISORY) is is_advice:
                report(render_violation(problem))

    return check


def _find_problems(rule: Rule, get_facts: Callable[[], Facts], args: ResourceValidationArgs) -> Iterator[Problem]:
    if is_deployment(args.resource_type):
        wish = find_wish(args.name, args.props)
        if wish is not None:
            yield from rule.check(wish, get_facts())
