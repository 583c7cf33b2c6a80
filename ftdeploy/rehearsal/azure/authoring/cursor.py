"""Lists that go on after an id: `after`, `limit` and `order` in, `has_more` out."""

from __future__ import annotations

from collections.abc import Sequence

from ftdeploy.rehearsal.azure.authoring.errors import invalid_payload
from ftdeploy.rehearsal.azure.call import Call, Json


def cut_page(call: Call, items: Sequence[Json], *, size: int) -> Json:
    """The part of a list that a request asks for: `{"object": "list", "data": […], "has_more": false}`.

    Args:
        call: the request; its `limit` overrides the size, its `after` names the last item of the page before.
        items: the whole list in its order, each with an `id`.
        size: how long a page is unless the request says so.

    Raises:
        AzureError: 400; `limit` is no number above 0, or `after` is none of the ids.
    """
    start = _find_start(call, items)
    limit = _read_limit(call, size)
    data = list(items[start : start + limit])
    return {"object": "list", "data": data, "has_more": start + limit < len(items)}


def sort_by_order(call: Call, oldest_first: Sequence[Json], *, usual: str) -> list[Json]:
    """A list in the `order` asked for, `asc` or `desc`.

    Raises:
        AzureError: 400; another order.
    """
    order = call.query.get("order") or usual
    if order not in ("asc", "desc"):
        raise invalid_payload(f"Invalid value '{order}' for order: it is asc or desc.")
    return list(oldest_first) if order == "asc" else list(reversed(oldest_first))


def _read_limit(call: Call, size: int) -> int:
    text = call.query.get("limit", "")
    if not text:
        return size
    if not text.isdigit() or int(text) < 1:
        raise invalid_payload(f"Invalid value '{text}' for limit.")
    return int(text)


def _find_start(call: Call, items: Sequence[Json]) -> int:
    after = call.query.get("after", "")
    if not after:
        return 0
    for number, item in enumerate(items):
        if item["id"] == after:
            return number + 1
    raise invalid_payload(f"Invalid value '{after}' for after.")
