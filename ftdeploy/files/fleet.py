"""`fleet.yaml`: the stages, their order, and what holds for many stacks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

from ftdeploy.domain.fleet import Default, Fleet, find_cycle
from ftdeploy.domain.rule import Level
from ftdeploy.domain.rules import RULES
from ftdeploy.domain.settings import Setting, Waiver
from ftdeploy.domain.stacks import Change, WhenIdle
from ftdeploy.domain.terms import DataStays
from ftdeploy.domain.versions import is_allowed, parse_requirement
from ftdeploy.errors import InputError, Place
from ftdeploy.files.documents import Document, quote, read_bytes
from ftdeploy.files.findings import Findings
from ftdeploy.files.names import check_date
from ftdeploy.files.parse import parse_bytes
from ftdeploy.files.refusals import validate
from ftdeploy.files.schema.fleet import DefaultEntry, FleetFile, RulesEntry, WaiverEntry

FILE = "fleet.yaml"


def read_fleet(root: Path, stacks: tuple[str, ...]) -> Fleet:
    """What `fleet.yaml` says; its defaults may name these stacks.

    Raises:
        InputError: it is not right, or asks for another version of ftdeploy; all problems at once.
    """
    findings = Findings(parse_bytes(read_bytes(root / FILE, FILE), FILE))
    entry = validate(findings, FleetFile)
    _check_rules(findings)
    if entry is not None:
        _check_requirement(findings, entry.requires, version("ftdeploy"))
        _check_stages(findings, entry)
        _check_matches(findings, entry, stacks)
    if findings.problems or entry is None:
        raise InputError(tuple(findings.problems))
    return Fleet(
        requires=entry.requires,
        stages={name: tuple(each.after) for name, each in entry.stages.items()},
        defaults=tuple(_to_default(each) for each in entry.defaults),
        rules=tuple(_to_setting(each) for each in entry.rules),
        waivers=tuple(
            _to_waiver(each, findings.document.place(("waivers", index))) for index, each in enumerate(entry.waivers)
        ),
    )


def _check_requirement(findings: Findings, requires: str, here: str) -> None:
    clauses = parse_requirement(requires)
    if clauses is None:
        problem = f"`{quote(requires)}` is not a requirement that can be read"
        findings.add(("requires",), problem, fix="write it as in `requires: ftdeploy>=0.1,<1`")
    elif not is_allowed(here, clauses):
        fix = f'run `pip install "{requires}"`, or change `requires`'
        findings.add(("requires",), f"these files ask for {requires}, and this is ftdeploy {here}", fix=fix)


def _check_stages(findings: Findings, entry: FleetFile) -> None:
    for name, stage in entry.stages.items():
        for index, before in enumerate(stage.after):
            if before not in entry.stages:
                at = ("stages", name, "after", index)
                findings.add_unknown(at, kind="stage", value=before, allowed=entry.stages)
    cycle = find_cycle({name: tuple(each.after) for name, each in entry.stages.items()})
    if cycle:
        problem = f"stages wait for each other: {' after '.join(cycle)}"
        findings.add(("stages", cycle[0], "after"), problem, fix="remove one of them from its `after`")


def _check_matches(findings: Findings, entry: FleetFile, stacks: tuple[str, ...]) -> None:
    matches = [(("defaults", index, "match"), each.match) for index, each in enumerate(entry.defaults)]
    matches += [(("rules", index, "match"), each.match) for index, each in enumerate(entry.rules)]
    for path, match in matches:
        if match.stage is not None and match.stage not in entry.stages:
            findings.add_unknown((*path, "stage"), kind="stage", value=match.stage, allowed=entry.stages)
        if match.stack is not None and match.stack not in stacks:
            findings.add_unknown((*path, "stack"), kind="stack", value=match.stack, allowed=stacks)


def _check_rules(findings: Findings) -> None:
    """Read from plain values, so that these problems are told together with a schema's."""
    known = [each.id for each in RULES]
    for index, setting in _list_entries(findings.document, "rules"):
        levels = setting.get("levels")
        for rule in levels if isinstance(levels, dict) else ():
            if rule not in known:
                findings.add_unknown(("rules", index, "levels", rule), kind="rule", value=rule, allowed=known)
    for index, waiver in _list_entries(findings.document, "waivers"):
        rule, expires = waiver.get("rule"), waiver.get("expires")
        if isinstance(rule, str) and rule not in known:
            findings.add_unknown(("waivers", index, "rule"), kind="rule", value=rule, allowed=known)
        if isinstance(expires, str):
            check_date(findings, ("waivers", index, "expires"), expires)


def _list_entries(document: Document, key: str) -> Iterator[tuple[int, dict[str, object]]]:
    entries = document.value.get(key)
    listed = enumerate(entries) if isinstance(entries, list) else ()
    return ((index, each) for index, each in listed if isinstance(each, dict))


def _to_setting(entry: RulesEntry) -> Setting:
    said = entry.limits.model_dump(exclude_none=True)
    lists = {key: tuple(value) for key, value in said.items() if isinstance(value, list)}
    stays = {"data_stays": DataStays(said["data_stays"])} if "data_stays" in said else {}
    return Setting(
        stage=entry.match.stage,
        geography=entry.match.geography,
        stack=entry.match.stack,
        levels={rule: Level(level) for rule, level in entry.levels.items()},
        limits=said | lists | stays,
    )


def _to_waiver(entry: WaiverEntry, where: Place) -> Waiver:
    return Waiver(
        where=where,
        rule=entry.rule,
        resource=entry.resource,
        reason=entry.reason,
        owner=entry.owner,
        expires=date.fromisoformat(entry.expires),
    )


def _to_default(entry: DefaultEntry) -> Default:
    match, said = entry.match, entry.set
    return Default(
        stage=match.stage,
        geography=match.geography,
        stack=match.stack,
        owner=said.owner,
        protect=said.protect,
        content_filter=said.content_filter,
        change=None if said.change is None else Change(said.change),
        when_idle=None if said.when_idle is None else WhenIdle(said.when_idle),
    )
