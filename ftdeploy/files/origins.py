"""The origins of one model: where its weights are for each geography, one current file for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ftdeploy.domain.models import BaseModel, Origin
from ftdeploy.domain.resource_ids import get_account_id
from ftdeploy.errors import InputError, Place, Problem
from ftdeploy.files.documents import quote, read_bytes
from ftdeploy.files.findings import Findings
from ftdeploy.files.names import check_fine_tuned_name, digest_bytes
from ftdeploy.files.parse import parse_bytes
from ftdeploy.files.refusals import validate
from ftdeploy.files.schema.models import OriginFile

_NAME = re.compile(r"(?P<geography>[a-z][a-z0-9-]{0,31})(?:\.(?P<digest>[^.]*))?\.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """One origin file, read."""

    name: str
    geography: str
    digest: str
    entry: OriginFile


def load_origins(root: Path, folder: str, base: BaseModel | None) -> tuple[tuple[Origin, ...], list[Problem]]:
    """The current origin of every geography, and all problems of the files in `models/<name>/<id>/origins`.

    Args:
        root: the repository.
        folder: the origins' folder, from the root.
        base: what the model was made from, which the fine-tuned model's name must not contradict.
    """
    files: list[_File] = []
    problems: list[Problem] = []
    place = root / folder
    for path in sorted(place.iterdir()) if place.is_dir() else ():
        try:
            files.append(_load_file(path, f"{folder}/{path.name}", base))
        except InputError as error:
            problems.extend(error.problems)
    if not problems:
        problems.extend(_check_currency(files))
    current = [each for each in files if not _is_superseded(each, files)]
    return tuple(_to_origin(each) for each in sorted(current, key=lambda each: each.geography)), problems


def _load_file(path: Path, name: str, base: BaseModel | None) -> _File:
    match = _NAME.fullmatch(path.name)
    if match is None:
        fix = "name it `<geography>.<digest>.yaml`, or move it elsewhere"
        raise InputError((Problem(problem="this is not an origin file", where=Place(name=name), fix=fix),))
    data = read_bytes(path, name)
    digest = digest_bytes(data)
    findings = Findings(parse_bytes(data, name))
    entry = validate(findings, OriginFile)
    if digest != match["digest"]:
        findings.add(
            (),
            f"the file's digest is {digest}, and its name says {quote(match['digest'] or 'none')}",
            fix=f"name it `{match['geography']}.{digest}.yaml` when it is new; otherwise `git checkout -- {name}`",
        )
    if entry is not None:
        check_fine_tuned_name(findings, ("name",), entry.name, base)
    if findings.problems or entry is None:
        raise InputError(tuple(findings.problems))
    return _File(name=name, geography=match["geography"], digest=digest, entry=entry)


def _check_currency(files: list[_File]) -> Iterator[Problem]:
    for each in files:
        others = [other.digest for other in files if other.geography == each.geography and other is not each]
        if each.entry.supersedes is not None and each.entry.supersedes not in others:
            yield Problem(
                problem=f"there is no origin `{each.entry.supersedes}` for geography {each.geography}",
                where=Place(name=each.name, key="supersedes"),
                fix="write the digest in the other file's name",
                allowed=tuple(others),
            )
    for geography in sorted({each.geography for each in files}):
        current = [each for each in files if each.geography == geography and not _is_superseded(each, files)]
        if len(current) > 1:
            yield _say_ambiguous(geography, current)


def _say_ambiguous(geography: str, current: list[_File]) -> Problem:
    names = ", ".join(f"`{each.name.rpartition('/')[2]}`" for each in current)
    newer = current[-1].name
    return Problem(
        problem=f"{len(current)} origins are current for geography {geography}: {names}",
        where=Place(name=newer),
        fix=f"write `supersedes: {current[0].digest}` into `{newer.rpartition('/')[2]}`, and name it by its new digest",
    )


def _is_superseded(file: _File, files: list[_File]) -> bool:
    return any(each.geography == file.geography and each.entry.supersedes == file.digest for each in files)


def _to_origin(file: _File) -> Origin:
    account = get_account_id(file.entry.account)
    return Origin(
        geography=file.geography,
        account=account,
        name=file.entry.name,
        tenant=file.entry.tenant,
        region=file.entry.region or "",
    )
