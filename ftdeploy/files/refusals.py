"""A schema's refusals as problems that say what to type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ftdeploy.files.documents import Document, KeyPath, quote
from ftdeploy.files.findings import Findings
from ftdeploy.files.schema.describe import describe_field, find_schema, list_keys
from ftdeploy.files.schema.fields import PATTERN_WORDS, Schema
from ftdeploy.files.schema.stack import INLINE, NAMED
from ftdeploy.files.spelling import find_nearest, list_if_short

_S = TypeVar("_S", bound=Schema)

# Keys of other tools, and of Azure itself, and what they are called here.
_OTHER_NAMES = {"location": "region", "group": "resourceGroup", "resourceGroupName": "resourceGroup"}
_NO_DEFAULT = {"capacity", "ptu", "kTpm", "tpm", "sku", "apiSku", "region", "access", "network", "publicNetworkAccess"}
_TYPE_WORDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "`true` or `false`",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "list_type": "a list",
}


def validate(findings: Findings, schema: type[_S]) -> _S | None:
    """The document as its schema has it; None, with problems added, when it does not fit."""
    try:
        return schema.model_validate(findings.document.value)
    except ValidationError as error:
        refusals = error.errors(include_url=False)
    meant: set[KeyPath] = set()
    for found in sorted(refusals, key=lambda each: each["type"] != "extra_forbidden"):
        path = tuple(step for step in found["loc"] if step not in (NAMED, INLINE, "[key]"))
        if found["type"] == "extra_forbidden":
            meant.add(_explain_extra(findings, schema, path, found))
        elif found["input"] is not None and path not in meant:  # what has no value is told already
            _EXPLAIN.get(found["type"], _explain_type)(findings, schema, path, found)
    return None


def _explain_missing(findings: Findings, schema: type[Schema], path: KeyPath, found: ErrorDetails) -> None:
    key = str(path[-1])
    parent = find_schema(schema, path[:-1])
    example, allowed = describe_field(parent, key) if parent else (None, ())
    if allowed:
        fix = f"write `{key}:` with one of the allowed values"
    elif example is not None:
        fix = f"write `{key}`, such as `{key}: {example}`"
    else:
        fix = f"write `{key}:` below `{path[-2]}`" if len(path) > 1 else f"write `{key}:`"
    findings.add(path, f"`{key}` is missing", fix=fix, allowed=allowed)


def _explain_extra(findings: Findings, schema: type[Schema], path: KeyPath, found: ErrorDetails) -> KeyPath:
    """Tells what to write instead, and returns the path of the key that was meant."""
    key = str(path[-1])
    parent = find_schema(schema, path[:-1])
    known = [] if parent is None else list_keys(parent)
    if path[0] == "defaults" and key in _NO_DEFAULT:
        fix = f"remove it, and write `{key}` in every stack: what costs money or opens a door is said there"
        findings.add(path, f"a fleet default cannot set `{key}`", fix=fix, allowed=known)
        return path
    if "kTpm" in known and key.lower() in ("capacity", "tpm", "ktpm"):
        fix = _say_unit(findings.document, path, found["input"])
        findings.add(path, f"`{key}` is not a unit of capacity here", fix=fix)
        return path
    nearest = _OTHER_NAMES.get(key) if _OTHER_NAMES.get(key) in known else find_nearest(key, known)
    fix = f"did you mean `{nearest}`?" if nearest else f"remove `{key}`"
    findings.add(path, f"there is no key `{quote(key)}` here", fix=fix, allowed=list_if_short(known))
    return (*path[:-1], nearest or key)


def _say_unit(document: Document, path: KeyPath, value: object) -> str:
    """What to type instead of a capacity without unit: by SKU, and with the number where it can be told."""
    sku = _get_sibling(document, path, "sku")
    number = value if isinstance(value, int) and value > 0 else None
    if str(path[-1]).lower() == "tpm" and number is not None:
        return f"write `kTpm: {max(1, number // 1000)}`: thousands of tokens a minute"
    shown = "…" if number is None else number
    if isinstance(sku, str) and sku:
        return f"write `ptu: {shown}`" if sku.lower().startswith("provisioned") else f"write `kTpm: {shown}`"
    return f"write `ptu: {shown}` on a provisioned SKU, or `kTpm: {shown}` (thousands of tokens a minute) on another"


def _get_sibling(document: Document, path: KeyPath, key: str) -> object:
    value: Any = document.value
    for step in path[:-1]:
        value = value[step]
    return value.get(key)


def _explain_literal(findings: Findings, schema: type[Schema], path: KeyPath, found: ErrorDetails) -> None:
    key = str(path[-1])
    parent = find_schema(schema, path[:-1])
    allowed = describe_field(parent, key)[1] if parent else ()
    value = found["input"]
    nearest = find_nearest(value, allowed) if isinstance(value, str) else None
    fix = f"did you mean `{nearest}`? Write `{key}: {nearest}`" if nearest else f"write `{key}:` with an allowed value"
    findings.add(path, f"`{key}` cannot be {_tick(value)}", fix=fix, allowed=allowed)


def _explain_pattern(findings: Findings, schema: type[Schema], path: KeyPath, found: ErrorDetails) -> None:
    pattern = found["ctx"]["pattern"]
    words = PATTERN_WORDS[pattern]
    findings.add(path, f"{_tick(found['input'])} is not {words.split(':')[0].split(', such')[0]}", fix=f"write {words}")


def _explain_bound(findings: Findings, schema: type[Schema], path: KeyPath, found: ErrorDetails) -> None:
    findings.add(
        path, f"`{path[-1]}` cannot be {_tick(found['input'])}", fix=f"write `{path[-1]}: {found['ctx']['ge']}` or more"
    )


def _explain_empty(findings: Findings, schema: type[Schema], path: KeyPath, found: ErrorDetails) -> None:
    findings.add(path, f"`{path[-1]}` is empty", fix="write a value, or remove the key")


def _explain_type(findings: Findings, schema: type[Schema], path: KeyPath, found: ErrorDetails) -> None:
    wanted = _TYPE_WORDS.get(found["type"], "such a value")
    value, key = found["input"], path[-1] if path else ""
    if found["type"] == "string_type" and isinstance(value, int | float | bool):
        fix = f'put it in quotes: `{key}: "{str(value).lower()}"`'
    elif found["type"] == "int_type" and (digits := _find_digits(value)):
        fix = f"write the number alone: `{key}: {digits}`"
    else:
        fix = f"write {wanted} after `{key}:`"
    findings.add(path, f"{_tick(value)} is not {wanted}", fix=fix)


_EXPLAIN: dict[str, Callable[[Findings, type[Schema], KeyPath, ErrorDetails], None]] = {
    "missing": _explain_missing,
    "literal_error": _explain_literal,
    "string_pattern_mismatch": _explain_pattern,
    "greater_than_equal": _explain_bound,
    "string_too_short": _explain_empty,
}


def _tick(value: object) -> str:
    return f"`{quote(value)}`"


def _find_digits(value: object) -> str:
    """The number in a text such as `10k`; empty when it is no such text."""
    return "".join(each for each in value if each in "0123456789") if isinstance(value, str) else ""
