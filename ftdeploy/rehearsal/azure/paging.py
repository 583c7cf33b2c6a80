"""Long lists come in pages: `value` and, while there is more, the `nextLink` to ask next."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

from ftdeploy.rehearsal.azure.call import Call, Json
from ftdeploy.rehearsal.azure.errors import AzureError

_TOKEN = "$skiptoken"  # noqa: S105 a place in a list


def page(call: Call, values: Iterable[Json]) -> Json:
    """The page that a request asks for; a page is `pageSize` long, and `$top` may want less.

    Raises:
        AzureError: 400; the place is none that an earlier answer named.
    """
    found = list(values)
    start, size = _find_start(call, found), _read_size(call)
    body: Json = {"value": found[start : start + size]}
    if start + size < len(found) and call.leans_on("long-lists-come-in-pages"):
        body["nextLink"] = _render_link(call, start, body["value"])
    elif start + size < len(found):
        body["value"] = found[start:]
    return body


def _read_size(call: Call) -> int:
    size = max(call.world.settings.get_count("pageSize"), 1)
    top = call.query.get("$top", "")
    return min(size, int(top)) if top.isdigit() and int(top) > 0 else size


def _find_start(call: Call, found: Sequence[Json]) -> int:
    """Behind the last that is still there of the page before, so that nothing is left out when others went."""
    text = call.query.get(_TOKEN, "")
    if not text:
        return 0
    try:
        start, *shown = base64.urlsafe_b64decode(text.encode()).decode().split(" ")
        return max((n for n, each in enumerate(found) if _mark(each) in shown), default=int(start) - 1) + 1
    except (binascii.Error, ValueError) as error:
        raise AzureError(400, "InvalidSkipToken", f"The skip token '{text}' is not valid.") from error


def _mark(value: Json) -> str:
    """What an entry is known by on the next page."""
    known = {key: value[key] for key in ("id", "name", "version") if key in value} or value
    return f"{zlib.crc32(json.dumps(known).encode()):08x}"


def _render_link(call: Call, start: int, shown: Iterable[Json]) -> str:
    place = " ".join([str(start), *map(_mark, shown)])
    token = base64.urlsafe_b64encode(place.encode()).decode()
    query = urlencode({**call.query, _TOKEN: token}, safe="$'", quote_via=quote)
    return f"{call.base_url}{quote(call.path)}?{query}"
