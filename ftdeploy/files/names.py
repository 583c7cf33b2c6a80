"""What names of base models, fine-tuned models and model files have to be."""

from __future__ import annotations

import hashlib
from datetime import date

from ftdeploy.domain.facts import Facts
from ftdeploy.domain.models import BaseModel, find_base, is_fine_tuned_name
from ftdeploy.files.documents import KeyPath, quote
from ftdeploy.files.findings import Findings
from ftdeploy.files.schema.models import BaseEntry

_ID_DIGITS = 12


def digest_bytes(data: bytes) -> str:
    """What names model folders and origin files: the first 12 hex digits of SHA-256."""
    return hashlib.sha256(data).hexdigest()[:_ID_DIGITS]


def find_date(text: str) -> date | None:
    """The day that a text such as `2026-11-21` names; None when it is no date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def check_date(findings: Findings, path: KeyPath, text: str) -> None:
    """Adds that a text is no date."""
    if find_date(text) is None:
        fix = f'write it as in `{path[-1]}: "2027-01-31"`'
        findings.add(path, f"`{quote(text)}` is not a date", fix=fix)


def check_base(findings: Findings, path: KeyPath, base: BaseEntry, facts: Facts) -> None:
    """Adds what is wrong with a base model's name and version."""
    if base.name not in facts.base_models:
        findings.add_unknown((*path, "name"), kind="base model", value=base.name, allowed=facts.base_models)
    if find_date(base.version) is None:
        problem = f"the version `{quote(base.version)}` is not a date"
        findings.add((*path, "version"), problem, fix='write it as in `version: "2024-07-18"`')


def check_fine_tuned_name(findings: Findings, path: KeyPath, name: str, base: BaseModel | None) -> None:
    """Adds what is wrong with a fine-tuned model's name, alone and beside what is said to be its base."""
    told = find_base(name)
    if not is_fine_tuned_name(name):
        findings.add(
            path,
            f"`{quote(name)}` is not the name of a fine-tuned model",
            fix="copy it from the fine-tuning job: `<base>-<version>.ft-<32 hex digits>` or `ftchkpt-<32 hex digits>`",
        )
    elif told is not None and base is not None and told != base:
        findings.add(
            path,
            f"the name tells the base {told}, and `base` says {base}",
            fix=f"write the name of a model that was made from {base}, or correct `base`",
        )
