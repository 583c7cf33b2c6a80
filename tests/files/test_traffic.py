"""Traffic files: read, or refused with line and what to write."""

from __future__ import annotations

import pytest

from ftdeploy.errors import InputError
from ftdeploy.files.traffic import read_traffic

HEAD = "time,requests,prompt_tokens,completion_tokens,cached_tokens\n"
ROW = "2026-11-02T08:00:00Z,10,100,20,5\n"


@pytest.fixture
def read(tmp_path):
    def write(text):
        path = tmp_path / "traffic.csv"
        path.write_text(text, encoding="utf-8")
        return read_traffic(path)

    return write


def test_rows_are_minutes(read):
    [first, second] = read(HEAD + ROW + ROW.replace("08:00", "08:01"))

    assert (first.requests, first.prompt_tokens, first.completion_tokens, first.cached_tokens) == (10, 100, 20, 5)
    assert (second.at - first.at).total_seconds() == 60


def test_cached_tokens_may_be_left_out(read):
    [minute] = read("\ufefftime,requests,prompt_tokens,completion_tokens\n2026-11-02 08:00,1,2,3\n")

    assert minute.cached_tokens == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", "columns are missing", id="empty"),
        pytest.param("time,requests\n", "`prompt_tokens`", id="columns"),
        pytest.param(HEAD, "there are no rows", id="no rows"),
        pytest.param(HEAD + ROW.replace("10,", "ten,"), ":2\nerror: `requests` is `ten`", id="no number"),
        pytest.param(HEAD + ROW.replace("10,", "-1,"), "`requests` is `-1`", id="negative"),
        pytest.param(HEAD + ROW.replace("2026", "x"), "is no time", id="no time"),
        pytest.param(HEAD + ROW.replace(",5", ",500"), "more than `prompt_tokens`", id="more cached than asked"),
        pytest.param(HEAD + "2026-11-02T08:00:00Z,1\n", "`prompt_tokens` is", id="short row"),
        pytest.param(HEAD + ROW + ROW, "less than a minute apart", id="minute twice"),
        pytest.param(HEAD + ROW + ROW.replace("08:00", "08:05"), "5 minutes apart", id="five minutes"),
        pytest.param(HEAD + ROW + ROW.replace("00Z", "00"), "some have none", id="time zones"),
    ],
)
def test_bad_files_are_refused(read, text, words):
    with pytest.raises(InputError) as refused:
        read(text)

    assert words in str(refused.value)


def test_problems_of_many_rows_come_together_up_to_a_limit(read):
    with pytest.raises(InputError) as refused:
        read(HEAD + "x,y,z,w,v\n" * 1_000)

    assert len(refused.value.problems) == 20
