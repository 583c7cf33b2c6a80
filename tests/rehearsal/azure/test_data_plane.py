"""What the data plane answers to calls that it does not know."""

from __future__ import annotations

import pytest

from tests.rehearsal.azure.dataplane import ask_dated, ask_plane
from tests.rehearsal.azure.pretend import Pretend, get_code


@pytest.mark.parametrize(
    ("verb", "path"), [("GET", "/nonsense"), ("POST", "/fine_tuning/jobs/ftjob-1/events"), ("PUT", "/files")]
)
def test_unknown_address_or_verb_is_not_found(pretend: Pretend, verb: str, path: str) -> None:
    found = [ask_plane(pretend, verb, path), ask_dated(pretend, verb, path)]

    assert [(each.status_code, get_code(each)) for each in found] == [(404, "404")] * 2


def test_what_is_left_out_says_so(pretend: Pretend) -> None:
    response = ask_plane(pretend, "POST", "/embeddings", {})

    assert (response.status_code, get_code(response)) == (501, "NotEmulated")
