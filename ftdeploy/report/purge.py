"""Deleted accounts, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ftdeploy.domain.observations import DeletedAccount


def render_deleted(stack: str, deleted: Sequence[DeletedAccount], *, is_purged: bool) -> str:
    """One account a line, and what to do next."""
    if not deleted:
        return f"nothing to purge: Azure keeps no deleted account of stack {stack}"
    lines = [f"{each.id}: {_write_state(each, is_purged=is_purged)}" for each in deleted]
    if not is_purged:
        lines.append(f"nothing was purged; it cannot be undone: run `ftdeploy purge {stack} --yes` to do it")
    return "\n".join(lines)


def to_json(stack: str, deleted: Sequence[DeletedAccount], *, is_purged: bool) -> dict[str, Any]:
    """`{"stack": "dev", "purged": true, "accounts": [{"account", "region", "deletedAt", "purgeAt"}]}`."""
    accounts = [
        {
            "account": str(each.id),
            "region": each.region,
            "deletedAt": _write_time(each.deleted_at),
            "purgeAt": _write_time(each.purge_at),
        }
        for each in deleted
    ]
    return {"stack": stack, "purged": is_purged, "accounts": accounts}


def _write_state(deleted: DeletedAccount, *, is_purged: bool) -> str:
    if is_purged:
        return "purged"
    since, until = _write_time(deleted.deleted_at), _write_time(deleted.purge_at)
    return f"deleted {since or 'at a time that Azure does not say'}, kept until {until or 'Azure purges it'}"


def _write_time(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment else None
