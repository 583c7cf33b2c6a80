"""A thousand deployments, 800 of them at 37 PTU: every one is found, with both legal neighbours."""

from datetime import date

from ftdeploy.workflows.check import check_files
from tests.rules.many import list_sizes, write_repository


def test_every_illegal_size_of_a_thousand_is_found(tmp_path):
    checked = check_files(write_repository(tmp_path, 1_000), (), today=date(2026, 11, 26))

    found = [each for each in checked.problems if each.rule == "ptu-at-legal-size"]
    assert checked.deployment_count == 1_000
    assert len(found) == list_sizes(1_000).count(37) == 800
    assert len({str(each.where) for each in found}) == 800
    assert all("`ptu: 25` (" in each.fix and "`ptu: 50` (" in each.fix for each in found)
