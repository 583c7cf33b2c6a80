"""Both conditions of the 15-day rule must hold; unknown calls are no calls that were not made."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from ftdeploy.domain.idleness import CallRecord, Verdict, judge_idleness

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)
UNKNOWN = CallRecord(is_known=False)


def judge(age_days, last_call_days_ago=None, calls=None):
    last = None if last_call_days_ago is None else NOW - last_call_days_ago * DAY
    record = calls or CallRecord(is_known=True, last_call_at=last)
    return judge_idleness(created_at=NOW - age_days * DAY, calls=record, now=NOW)


@pytest.mark.parametrize(
    ("age_days", "last_call_days_ago", "verdict"),
    [
        pytest.param(16, None, Verdict.IDLE, id="old and never called"),
        pytest.param(40, 15, Verdict.IDLE, id="called exactly 15 days ago"),
        pytest.param(40, 14.9, Verdict.ACTIVE, id="called a little later"),
        pytest.param(40, 0, Verdict.ACTIVE, id="called now"),
        pytest.param(15, None, Verdict.TOO_YOUNG, id="exactly 15 days old"),
        pytest.param(15.1, None, Verdict.IDLE, id="a little older"),
        pytest.param(3, 1, Verdict.TOO_YOUNG, id="young and called"),
        pytest.param(16, 90, Verdict.IDLE, id="called before it was created"),
    ],
)
def test_verdict_needs_age_and_silence(age_days, last_call_days_ago, verdict):
    assert judge(age_days, last_call_days_ago).verdict is verdict


def test_unknown_calls_of_an_old_deployment_are_a_verdict_of_their_own():
    found = judge(40, calls=UNKNOWN)

    assert (found.verdict, found.deletable_from, found.age_days) == (Verdict.UNKNOWN, None, 40)


def test_unknown_calls_of_a_young_deployment_do_not_matter():
    found = judge(3, calls=UNKNOWN)

    assert (found.verdict, found.deletable_from) == (Verdict.TOO_YOUNG, date(2026, 12, 3))


@pytest.mark.parametrize(
    ("age_days", "last_call_days_ago", "expected"),
    [
        pytest.param(40, 2, date(2026, 12, 4), id="from the last call"),
        pytest.param(3, None, date(2026, 12, 3), id="from its creation"),
        pytest.param(20, None, date(2026, 11, 16), id="in the past"),
    ],
)
def test_deletable_from_is_15_days_after_the_last_sign_of_life(age_days, last_call_days_ago, expected):
    assert judge(age_days, last_call_days_ago).deletable_from == expected


def test_date_is_told_in_utc():
    created_at = datetime(2026, 11, 1, 1, tzinfo=timezone(timedelta(hours=9)))

    found = judge_idleness(created_at=created_at, calls=CallRecord(is_known=True), now=NOW)

    assert found.deletable_from == date(2026, 11, 15)
