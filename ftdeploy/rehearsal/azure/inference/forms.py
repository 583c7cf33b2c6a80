"""Answers whose form the caller prescribes: JSON, JSON by a schema, and calls of tools.

A sample is the least that a schema asks for: every property, the first of an enumeration, else an empty value.
Not emulated: `$ref`, patterns, and bounds of numbers and lists.
"""

from __future__ import annotations

import json
from typing import Any

from ftdeploy.rehearsal.azure.call import Json
from ftdeploy.rehearsal.azure.inference import errors

_EMPTY: dict[str, Any] = {"string": "rehearsal", "number": 0, "integer": 0, "boolean": False, "array": []}


def plan_form(form: object) -> str | None:
    """The answer that `response_format` prescribes; None where any text will do."""
    if not isinstance(form, dict) or form.get("type") in (None, "text"):
        return None
    if form["type"] == "json_object":
        return json.dumps({"answer": "rehearsal"})
    if form["type"] == "json_schema":
        return sample((form.get("json_schema") or form).get("schema") or {})
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


def sample(schema: Json) -> str:
    """JSON that a schema takes."""
    return json.dumps(_sample(schema))


def _sample(schema: Json) -> object:
    if schema.get("enum"):
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    if schema.get("anyOf"):
        return _sample(schema["anyOf"][0])
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {name: _sample(each) for name, each in (schema.get("properties") or {}).items()}
    return _EMPTY.get(kind)
