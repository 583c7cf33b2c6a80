"""What a deployment's `model` refers to."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ftdeploy.domain.models import BaseModel, Model, find_base, is_fine_tuned_name
from ftdeploy.files.documents import KeyPath, quote
from ftdeploy.files.findings import Findings
from ftdeploy.files.models import Shelf
from ftdeploy.files.names import check_base, check_fine_tuned_name
from ftdeploy.files.schema.models import BaseEntry
from ftdeploy.files.spelling import find_nearest, list_if_short

_REFERENCE = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]{0,63})@(?P<id>[^@/\s]+)")


def check_model(findings: Findings, path: KeyPath, model: object, shelf: Shelf) -> None:
    """Adds what is wrong with the model that a deployment names, at `<path>.model`."""
    at = (*path, "model")
    if isinstance(model, str):
        found = _find_model(findings, at, model, shelf)
        geography = findings.document.value.get("geography")
        if found is not None and isinstance(geography, str) and found.find_origin(geography) is None:
            _say_no_origin(findings, at, found, geography)
    elif isinstance(model, dict):
        _check_inline(findings, at, model, shelf)


def find_model(reference: str, shelf: Shelf) -> Model | None:
    """The model that `<name>@<id>` names; None when it names none."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or match["id"] not in shelf.list_ids(match["name"]):
        return None
    return shelf.find(match["name"], match["id"])


def _find_model(findings: Findings, at: KeyPath, reference: str, shelf: Shelf) -> Model | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        _say_no_reference(findings, at, reference, shelf)
    elif match["name"] not in shelf.list_names():
        _say_unknown_name(findings, at, match["name"], shelf)
    elif match["id"] not in (ids := shelf.list_ids(match["name"])):
        nearest = find_nearest(match["id"], ids)
        fix = f"did you mean `{match['name']}@{nearest}`?" if nearest else f"write an id of `models/{match['name']}`"
        problem = f"there is no model `{quote(reference)}`"
        findings.add(at, problem, fix=fix, allowed=list_if_short(f"{match['name']}@{each}" for each in ids))
    else:
        return shelf.find(match["name"], match["id"])
    return None


def _say_no_reference(findings: Findings, at: KeyPath, text: str, shelf: Shelf) -> None:
    known = [f"{name}@{each}" for name in shelf.list_names() for each in shelf.list_ids(name)]
    if is_fine_tuned_name(text):
        fix = f"write `model: {{name: {text}, account: /subscriptions/…}}`, or `<name>@<id>` of a model in `models/`"
    elif "@" not in text and (ids := shelf.list_ids(text)):
        fix = f"add its id, as in `model: {text}@{ids[0]}`"
    else:
        fix = "write `model: <name>@<id>` of a model in `models/`"
    findings.add(at, f"`{quote(text)}` does not name a model by `<name>@<id>`", fix=fix, allowed=list_if_short(known))


def _say_unknown_name(findings: Findings, at: KeyPath, name: str, shelf: Shelf) -> None:
    known = shelf.list_names()
    nearest = find_nearest(name, known)
    ids = shelf.list_ids(nearest) if nearest else ()
    fix = f"did you mean `{nearest}@{ids[-1]}`?" if ids else f"add `models/{name}`, or write the name of another model"
    findings.add(at, f"there is no model named `{quote(name)}`", fix=fix, allowed=list_if_short(known))


def _say_no_origin(findings: Findings, at: KeyPath, model: Model, geography: str) -> None:
    folder = f"models/{model.name}/{model.id}/origins"
    findings.add(
        at,
        f"`{model.reference}` has no origin for geography {geography}",
        fix=f"say where its weights are in `{folder}/{geography}.<first 12 hex digits of its SHA-256>.yaml`",
        allowed=tuple(each.geography for each in model.origins),
    )


def _check_inline(findings: Findings, at: KeyPath, model: Mapping[str, object], shelf: Shelf) -> None:
    name, base = model.get("name"), _read_base(model.get("base"))
    if base is not None:
        check_base(findings, (*at, "base"), base, shelf.facts)
    if not isinstance(name, str):
        return
    said = None if base is None else BaseModel(name=base.name, version=base.version)
    check_fine_tuned_name(findings, (*at, "name"), name, said)
    told = find_base(name)
    if told is not None and base is None and told.name not in shelf.facts.base_models:
        findings.add_unknown((*at, "name"), kind="base model", value=told.name, allowed=shelf.facts.base_models)
    elif told is None and "base" not in model and is_fine_tuned_name(name):
        fix = 'write what was fine-tuned, as in `base: {name: gpt-4o-mini, version: "2024-07-18"}`'
        findings.add((*at, "base"), f"`base` is missing, and `{quote(name)}` does not tell it", fix=fix)


def _read_base(value: object) -> BaseEntry | None:
    if not isinstance(value, dict):
        return None
    name, version = value.get("name"), value.get("version")
    is_whole = isinstance(name, str) and isinstance(version, str)
    return BaseEntry.model_construct(name=name, version=version) if is_whole else None
