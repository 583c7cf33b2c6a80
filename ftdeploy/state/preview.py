"""What `pulumi preview --json` prints, as records: what an update would take away.

Both forms are read: one document with `steps`, and one engine event a line, which Pulumi prints when
`PULUMI_ENABLE_STREAMING_JSON_PREVIEW` is set.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ftdeploy.domain.guard import Loss, LostAccount, LostDeployment, LostGroup
from ftdeploy.domain.tags import STAGE
from ftdeploy.errors import InputError, refuse

_DELETING = frozenset({"delete", "delete-replaced", "discard", "discard-replaced"})
_REPLACING = frozenset({"replace", "create-replacement", "import-replacement", "read-replacement"})
_NAMES = {"Deployment": "cognitiveservices", "Account": "cognitiveservices", "ResourceGroup": "resources"}
_FIX = "run `pulumi preview --json > preview.json`, and hand that file on whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an update would do, as far as it takes something away."""

    stack: str
    """Empty where the preview names no resource."""
    losses: tuple[Loss, ...]
    errors: tuple[str, ...]
    """Why the preview failed; what it shows is not everything then."""


def parse_preview(text: str, name: str) -> Preview:
    """The records of a preview.

    Args:
        text: what Pulumi printed.
        name: of the file, for refusals.

    Raises:
        InputError: it is nothing that Pulumi prints.
    """
    steps, diagnostics = _read_document(text, name)
    by_urn: dict[str, list[Mapping[str, Any]]] = {}
    for step in steps:
        by_urn.setdefault(str(step.get("urn", "")), []).append(step)
    losses = [_find_loss(urn, found) for urn, found in by_urn.items()]
    first = next((urn for urn in by_urn if urn), "")
    return Preview(
        stack=first.split("::")[0].removeprefix("urn:pulumi:"),
        losses=tuple(each for each in losses if each is not None),
        errors=tuple(str(each.get("message", "")).strip() for each in diagnostics if each.get("severity") == "error"),
    )


Maps = list[Mapping[str, Any]]


def _read_document(text: str, name: str) -> tuple[Maps, Maps]:
    begin = text.find("{")
    if begin < 0:
        raise refuse("this is no preview: it holds no JSON", where=name, fix=_FIX)
    try:
        document = json.loads(text[begin:])
    except json.JSONDecodeError:
        return _read_events(text[begin:], name)
    if isinstance(document, dict) and not {"steps", "changeSummary"} & document.keys():
        return _read_events(text[begin:], name)
    if not isinstance(document, dict) or not isinstance(document.get("steps", []), list):
        raise _refuse_shape(name)
    return _keep_maps(document.get("steps", [])), _keep_maps(document.get("diagnostics") or [])


def _read_events(text: str, name: str) -> tuple[Maps, Maps]:
    steps: Maps = []
    diagnostics: Maps = []
    is_whole = False
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            event = json.loads(line) if line.strip() else {}
        except json.JSONDecodeError as error:
            raise refuse(f"line {number} is no JSON: the preview is cut off", where=name, fix=_FIX) from error
        if not isinstance(event, dict):
            raise _refuse_shape(name)
        if "resourcePreEvent" in event:
            told = _get_map(_get_map(event, "resourcePreEvent"), "metadata")
            if not told:
                raise _refuse_shape(name)
            steps.append({"op": told.get("op"), "urn": told.get("urn"), "oldState": told.get("old")})
        elif "diagnosticEvent" in event:
            diagnostics.append(event["diagnosticEvent"])
        is_whole = is_whole or "summaryEvent" in event
    if not is_whole:
        raise refuse("this is no preview, or it is cut off: its summary is missing", where=name, fix=_FIX)
    return steps, diagnostics


def _refuse_shape(name: str) -> InputError:
    return refuse("this JSON is nothing that `pulumi preview --json` prints", where=name, fix=_FIX)


def _keep_maps(values: list[Any]) -> Maps:
    return [each for each in values if isinstance(each, dict)]


def _find_loss(urn: str, steps: Maps) -> Loss | None:
    """What is lost of one resource; a replacement is several steps."""
    ops = {str(each.get("op", "")) for each in steps}
    if not ops & (_DELETING | _REPLACING):
        return None
    olds: Maps = [each["oldState"] for each in steps if isinstance(each.get("oldState"), dict)]
    old = olds[0] if olds else {}
    kind = urn.split("::")[2].rpartition("$")[2] if urn.count("::") > 1 else ""
    module, _, name = kind.partition(":")[2].partition(":")
    if not kind.startswith("azure-native") or _NAMES.get(name) != module.partition("/")[0]:
        return None
    told = {"urn": urn, "is_replaced": bool(ops & _REPLACING), "is_protected": bool(old.get("protect"))}
    return next(_describe(name, told, _get_map(old, "inputs")), None)


def _describe(kind: str, told: dict[str, Any], inputs: Mapping[str, Any]) -> Iterator[Loss]:
    if kind == "Deployment":
        yield LostDeployment(
            account=str(inputs.get("accountName", "")),
            name=str(inputs.get("deploymentName", "")),
            sku_text=str(_get_map(inputs, "sku").get("name", "")),
            stage=str(_get_map(inputs, "tags").get(STAGE, "")),
            **told,
        )
    elif kind == "Account":
        group = str(inputs.get("resourceGroupName", ""))
        yield LostAccount(name=str(inputs.get("accountName", "")), resource_group=group, **told)
    else:
        yield LostGroup(name=str(inputs.get("resourceGroupName", "")), **told)


def _get_map(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = values.get(key)
    return found if isinstance(found, dict) else {}
