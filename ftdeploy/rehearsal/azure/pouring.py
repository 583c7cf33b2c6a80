"""Model calls that nobody made: poured into the kept ones, for metrics and the idle rule, cheap in any number.

    {"account": "contoso-dev", "deployment": "bot", "calls": 1000000, "from": "2026-08-24T00:00:00Z"}
    {"account": "/subscriptions/…", "deployment": "bot", "everySeconds": 30, "calls": 2, "from": "…", "to": "…"}

`calls` are spread evenly from `from` to just before `to`; with `everySeconds` there are so many each time. `to` is now
unless it says otherwise, and without `from` all are made at `to`. Tokens are of each call. Calls within a minute are
kept as one row. Rate limits count what was poured into their present minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from ftdeploy.rehearsal.azure.clock import parse_time, render_time
from ftdeploy.rehearsal.azure.cognitiveservices.types import ACCOUNT_TYPE, DEPLOYMENT_TYPE
from ftdeploy.rehearsal.azure.cognitiveservices.witness import find_base_model
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.traffic import CHAT, COMPLETIONS, RESPONSES, Traffic
from ftdeploy.rehearsal.azure.world import World

_MINUTE = timedelta(minutes=1)
_LEAST_SECONDS = 0.001
_MAXIMUM_ROWS = 150_000
"""Ours: a row for every minute of 93 days is fewer; longer spans are poured more coarsely."""
_OPERATIONS = (CHAT, COMPLETIONS, RESPONSES)


class BadTraffic(ValueError):
    """Calls that cannot have been; the text says which field and what it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """The fields of a request, named as there."""

    account: str
    deployment: str
    calls: int = 1
    everySeconds: float = 0.0  # noqa: N815 as in the request, so is the rest
    promptTokens: int = 0  # noqa: N815
    cachedTokens: int = 0  # noqa: N815
    generatedTokens: int = 0  # noqa: N815
    status: int = 200
    stream: bool = False
    spillover: bool = False
    operation: str = CHAT
    start: datetime
    end: datetime


def pour(world: World, sent: object) -> int:
    """Keep the calls that a request describes, one object or a list; how many they are.

    Raises:
        BadTraffic: a field is unknown, missing or out of range, or names what does not exist.
    """
    entries = sent if isinstance(sent, list) else [sent]
    return sum(_pour_one(world, _read(world, each)) for each in entries)


def _pour_one(world: World, wish: _Wish) -> int:
    account = _find_account(world, wish.account)
    deployment = world.resources.find(f"{account.id}/deployments/{wish.deployment}")
    if deployment is None:
        known = [each.name for each in world.resources.list_children(account.id, DEPLOYMENT_TYPE)]
        raise BadTraffic(f"{account.name} has no deployment {wish.deployment}; it has {', '.join(known) or 'none'}")
    moments = list(spread(wish.start, wish.end, calls=wish.calls, every_seconds=wish.everySeconds))
    world.traffic.keep_all(_build(account, deployment, wish, at, count) for at, count in moments)
    return sum(count for _, count in moments)


def spread(start: datetime, end: datetime, *, calls: int, every_seconds: float) -> Iterator[tuple[datetime, int]]:
    """Moments from `start` to just before `end`, and how many calls each has, a minute's together."""
    length = end - start
    times = calls
    if every_seconds:
        times = max(1, -(-length // timedelta(seconds=every_seconds)))
        calls *= times
    slots = max(1, min(times, -(-length // _MINUTE), _MAXIMUM_ROWS))
    for slot in range(slots):
        yield start + length * slot / slots, calls * (slot + 1) // slots - calls * slot // slots


def _build(account: Resource, deployment: Resource, wish: _Wish, at: datetime, count: int) -> Traffic:
    model, sku = deployment.properties["model"], deployment.body["sku"]
    ptu = int(sku["capacity"]) if "Provisioned" in str(sku["name"]) else 0
    known = (str(deployment.internal.get("baseName", "")), str(deployment.internal.get("baseVersion", "")))
    base = find_base_model(*known, at) if ptu else None
    percent = 0.0
    if base is not None and base.input_tpm_per_ptu:
        tokens = base.normalize_tokens(wish.promptTokens, wish.cachedTokens, wish.generatedTokens)
        percent = count * tokens / (ptu * base.input_tpm_per_ptu) * 100.0
    return Traffic(
        account=account.key,
        deployment=deployment.name.lower(),
        at=at,
        count=count,
        operation=wish.operation,
        status=wish.status,
        is_stream=wish.stream,
        is_spillover=wish.spillover,
        prompt_tokens=count * wish.promptTokens,
        cached_tokens=count * wish.cachedTokens,
        generated_tokens=count * wish.generatedTokens,
        model_name=str(model["name"]),
        model_version=str(model.get("version") or ""),
        region=account.location,
        ptu=ptu,
        utilization_percent=percent,
    )


def _find_account(world: World, text: str) -> Resource:
    accounts = list(world.resources.list_of_type(ACCOUNT_TYPE))
    found = [each for each in accounts if text.lower() in (each.key, each.name.lower())]
    if len(found) != 1:
        problem = f"there are {len(found)} accounts {text}, give an id" if found else f"there is no account {text}"
        raise BadTraffic(f"{problem}; there are {', '.join(each.name for each in accounts) or 'none'}")
    return found[0]


def _read(world: World, sent: object) -> _Wish:
    known = [each.name for each in fields(_Wish) if each.name not in ("start", "end")]
    if not isinstance(sent, dict):
        raise BadTraffic(f"traffic is an object or a list of objects, with {', '.join((*known, 'from', 'to'))}")
    unknown = sorted(set(sent).difference(known, ("from", "to")))
    if unknown:
        raise BadTraffic(f"{unknown[0]}: no such field; traffic has {', '.join((*known, 'from', 'to'))}")
    given: dict[str, Any] = {name: value for name, value in sent.items() if name in known and value is not None}
    for name in ("account", "deployment"):
        if not isinstance(given.get(name), str):
            raise BadTraffic(f"{name} is a name, not {given.get(name)!r}")
    for name, least, most in (
        ("calls", 1, 10**12),
        ("promptTokens", 0, 10**7),
        ("cachedTokens", 0, int(given.get("promptTokens", 0)) if isinstance(given.get("promptTokens", 0), int) else 0),
        ("generatedTokens", 0, 10**7),
        ("status", 100, 599),
    ):
        value = given.get(name, least)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise BadTraffic(f"{name} is a whole number from {least} to {most}, not {value!r}")
    _check_rest(given)
    now = world.clock.now()
    end = _read_moment(sent, "to", now)
    start = _read_moment(sent, "from", end)
    if not start <= end <= now:
        raise BadTraffic(f"from is not after to, and to not after now, {render_time(now)}")
    return _Wish(**given, start=start, end=end)


def _check_rest(given: dict[str, Any]) -> None:
    seconds = given.get("everySeconds", 1.0)
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not _LEAST_SECONDS <= seconds <= 10**9:
        raise BadTraffic(f"everySeconds is a number from {_LEAST_SECONDS}, not {seconds!r}")
    for name in ("stream", "spillover"):
        if not isinstance(given.get(name, False), bool):
            raise BadTraffic(f"{name} is true or false, not {given[name]!r}")
    if given.get("operation", CHAT) not in _OPERATIONS:
        raise BadTraffic(f"operation is one of {', '.join(_OPERATIONS)}, not {given['operation']!r}")


def _read_moment(sent: dict[str, Any], name: str, usual: datetime) -> datetime:
    if sent.get(name) is None:
        return usual
    try:
        return parse_time(str(sent[name]))
    except ValueError as error:
        raise BadTraffic(f"{name} is a moment in time, not {sent[name]!r}") from error
