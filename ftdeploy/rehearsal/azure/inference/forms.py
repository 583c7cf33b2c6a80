"""Answers whose form the caller prescribes: JSON, JSON by a schema, and calls of tools.

A sample is the least that a schema asks for: every property, null where that will do, the first of an enumeration or of
alternatives, else an empty value. Not emulated: patterns, formats and other bounds than the least.
"""

from __future__ import annotations

import json
from typing import Any

from ftdeploy.rehearsal.azure.call import Json
from ftdeploy.rehearsal.azure.inference import errors

_EMPTY: dict[str, Any] = {"string": "rehearsal", "number": 0, "integer": 0, "boolean": False}


def plan_form(form: object) -> str | None:
    """The answer that `response_format` prescribes; None where any text will do."""
    if not isinstance(form, dict) or form.get("type") in (None, "text"):
        return None
    if form["type"] == "json_object":
        return json.dumps({"answer": "rehearsal"})
    if form["type"] == "json_schema":
        wrapped = _insist_on_object(form.get("json_schema") or form)
        return sample(wrapped.get("schema") or {})
    raise errors.bad_request(
        f"Invalid value: '{form['type']}'. Supported values are: 'text', 'json_object', 'json_schema'."
    )


def find_demanded_tool(body: Json) -> Json | None:
    """The function that `tool_choice` demands, `{"name": …, "parameters": {…}}`; None where none is demanded."""
    functions = [each.get("function") or each for each in body.get("tools") or () if each.get("type") == "function"]
    choice = body.get("tool_choice")
    if choice == "required":
        return dict(functions[0]) if functions else None
    if not isinstance(choice, dict):
        return None
    name = (choice.get("function") or choice).get("name")
    found: Json | None = next((each for each in functions if each.get("name") == name), None)
    if found is None:
        raise errors.bad_request(f"Tool choice '{name}' not found in 'tools' parameter.")
    return found


def sample(schema: object) -> str:
    """JSON that a schema takes."""
    whole = _insist_on_object(schema)
    return json.dumps(_sample(whole, whole))


def _insist_on_object(found: object) -> Json:
    if not isinstance(found, dict):
        raise errors.bad_request(f"Invalid schema: {found!r} is not of type 'object'.")
    return found


def _sample(found: object, whole: Json) -> object:
    """`whole` is the schema that references lead into."""
    schema = _resolve(_insist_on_object(found), whole)
    if schema.get("enum"):
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return None if {"type": "null"} in choices else _sample(choices[0], whole)
    kind = schema.get("type", "object")
    kind = ("null" if "null" in kind else kind[0]) if isinstance(kind, list) else kind
    if kind == "object":
        properties = _insist_on_object(schema.get("properties") or {})
        return {name: _sample(each, whole) for name, each in properties.items()}
    if kind == "array":
        return [_sample(schema.get("items") or {}, whole)] * int(schema.get("minItems") or 0)
    return max(_EMPTY[kind], schema["minimum"]) if "minimum" in schema else _EMPTY.get(kind)


def _resolve(schema: Json, whole: Json) -> Json:
    """A schema with what it refers to and what it joins laid into it."""
    place = str(schema.get("$ref") or "")
    parts = [*schema.get("allOf", ()), *([_find(whole, place)] if place else [])]
    for part in parts:
        found = _resolve(part, whole)
        properties = {**schema.get("properties", {}), **found.get("properties", {})}
        schema = {**schema, **found, **({"properties": properties} if properties else {})}
    return {key: value for key, value in schema.items() if key not in {"$ref", "allOf"}}


def _find(whole: Json, place: str) -> Json:
    """What `#/$defs/Step` names."""
    found: Any = whole
    for name in place.removeprefix("#").strip("/").split("/") if place != "#" else ():
        found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, dict):
        raise errors.bad_request(f"Invalid schema: reference '{place}' leads nowhere.")
    return found
