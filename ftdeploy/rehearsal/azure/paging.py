"""Long lists come in pages: `value` and, while there is more, the `nextLink` to ask next."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from urllib.parse import quote, urlencode

from ftdeploy.rehearsal.azure.call import Call, Json
from ftdeploy.rehearsal.azure.errors import AzureError

_TOKEN = "$skiptoken"  # noqa: S105 a place in a list


def page(call: Call, values: Iterable[Json]) -> Json:
    """The page that a request asks for; a page is `pageSize` long, and `$top` may want less.

    Raises:
        AzureError: 400; the place is none that an earlier answer named.
    """
    found, start = list(values), _read_start(call)
    size = _read_size(call)
    body: Json = {"value": found[start : start + size]}
    if start + size < len(found) and call.leans_on("long-lists-come-in-pages"):
        body["nextLink"] = _render_link(call, start + size)
    elif start + size < len(found):
        body["value"] = found[start:]
    return body


def _read_size(call: Call) -> int:
    size = max(call.world.settings.get_count("pageSize"), 1)
    top = call.query.get("$top", "")
    return min(size, int(top)) if top.isdigit() and int(top) > 0 else size


def _read_start(call: Call) -> int:
    text = call.query.get(_TOKEN, "")
    if not text:
        return 0
    try:
        return int(base64.urlsafe_b64decode(text.encode()).decode())
    except (binascii.Error, ValueError) as error:
        raise AzureError(400, "InvalidSkipToken", f"The skip token '{text}' is not valid.") from error


def _render_link(call: Call, start: int) -> str:
    token = base64.urlsafe_b64encode(str(start).encode()).decode()
    query = urlencode({**call.query, _TOKEN: token}, safe="$'", quote_via=quote)
    return f"{call.base_url}{quote(call.path)}?{query}"
