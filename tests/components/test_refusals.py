"""Which refusals are worth another try, and when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdeploy.components.refusals import GRANT_PATIENCE_SECONDS, PATIENCE_SECONDS, Refusal, find_code, find_wait

BUSY = 'Status=409 Code="RequestConflict" Message="Another operation is being performed on the parent resource"'
THROTTLED = 'Status=429 Code="TooManyRequests" Message="Too many requests."'
FORBIDDEN = 'Status=403 Code="AuthorizationFailed" Message="The client does not have authorization"'
LINKED = 'Status=403 Code="LinkedAuthorizationFailed" Message="The client has no permission on the linked scope"'
PUT = "PUT https://management.azure.com/\n-----\nRESPONSE 409: 409 Conflict\nERROR CODE: RequestConflict\n-----"
UNCHECKED = 'cannot check existence of resource \'/x\': status code 429, {"error":{"code":"TooManyRequests"}}'


def refuse(text: str, *, tries: int = 1, elapsed: float = 0, is_grant_new: bool = False) -> Refusal:
    return Refusal(text=text, tries=tries, elapsed_seconds=elapsed, is_grant_new=is_grant_new)


@pytest.mark.parametrize("text", [BUSY, THROTTLED, PUT, UNCHECKED], ids=["busy", "throttled", "verbose", "unchecked"])
def test_refusal_of_the_write_itself_is_tried_again(text):
    assert find_wait(refuse(text), spread=0) == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"1 error occurred:\n\t* {BUSY}\n", id="accepted, then failed"),
        pytest.param(f"creating urn:x: \n2 errors occurred:\n\t* {BUSY}\n", id="accepted, and wrapped"),
        pytest.param('Status=400 Code="InsufficientQuota" Message="RequestConflict 429"', id="quota"),
        pytest.param('Status=409 Code="FlagMustBeSetForRestore" Message="x"', id="another conflict"),
        pytest.param("cannot create already existing resource '/x'", id="there already"),
        pytest.param(FORBIDDEN, id="forbidden, and no grant of ours"),
        pytest.param(LINKED, id="source forbidden, and no grant of ours"),
        pytest.param("", id="nothing said"),
    ],
)
def test_everything_else_is_not(text):
    assert find_wait(refuse(text), spread=0) is None


@pytest.mark.parametrize("text", [FORBIDDEN, LINKED], ids=["account", "source"])
def test_a_new_grant_is_waited_for_ten_minutes(text):
    assert find_wait(refuse(text, is_grant_new=True), spread=0) == 1
    assert find_wait(refuse(text, elapsed=GRANT_PATIENCE_SECONDS, is_grant_new=True), spread=0) is None


def test_patience_outlasts_half_an_hour_and_ends():
    assert find_wait(refuse(BUSY, tries=40, elapsed=30 * 60), spread=0) == 60
    assert find_wait(refuse(BUSY, tries=40, elapsed=PATIENCE_SECONDS), spread=0) is None


def test_back_off_doubles_up_to_a_minute():
    waits = [find_wait(refuse(BUSY, tries=tries), spread=0) for tries in (1, 2, 3, 6, 7, 99)]

    assert waits == [1, 2, 4, 32, 60, 60]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("Retry-After: 17", 17, id="header"),
        pytest.param('"Retry-After":"17"', 17, id="JSON"),
        pytest.param("Please retry after 17 seconds.", 17, id="sentence"),
        pytest.param("Please try again after '17' seconds.", 17, id="quoted"),
        pytest.param("retry-after-ms: 17000", 1, id="another header"),
        pytest.param("Please retry after 2 minutes", 120, id="minutes"),
        pytest.param("Please retry after 2500 milliseconds", 2.5, id="milliseconds"),
        pytest.param("Retry-After: 0", 1, id="at once"),
    ],
)
def test_azures_own_wait_is_honoured(said, expected):
    assert find_wait(refuse(f"{THROTTLED} {said}"), spread=0) == expected


def test_a_wait_beyond_our_patience_is_not_begun():
    assert find_wait(refuse(f"{THROTTLED} Retry-After: 7200"), spread=0) is None


def test_engine_never_runs_out_of_tries_before_we_do():
    """Pulumi asks a hook at most 100 times."""
    elapsed, tries = 0.0, 1
    while (wait := find_wait(refuse(BUSY, tries=tries, elapsed=elapsed), spread=0)) is not None:
        elapsed, tries = elapsed + wait, tries + 1

    assert tries < 100
    assert elapsed > 30 * 60


def test_code_is_found_where_the_text_has_one():
    assert [find_code(text) for text in (BUSY, PUT, "nothing")] == ["RequestConflict", "RequestConflict", ""]


@given(
    st.text() | st.from_regex(r"(Status=\d{3} )?(Code=\"\w*\")?.{0,20}(retry.after\W*\d*)?"),
    st.integers(1, 200),
    st.floats(0, 1),
)
def test_no_text_makes_it_fail(text, tries, spread):
    wait = find_wait(refuse(text, tries=tries, is_grant_new=True), spread=spread)

    assert wait is None or 1 <= wait <= PATIENCE_SECONDS
