"""All rules together."""

from dataclasses import fields
from datetime import date
from pathlib import Path

from ftdeploy.catalog.load import load_facts
from ftdeploy.domain.rules import RULES, check_stack
from ftdeploy.files.load import load_stack

ROOT = Path(__file__).parents[2]


def test_ids_are_unique_and_carried_by_file_and_test():
    ids = [each.id for each in RULES]

    names = [each.replace("-", "_") for each in ids]
    assert len(set(ids)) == len(ids)
    assert all((ROOT / f"ftdeploy/domain/rules/{each}.py").exists() for each in names)
    assert all((ROOT / f"tests/rules/test_{each}.py").exists() for each in names)


def test_every_rule_says_what_why_and_where_from():
    assert all(getattr(each, field.name) for each in RULES for field in fields(each))


def test_bad_size_in_a_stack_file_is_told_at_its_line(tmp_path):
    for path in [*ROOT.glob("models/**/*.yaml"), *ROOT.glob("stacks/[!P]*.yaml"), ROOT / "fleet.yaml"]:
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes().replace(b"ptu: 50", b"ptu: 40"))
    facts = load_facts(date(2026, 11, 21))
    loaded = load_stack(tmp_path, "prod-eu-swc", facts)

    (found,) = check_stack(loaded.stack, loaded.place, facts)

    assert str(found.where) == "stacks/prod-eu-swc.yaml:19 accounts.support.deployments.support-bot.ptu"
    assert found.fix == "set `ptu: 25` or `ptu: 50`"
