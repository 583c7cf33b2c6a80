"""What was seen of deployments and their calls, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ftdeploy.domain.observations import Sighting

if TYPE_CHECKING:
    from rich.table import Table

_STYLES = {"idle": "red", "absent": "red", "unknown": "yellow", "active": "green"}
_RULE = (
    "a deployment is deletable when it is older than 15 days and had no calls for 15 days; "
    "whether and when it is deleted, nobody says in advance"
)


def build_table(sightings: Sequence[Sighting]) -> Table:
    """A row for each deployment."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("account", "deployment", "created", "age", "last call", "verdict", "deletable from"):
        table.add_column(column, overflow="fold")
    for each in sightings:
        table.add_row(*_list_cells(each), style=_STYLES.get(each.verdict))
    return table


def render_remarks(sightings: Sequence[Sighting]) -> str:
    """What a reader of the table has to know, and the reason for everything that is not known."""
    notes = [f"{each.deployment}: {each.reason}" for each in sightings if each.reason]
    strays = [f"{each.deployment}: no deployment of this stack's file" for each in sightings if not each.is_wanted]
    return "\n".join([*notes, *strays, _RULE])


def to_json(stack: str, sightings: Sequence[Sighting]) -> dict[str, Any]:
    """`{"stack": "dev", "deployments": [{"account": "/subscriptions/…", "deployment": "support-bot", …}]}`."""
    return {"stack": stack, "deployments": [_to_json(each) for each in sightings]}


def _list_cells(sighting: Sighting) -> tuple[str, ...]:
    idleness = sighting.idleness
    return (
        sighting.account.name,
        sighting.deployment,
        _write_day(sighting.created_at),
        f"{idleness.age_days} d" if idleness else "",
        _write_last_call(sighting),
        sighting.verdict,
        _write_day(idleness.deletable_from) if idleness else "",
    )


def _write_last_call(sighting: Sighting) -> str:
    if sighting.idleness is None:
        return ""
    if sighting.last_call_at is None:
        return "not known" if sighting.reason else "none counted"
    return f"{sighting.last_call_at:%Y-%m-%d %H:00}"


def _write_day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def _to_json(sighting: Sighting) -> dict[str, Any]:
    idleness = sighting.idleness
    return {
        "account": str(sighting.account),
        "deployment": sighting.deployment,
        "inStackFile": sighting.is_wanted,
        "createdAt": _write_time(sighting.created_at),
        "ageDays": idleness.age_days if idleness else None,
        "lastCallAt": _write_time(sighting.last_call_at),
        "verdict": sighting.verdict,
        "deletableFrom": idleness.deletable_from.isoformat() if idleness and idleness.deletable_from else None,
        "reason": sighting.reason or None,
    }


def _write_time(time: datetime | None) -> str | None:
    return time.isoformat(timespec="seconds") if time else None
