"""Lists of resources of every type, with the filters that clients use.

Not emulated: `$expand`, filters with `or`, `ne`, `startswith` and on plan, identity and dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.errors import not_emulated
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.paging import page
from ftdeploy.rehearsal.azure.rbac import ASSIGNMENT_TYPE
from ftdeploy.rehearsal.azure.resourcemanager.groups import PATH_TYPE
from ftdeploy.rehearsal.azure.resources import Resource, normalize_location

_TERM = re.compile(r"\s*(\w+)\s+eq\s+'((?:[^']|'')*)'\s*", re.IGNORECASE)
_AND = re.compile(r"\band\b(?=(?:[^']*'[^']*')*[^']*$)", re.IGNORECASE)


def list_resources(call: Call, path: ArmPath) -> Reply:
    """What is in a group or subscription: top-level resources only, as Azure lists them."""
    text = call.query.get("$filter", "")
    terms = parse_filter(text) if text and call.leans_on("resources-are-filtered") else {}
    found = (each for each in call.world.resources.list_below(path.parent) if _is_listed(each))
    return Reply(body=page(call, [_render_short(each) for each in found if _fits(each, terms)]))


def parse_filter(text: str) -> dict[str, str]:
    """`resourceType eq 'a/b' and location eq 'c'` is `{"resourcetype": "a/b", "location": "c"}`.

    Raises:
        AzureError: 501; another operator or property.
    """
    terms: dict[str, str] = {}
    for part in _AND.split(text):
        match = _TERM.fullmatch(part)
        if match is None or match[1].lower() not in _READERS:
            raise not_emulated(f"the filter {part.strip()}")
        terms[match[1].lower()] = match[2].replace("''", "'")
    if ("tagvalue" in terms) and ("tagname" not in terms):
        raise not_emulated("a filter by tagValue without tagName")
    return terms


def _fits(resource: Resource, terms: dict[str, str]) -> bool:
    tags = {str(key).lower(): str(value) for key, value in (resource.body.get("tags") or {}).items()}
    name = terms.get("tagname")
    if name is not None and tags.get(name.lower()) is None:
        return False
    if "tagvalue" in terms and tags.get(terms["tagname"].lower()) != terms["tagvalue"]:
        return False
    return all(_READERS[key](resource) in ("", value.lower()) for key, value in _normalize(terms).items())


def _normalize(terms: dict[str, str]) -> dict[str, str]:
    return {key: normalize_location(value) if key == "location" else value for key, value in terms.items()}


# Tags are compared elsewhere: the empty text fits everything.
_READERS: dict[str, Callable[[Resource], str]] = {
    "resourcetype": lambda resource: resource.type.lower(),
    "name": lambda resource: resource.name.lower(),
    "location": lambda resource: resource.location or "global",
    "resourcegroup": lambda resource: resource.path.group.lower(),
    "tagname": lambda resource: "",
    "tagvalue": lambda resource: "",
}


def _is_listed(resource: Resource) -> bool:
    path = resource.path
    is_nested = path.short_type.count("/") > 0 or path.is_extension
    return not is_nested and resource.type not in (PATH_TYPE, ASSIGNMENT_TYPE)


def _render_short(resource: Resource) -> Json:
    kept: Json = {key: resource.body[key] for key in ("kind", "location", "sku", "tags") if key in resource.body}
    return {"id": resource.id, "name": resource.name, "type": resource.type, **kept}
