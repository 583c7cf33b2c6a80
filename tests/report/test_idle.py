from __future__ import annotations

from datetime import UTC, date, datetime

from rich.console import Console

from ftdeploy.domain.idleness import Idleness, Verdict
from ftdeploy.domain.observations import Sighting
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.report.idle import build_table, render_remarks, to_json

ACCOUNT = AccountId(subscription="s", resource_group="g", name="contoso")
CREATED = datetime(2026, 11, 1, 9, 30, 15, 123456, tzinfo=UTC)


def judge(verdict, deletable_from=None):
    return Idleness(verdict=verdict, age_days=20, deletable_from=deletable_from)


def see(deployment, *, is_wanted=True, **known):
    return Sighting(account=ACCOUNT, deployment=deployment, is_wanted=is_wanted, **known)


SIGHTINGS = (
    see(
        "bot",
        created_at=CREATED,
        last_call_at=datetime(2026, 11, 19, 8, tzinfo=UTC),
        idleness=judge(Verdict.ACTIVE, date(2026, 12, 4)),
    ),
    see("other", is_wanted=False, created_at=CREATED, idleness=judge(Verdict.IDLE, date(2026, 11, 16))),
    see("blind", created_at=CREATED, idleness=judge(Verdict.UNKNOWN), reason="no role"),
    see("gone", is_absent=True, reason="not in Azure"),
)


def render(sightings):
    console = Console(width=200)
    with console.capture() as captured:
        console.print(build_table(sightings))
    return [line.rstrip() for line in captured.get().splitlines()]


def test_table_has_a_row_for_each_deployment():
    assert render(SIGHTINGS) == [
        "account  deployment  created     age   last call         verdict  deletable from",
        "contoso  bot         2026-11-01  20 d  2026-11-19 08:00  active   2026-12-04",
        "contoso  other       2026-11-01  20 d  none counted      idle     2026-11-16",
        "contoso  blind       2026-11-01  20 d  not known         unknown",
        "contoso  gone                                            absent",
    ]


def test_remarks_give_reasons_and_never_foretell_a_deletion():
    assert render_remarks(SIGHTINGS) == (
        "blind: no role\n"
        "gone: not in Azure\n"
        "other: no deployment of this stack's file\n"
        "a deployment is deletable when it is older than 15 days and had no calls for 15 days; "
        "whether and when it is deleted, nobody says in advance"
    )


def test_json_says_what_is_not_known_as_null():
    found = to_json("dev", SIGHTINGS)["deployments"]

    assert found[0] == {
        "account": str(ACCOUNT),
        "deployment": "bot",
        "inStackFile": True,
        "createdAt": "2026-11-01T09:30:15+00:00",
        "ageDays": 20,
        "lastCallAt": "2026-11-19T08:00:00+00:00",
        "verdict": "active",
        "deletableFrom": "2026-12-04",
        "reason": None,
    }
    assert [found[3][key] for key in ("createdAt", "ageDays", "lastCallAt", "deletableFrom")] == [None] * 4
