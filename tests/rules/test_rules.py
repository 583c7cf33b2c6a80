"""All rules together: what each says of itself, and levels, limits, dates and waivers around them."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from ftdeploy.domain.judging import Book, Judge, check_waivers
from ftdeploy.domain.rule import Level, Rule, Sample
from ftdeploy.domain.rules import RULES
from ftdeploy.domain.settings import Setting, Waiver
from ftdeploy.domain.terms import Limits
from ftdeploy.errors import Place, Problem
from ftdeploy.report.rules import render_rules
from tests.facts import FACTS
from tests.rules.conftest import SCOPE, WISH

FOLDER = Path(__file__).parents[2] / "ftdeploy/domain/rules"
SOLD = "ptu-at-legal-size"
VANISHING = replace(WISH, sku_text="DeveloperTier")
ILLEGAL = replace(WISH, capacity=40)
WAIVER = Waiver(
    where=Place(name="fleet.yaml", line=9),
    rule=SOLD,
    resource="Contoso-Support-Dev/support-bot",
    reason="r",
    owner="o",
    expires=FACTS.as_of,
)


def judge(*wishes, **book) -> tuple[list[Problem], Judge]:
    made = Judge(book=Book(facts=FACTS, **book), rules=RULES)
    return list(made.judge(wishes)), made


def find(rule, problems):
    return [each for each in problems if each.rule == rule]


def test_every_rule_has_a_file_and_an_id_of_its_own():
    ids = [each.id for each in RULES]
    files = {each.stem for each in FOLDER.glob("*.py")} - {"__init__"}

    assert len(set(ids)) == len(ids)
    assert {each.replace("-", "_") for each in ids} - files == {"deployment_tags_set", "account_tags_set"}
    assert files - {each.replace("-", "_") for each in ids} == {"tags_set"}


def test_every_rule_says_what_why_and_where_from():
    texts = ("id", "title", "why", "source")

    assert all(getattr(each, text) for each in RULES for text in texts)
    assert all("\n" not in each.title and each.source.startswith("https://") for each in RULES)
    assert {limit for each in RULES for limit in each.limits} == {each.name for each in fields(Limits)}


@pytest.mark.parametrize(("stage", "count"), [("prod", 1), ("dev", 0), ("", 1)])
def test_stages_that_others_come_before_are_guarded(stage, count):
    wish = replace(VANISHING, scope=replace(SCOPE, stage=stage))

    problems, _ = judge(wish, guarded_stages=frozenset({"prod"}))

    assert len(find("developer-tier-where-it-may-vanish", problems)) == count


def test_without_a_fleet_every_stage_is_guarded():
    problems, _ = judge(VANISHING)

    assert find("developer-tier-where-it-may-vanish", problems)


def test_last_setting_that_matches_wins():
    settings = (
        Setting(limits={"allow_developer_tier": False}),
        Setting(stage="dev", limits={"allow_developer_tier": True}),
        Setting(stage="prod", limits={"allow_developer_tier": False}),
    )

    assert find("developer-tier-where-it-may-vanish", judge(VANISHING, settings=settings)[0]) == []


@pytest.mark.parametrize(
    ("level", "expected"), [(Level.MANDATORY, ["mandatory"]), (Level.ADVISORY, ["advisory"]), (Level.OFF, [])]
)
def test_fleet_sets_the_level(level, expected):
    problems, _ = judge(ILLEGAL, settings=(Setting(stage="dev", levels={SOLD: level}),))

    assert [each.level for each in find(SOLD, problems)] == expected


def test_what_could_not_be_checked_stays_advice():
    problems, _ = judge(replace(WISH, base=None), settings=(Setting(levels={SOLD: Level.MANDATORY}),))

    assert [each.level for each in find(SOLD, problems)] == ["advisory"]


@pytest.mark.parametrize(("is_binding", "level"), [(True, "mandatory"), (False, "advisory")])
def test_what_days_break_does_not_stop_an_update(is_binding, level):
    def complain(wish, terms):
        yield Problem(problem="p", where=wish.place("model"), fix="f")

    dated = Rule(
        id="dated",
        title="t",
        why="w",
        source="s",
        judges=type(WISH),
        check=complain,
        is_dated=True,
        good=Sample(),
        bad=Sample(),
    )
    made = Judge(book=Book(facts=FACTS, are_dates_binding=is_binding), rules=[dated])

    assert [each.level for each in made.judge([WISH])] == [level]


def test_waiver_silences_its_rule_and_resource_in_any_letter_case():
    problems, made = judge(ILLEGAL, replace(ILLEGAL, name="other-bot"), waivers=(WAIVER,))

    assert [each.resource for each in find(SOLD, problems)] == ["contoso-support-dev/other-bot"]
    assert made.used == {WAIVER}


def test_waiver_holds_where_the_account_is_not_known_yet():
    problems, _ = judge(replace(ILLEGAL, account=None), waivers=(WAIVER,))

    assert find(SOLD, problems) == []


@pytest.mark.parametrize(("is_binding", "level"), [(True, "mandatory"), (False, "advisory")])
def test_expired_waiver_stops_a_check_and_warns_in_an_update(is_binding, level):
    expired = replace(WAIVER, expires=date(2026, 11, 25))

    problems, _ = judge(ILLEGAL, waivers=(expired,), are_dates_binding=is_binding)

    assert [each.level for each in find(SOLD, problems)] == [level]


def test_expired_and_idle_waivers_are_findings():
    expired = replace(WAIVER, expires=date(2026, 11, 25))
    idle = replace(WAIVER, resource="contoso-support-dev/gone")

    found = list(check_waivers([WAIVER, expired, idle], used=[WAIVER, expired], today=FACTS.as_of))

    assert [(each.rule, each.level) for each in found] == [
        ("waiver-expired", "mandatory"),
        ("waiver-idle", "advisory"),
    ]
    assert all(str(each.where) == "fleet.yaml:9" for each in found)


def test_page_of_rules_is_fresh():
    page = Path(__file__).parents[2] / "docs/reference/rules.md"

    assert page.read_text(encoding="utf-8") == render_rules(RULES), "run `make schemas`"
