"""`fleet.yaml`: the stages, their order, and what holds for many stacks."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from ftdeploy.domain.fleet import Default, Fleet, find_cycle
from ftdeploy.domain.stacks import Change
from ftdeploy.domain.versions import is_allowed, parse_requirement
from ftdeploy.errors import InputError
from ftdeploy.files.documents import quote, read_bytes
from ftdeploy.files.findings import Findings
from ftdeploy.files.parse import parse_bytes
from ftdeploy.files.refusals import validate
from ftdeploy.files.schema.fleet import DefaultEntry, FleetFile

FILE = "fleet.yaml"


def read_fleet(root: Path, stacks: tuple[str, ...]) -> Fleet:
    """What `fleet.yaml` says; its defaults may name these stacks.

    Raises:
        InputError: it is not right, or asks for another version of ftdeploy; all problems at once.
    """
    findings = Findings(parse_bytes(read_bytes(root / FILE, FILE), FILE))
    entry = validate(findings, FleetFile)
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
    for index, default in enumerate(entry.defaults):
        path, match = ("defaults", index, "match"), default.match
        if match.stage is not None and match.stage not in entry.stages:
            findings.add_unknown((*path, "stage"), kind="stage", value=match.stage, allowed=entry.stages)
        if match.stack is not None and match.stack not in stacks:
            findings.add_unknown((*path, "stack"), kind="stack", value=match.stack, allowed=stacks)


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
    )
