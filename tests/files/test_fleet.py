"""`fleet.yaml`: stages in order, the library's version, and defaults that never cost money or open a door."""

import pytest

from ftdeploy.domain.fleet import Default
from ftdeploy.domain.rule import Level
from ftdeploy.domain.terms import DataStays
from ftdeploy.errors import InputError
from ftdeploy.files.load import list_stack_names, load_fleet

STAGES = "stages: {dev: {}, prod: {after: [dev]}}\n"
REQUIRES = "requires: ftdeploy>=0.1,<1\n"


@pytest.mark.parametrize(
    ("text", "line", "key", "words"),
    [
        pytest.param(STAGES, 1, "requires", "`requires` is missing", id="no requirement"),
        pytest.param("requires: ftdeploy>=9\n" + STAGES, 1, "requires", "ask for ftdeploy>=9", id="newer library"),
        pytest.param("requires: ftdeploy~=0.1\n" + STAGES, 1, "requires", "cannot|can be read", id="unread form"),
        pytest.param("requires: other>=0.1\n" + STAGES, 1, "requires", "can be read", id="another library"),
        pytest.param(
            REQUIRES + "stages:\n  prod: {after: [dve]}\n  dev: {}\n",
            3,
            "stages.prod.after[0]",
            "`dev`",
            id="unknown stage",
        ),
        pytest.param(
            REQUIRES + "stages: {a: {after: [b]}, b: {after: [a]}}\n",
            2,
            "stages.a.after",
            "a after b after a",
            id="cycle",
        ),
        pytest.param(REQUIRES + "stages: {a: {after: [a]}}\n", 2, "stages.a.after", "a after a", id="waits for itself"),
        pytest.param(
            REQUIRES + "stages: {dev: {before: [x]}}\n", 2, "stages.dev.before", "no key `before`", id="unknown key"
        ),
        pytest.param(
            REQUIRES + STAGES + "defaults: [{match: {stage: prd}, set: {}}]\n",
            3,
            "defaults[0].match.stage",
            "`prod`",
            id="match of an unknown stage",
        ),
        pytest.param(
            REQUIRES + STAGES + "defaults: [{match: {stack: dve}, set: {}}]\n",
            3,
            "defaults[0].match.stack",
            "`dev`",
            id="match of an unknown stack",
        ),
        pytest.param(
            REQUIRES + STAGES + "defaults: [{match: {}, set: {protekt: true}}]\n",
            3,
            "defaults[0].set.protekt",
            "`protect`",
            id="misspelt default",
        ),
    ],
)
def test_bad_fleet_is_told_with_line_and_key(repository, text, line, key, words):
    repository.write("fleet.yaml", text)

    found = [each for each in repository.find_problems() if each.where.name == "fleet.yaml"]

    assert (found[0].where.line, found[0].where.key) == (line, key)
    assert any(part in str(found[0]) for part in words.split("|"))


@pytest.mark.parametrize("key", ["capacity", "ptu", "kTpm", "sku", "apiSku", "region", "access", "network"])
def test_default_that_costs_money_or_opens_a_door_is_refused_by_name(repository, key):
    repository.write("fleet.yaml", f"{REQUIRES}{STAGES}defaults:\n  - match: {{}}\n    set: {{{key}: 1}}\n")

    (found,) = repository.find_problems()

    assert found.problem == f"a fleet default cannot set `{key}`"
    assert found.where.line == 5
    assert "in every stack" in found.fix


def test_missing_fleet_is_told(repository):
    (repository.root / "fleet.yaml").unlink()

    with pytest.raises(InputError, match=r"no file `fleet\.yaml`"):
        load_fleet(repository.root)


def test_last_matching_default_wins_and_the_stack_wins_over_it(repository):
    defaults = """\
defaults:
  - {match: {}, set: {protect: true, contentFilter: first, change: beside}}
  - {match: {stage: dev}, set: {contentFilter: second}}
  - {match: {stage: prod}, set: {contentFilter: third}}
  - {match: {geography: eu}, set: {protect: false}}
"""
    repository.write("fleet.yaml", REQUIRES + STAGES + defaults)
    repository.write_stack("kTpm: 10", "kTpm: 10\n        change: inPlace")

    (account,) = repository.load().stack.accounts

    assert account.protect is False
    assert account.deployments[0].content_filter == "second"
    assert account.deployments[0].change == "inPlace"


def test_owner_comes_from_a_default_where_the_stack_names_none(repository):
    repository.write("fleet.yaml", f"{REQUIRES}{STAGES}defaults: [{{match: {{stack: dev}}, set: {{owner: a@b}}}}]\n")
    repository.write_stack("owner: support@contoso.example\n")

    assert repository.load().stack.owner == "a@b"


def test_fleet_is_a_record(repository):
    fleet = load_fleet(repository.root)

    assert fleet.stages == {"dev": (), "prod": ("dev",)}
    assert Default(stage="dev").is_for(stack="x", stage="dev", geography="eu")
    assert not Default(stage="dev").is_for(stack="x", stage="prod", geography="eu")


def test_stacks_are_listed_without_pulumis_files(repository):
    repository.write("stacks/Pulumi.dev.yaml", "")
    repository.write("stacks/.hidden.yaml", "")
    repository.write("stacks/notes.md", "")

    assert list_stack_names(repository.root) == ("dev",)


RULES = """\
rules:
  - match: {stage: dev}
    levels: {ptu-near-load: off, ptu-reservd: off}
    limits: {retirementNoticeDays: -1, dataStays: europe}
waivers:
  - {rule: ptu-near-lod, resource: a/b, reason: r, owner: o, expires: "2027-13-01"}
"""


def test_problems_of_rules_limits_and_waivers_come_together(repository):
    repository.write("fleet.yaml", REQUIRES + STAGES + RULES)

    found = {each.where.key: each.fix for each in repository.find_problems() if each.where.name == "fleet.yaml"}

    assert found == {
        "rules[0].levels.ptu-reservd": "did you mean `ptu-reserved`? Write `ptu-reserved`",
        "rules[0].limits.retirementNoticeDays": "write `retirementNoticeDays: 0` or more",
        "rules[0].limits.dataStays": "write `dataStays:` with an allowed value",
        "waivers[0].rule": "did you mean `ptu-near-load`? Write `rule: ptu-near-load`",
        "waivers[0].expires": 'write it as in `expires: "2027-01-31"`',
    }


def test_rules_and_waivers_are_records(repository):
    limits = "{dataStays: region, requireTags: [team], ptuQuota: {swedencentral: 50}}"
    repository.write(
        "fleet.yaml",
        f"{REQUIRES}{STAGES}rules:\n  - {{match: {{stage: prod}}, levels: {{keys-off: advisory}}, limits: {limits}}}\n"
        'waivers:\n  - {rule: keys-off, resource: a, reason: r, owner: o, expires: "2027-01-31"}\n',
    )

    fleet = repository.load().fleet

    [setting], [waiver] = fleet.rules, fleet.waivers
    assert (setting.stage, setting.levels) == ("prod", {"keys-off": Level.ADVISORY})
    assert setting.limits == {
        "data_stays": DataStays.REGION,
        "require_tags": ("team",),
        "ptu_quota": {"swedencentral": 50},
    }
    assert (waiver.rule, waiver.resource, str(waiver.expires), waiver.where.line) == ("keys-off", "a", "2027-01-31", 6)
    assert fleet.guarded_stages == {"prod"}
