"""A deployment's capacity has the one unit that its SKU counts."""

from __future__ import annotations

from collections.abc import Mapping

from ftdeploy.domain.skus import STACK_SPELLINGS
from ftdeploy.files.documents import KeyPath
from ftdeploy.files.findings import Findings

_UNITS = {"ptu": "provisioned throughput units", "kTpm": "thousands of tokens a minute"}
_WITHOUT_UNIT = ("capacity", "tpm", "ktpm")
"""Told about by the schema, in lower case."""


def check_capacity(findings: Findings, path: KeyPath, entry: Mapping[str, object]) -> None:
    """Adds what is wrong with `ptu`, `kTpm` and `apiSku` beside `sku`."""
    text = entry.get("sku")
    sku = STACK_SPELLINGS.get(text) if isinstance(text, str) else None
    written = [each for each in _UNITS if each in entry]
    if len(written) == len(_UNITS):
        unit = None if sku is None else _unit(is_provisioned=sku.is_provisioned)
        fix = f"keep `{unit}`, which {text} counts" if unit else "keep the one that the SKU counts"
        findings.add((*path, "kTpm"), "`ptu` and `kTpm` both stand here", fix=fix)
    elif sku is not None and written and written[0] != _unit(is_provisioned=sku.is_provisioned):
        _say_wrong_unit(findings, (*path, written[0]), f"{text}", _unit(is_provisioned=sku.is_provisioned))
    elif not written and not any(key.lower() in _WITHOUT_UNIT for key in entry):
        _say_missing(findings, path, None if sku is None else _unit(is_provisioned=sku.is_provisioned))
    if "apiSku" in entry and sku is not None and not sku.is_provisioned:
        fix = "remove `apiSku`: it only chooses the old name of the provisioned SKU"
        findings.add((*path, "apiSku"), f"`apiSku` stands beside `sku: {text}`", fix=fix)


def _unit(*, is_provisioned: bool) -> str:
    return "ptu" if is_provisioned else "kTpm"


def _say_wrong_unit(findings: Findings, path: KeyPath, sku: str, unit: str) -> None:
    fix = f"write `{unit}:` with a number of {_UNITS[unit]} instead of `{path[-1]}`"
    findings.add(path, f"`{path[-1]}` stands beside `sku: {sku}`, which counts {_UNITS[unit]}", fix=fix)


def _say_missing(findings: Findings, path: KeyPath, unit: str | None) -> None:
    if unit is None:
        fix = "write `ptu:` on a provisioned SKU, or `kTpm:` (thousands of tokens a minute) on another"
    else:
        fix = f"write `{unit}:` with a number of {_UNITS[unit]}"
    findings.add((*path, unit or "ptu"), "the capacity is missing, and it has no default", fix=fix)
