"""Rules applied to what is wanted, with the levels, limits and waivers of a fleet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from ftdeploy.domain.facts import Facts
from ftdeploy.domain.fleet import Fleet
from ftdeploy.domain.rule import Level, Rule
from ftdeploy.domain.settings import Setting, Waiver
from ftdeploy.domain.terms import GUARDED, OPEN, Limits, Terms
from ftdeploy.domain.wishes import AccountWish, DeploymentWish, FleetWish, Scope, StackWish, Wish
from ftdeploy.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What holds for whom: facts, and what a fleet says."""

    facts: Facts
    guarded_stages: frozenset[str] | None = None
    """Stages that others come before; None where there is no fleet, and every stage is guarded."""
    settings: Sequence[Setting] = ()
    """Of several that match, the last one wins."""
    waivers: Sequence[Waiver] = ()
    are_dates_binding: bool = True
    """Whether what only the passing of days breaks stops; an update of an untouched stack must not stop at night."""

    def find_terms(self, scope: Scope) -> Terms:
        """What a stack is judged by."""
        said: dict[str, Any] = {}
        for each in self.settings:
            if each.is_for(scope):
                said |= each.limits
        return Terms(facts=self.facts, limits=replace(self._find_defaults(scope.stage), **said))

    def find_levels(self, scope: Scope) -> dict[str, Level]:
        """The levels that a fleet sets for a stack, by rule."""
        return {rule: level for each in self.settings if each.is_for(scope) for rule, level in each.levels.items()}

    def _find_defaults(self, stage: str) -> Limits:
        return GUARDED if self.guarded_stages is None or not stage or stage in self.guarded_stages else OPEN


def open_book(facts: Facts, fleet: Fleet | None, *, are_dates_binding: bool) -> Book:
    """Facts and fleet as one; without a fleet, the limits of guarded stages hold."""
    if fleet is None:
        return Book(facts=facts, are_dates_binding=are_dates_binding)
    return Book(
        facts=facts,
        guarded_stages=fleet.guarded_stages,
        settings=fleet.rules,
        waivers=fleet.waivers,
        are_dates_binding=are_dates_binding,
    )


@dataclass(slots=True)
class Judge:
    """Applies rules, and keeps which waivers were of use."""

    book: Book
    rules: Sequence[Rule[Any]]
    used: set[Waiver] = field(default_factory=set)
    _rulings: dict[Scope, _Ruling] = field(default_factory=dict)

    def judge(self, wishes: Iterable[Wish]) -> Iterator[Problem]:
        """What the rules for exactly these things find; what lies in them is not looked at."""
        for wish in wishes:
            if isinstance(wish, FleetWish):
                yield from self._judge_fleet(wish)
            else:
                yield from self._judge_one(wish)

    def _judge_one(self, wish: DeploymentWish | AccountWish | StackWish) -> Iterator[Problem]:
        ruling = self._find_ruling(wish.scope)
        for rule in ruling.rules.get(type(wish), ()):
            for problem in rule.check(wish, ruling.terms):
                yield from self._tell(rule, problem, wish.resource, ruling.levels)

    def _judge_fleet(self, wish: FleetWish) -> Iterator[Problem]:
        ruling = self._find_ruling(Scope())
        for rule in ruling.rules.get(FleetWish, ()):
            for problem in rule.check(wish, ruling.terms):
                yield from self._tell(rule, problem, problem.resource, ruling.levels)

    def _tell(self, rule: Rule[Any], problem: Problem, resource: str, levels: Mapping[str, Level]) -> Iterator[Problem]:
        level = levels.get(rule.id, rule.level)
        if level is Level.OFF:
            return
        is_softened = problem.level == Level.ADVISORY or (rule.is_dated and not self.book.are_dates_binding)
        for waiver in self.book.waivers:
            if waiver.covers(rule.id, resource):
                self.used.add(waiver)
                if self.book.facts.as_of <= waiver.expires:
                    return
                is_softened = is_softened or not self.book.are_dates_binding
        yield replace(
            problem,
            rule=rule.id,
            resource=resource,
            source=problem.source or rule.source,
            level=(Level.ADVISORY if is_softened else level).value,
        )

    def _find_ruling(self, scope: Scope) -> _Ruling:
        found = self._rulings.get(scope)
        if found is None:
            levels = self.book.find_levels(scope)
            asked = [each for each in self.rules if levels.get(each.id, each.level) is not Level.OFF]
            found = _Ruling(terms=self.book.find_terms(scope), levels=levels, asked=asked)
            self._rulings[scope] = found
        return found


@dataclass(frozen=True, kw_only=True)
class _Ruling:
    """What holds for one stack."""

    terms: Terms
    levels: Mapping[str, Level]
    asked: Sequence[Rule[Any]]

    @cached_property
    def rules(self) -> dict[type, list[Rule[Any]]]:
        """By what they judge."""
        found: dict[type, list[Rule[Any]]] = {}
        for each in self.asked:
            found.setdefault(each.judges, []).append(each)
        return found


def list_parts(stack: StackWish) -> Iterator[DeploymentWish | AccountWish | StackWish]:
    """A stack and everything in it, in file order."""
    yield stack
    for account in stack.accounts:
        yield account
        yield from account.deployments


def check_waivers(waivers: Iterable[Waiver], used: Iterable[Waiver], today: date) -> Iterator[Problem]:
    """What is wrong with the waivers themselves, once everything that they could be for was judged."""
    of_use = set(used)
    for each in waivers:
        if today > each.expires:
            yield Problem(
                problem=f"the waiver of `{each.rule}` for {each.resource} expired on {each.expires}",
                where=each.where,
                fix=f"mend {each.resource} and remove the waiver, or ask {each.owner} for another date",
                rule="waiver-expired",
                resource=each.resource,
            )
        elif each not in of_use:
            yield Problem(
                problem=f"the waiver of `{each.rule}` for {each.resource} is of no use: nothing there breaks the rule",
                where=each.where,
                fix="remove the waiver, or correct its `rule` or `resource`",
                rule="waiver-idle",
                resource=each.resource,
                level=Level.ADVISORY.value,
            )
