"""Domain rules as Pulumi policies: the same function, the same words.

A policy has one level in Pulumi, and a finding has the one that fleet and facts give it. So each rule is a mandatory
policy that reports what stops, and what is only advice comes from two policies for all rules together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)

from ftdeploy.domain.judging import Book, Judge, list_parts
from ftdeploy.domain.rule import Level, Rule
from ftdeploy.domain.wishes import AccountWish, DeploymentWish, FleetWish, StackWish, Wish
from ftdeploy.errors import Problem
from ftdeploy.policy.limits import describe_limits, read_limits
from ftdeploy.policy.properties import Properties
from ftdeploy.policy.whole import find_stack
from ftdeploy.policy.wishes import find_account, find_deployment, is_account, is_deployment

ADVICE = "advice"
STACK_ADVICE = "stack-advice"
_URN = "urn:"

AnyRule = Rule[Any]
GetBook = Callable[[], Book]
"""Facts and fleet; asked for when there is something to judge."""
Surround = Callable[[StackWish], FleetWish]
"""The other stacks of the fleet, around the one that is judged."""


def make_policies(rules: Sequence[AnyRule], get_book: GetBook, surround: Surround) -> list[Policy]:
    """Every rule as a policy of its own, then what is only advice.

    Args:
        rules: in the order in which Pulumi asks.
        get_book: what holds for whom, whichever program declares it.
        surround: for rules that compare stacks.
    """
    local = tuple(each for each in rules if each.is_local)
    whole = tuple(each for each in rules if not each.is_local)
    asker = _Asker(get_book, surround)
    return [
        *(asker.make_local(each) for each in local),
        *(asker.make_whole(each) for each in whole),
        asker.make_local_advice(local),
        asker.make_whole_advice(whole),
    ]


def render_violation(problem: Problem) -> str:
    """What Pulumi shows below the policy's name and the resource: what is wrong first, what to type last."""
    lines = [problem.problem]
    if problem.allowed:
        lines.append(f"allowed: {', '.join(problem.allowed)}")
    if problem.source:
        lines.append(f"source: {problem.source}")
    return "\n".join([*lines, f"hint: {problem.fix}"])


def render_advice(problem: Problem) -> str:
    """A violation with the rule's id, which the policy's name does not tell."""
    return render_violation(replace(problem, problem=f"{problem.problem} ({problem.rule})"))


class _Asker:
    """Asks rules about what Pulumi hands over."""

    def __init__(self, get_book: GetBook, surround: Surround) -> None:
        self._get_book = get_book
        self._surround = surround
        self._last: tuple[Properties | None, Wish | None] = (None, None)

    def make_local(self, rule: AnyRule) -> Policy:
        """A rule that one resource's properties are enough for."""

        def check(args: ResourceValidationArgs, report: ReportViolation) -> None:
            for problem in self._judge_resource((rule,), args):
                if problem.level != Level.ADVISORY:
                    report(render_violation(problem))

        return ResourceValidationPolicy(
            name=rule.id,
            description=rule.title,
            validate=check,
            enforcement_level=EnforcementLevel.MANDATORY,
            config_schema=_describe_config([rule]),
            url=rule.source,
        )

    def make_whole(self, rule: AnyRule) -> Policy:
        """A rule that needs more than one resource."""

        def check(args: StackValidationArgs, report: ReportViolation) -> None:
            for problem in self._judge_stack((rule,), args):
                if problem.level != Level.ADVISORY:
                    report(render_violation(problem), problem.where.name or None)

        return StackValidationPolicy(
            name=rule.id,
            description=rule.title,
            validate=check,
            enforcement_level=EnforcementLevel.MANDATORY,
            config_schema=_describe_config([rule]),
            url=rule.source,
        )

    def make_local_advice(self, rules: Sequence[AnyRule]) -> Policy:
        """What all rules for single resources only advise."""

        def check(args: ResourceValidationArgs, report: ReportViolation) -> None:
            for problem in self._judge_resource(rules, args):
                if problem.level == Level.ADVISORY:
                    report(render_advice(problem))

        return ResourceValidationPolicy(
            name=ADVICE,
            description="What rules for single resources only advise, or could not check.",
            validate=check,
            enforcement_level=EnforcementLevel.ADVISORY,
            config_schema=_describe_config(rules),
        )

    def make_whole_advice(self, rules: Sequence[AnyRule]) -> Policy:
        """What all rules for whole stacks only advise."""

        def check(args: StackValidationArgs, report: ReportViolation) -> None:
            for problem in self._judge_stack(rules, args):
                if problem.level == Level.ADVISORY:
                    report(render_advice(problem), problem.where.name or None)

        return StackValidationPolicy(
            name=STACK_ADVICE,
            description="What rules for whole stacks only advise, or could not check.",
            validate=check,
            enforcement_level=EnforcementLevel.ADVISORY,
            config_schema=_describe_config(rules),
        )

    def _judge_resource(self, rules: Sequence[AnyRule], args: ResourceValidationArgs) -> Iterator[Problem]:
        wish = self._find_wish(args)
        if wish is not None:
            yield from self._open_judge(rules, args.get_config()).judge([wish])

    def _find_wish(self, args: ResourceValidationArgs) -> DeploymentWish | AccountWish | None:
        """The SDK asks every policy about one resource before the next; it is read once."""
        known, wish = self._last
        if known is args.props:
            return wish  # type: ignore[return-value]
        found: DeploymentWish | AccountWish | None = None
        if is_deployment(args.resource_type):
            found = find_deployment(args.urn, args.props)
        elif is_account(args.resource_type):
            found = find_account(args.urn, args.props)
        self._last = (args.props, found)
        return found

    def _judge_stack(self, rules: Sequence[AnyRule], args: StackValidationArgs) -> Iterator[Problem]:
        stack = find_stack(args.resources, self._get_book().facts)
        if not stack.accounts:
            return
        judge = self._open_judge(rules, args.get_config())
        yield from judge.judge(list_parts(stack))
        among_others = judge.judge([self._surround(stack)])
        yield from (each for each in among_others if each.where.name.startswith(_URN))

    def _open_judge(self, rules: Sequence[AnyRule], config: Properties) -> Judge:
        """What a policy's own configuration says of limits goes before what the fleet says."""
        book, said = self._get_book(), read_limits(config)
        return Judge(book=replace(book, settings=(*book.settings, said)) if said else book, rules=rules)


def _describe_config(rules: Sequence[AnyRule]) -> PolicyConfigSchema | None:
    limits = dict.fromkeys(limit for rule in rules for limit in rule.limits)
    return PolicyConfigSchema(properties=describe_limits(limits)) if limits else None
