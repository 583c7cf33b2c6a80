"""The catalogue's figures and their changes, as tables and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ftdeploy.domain.figures import Change, Figure

if TYPE_CHECKING:
    from rich.table import Table


def build_figures(figures: Sequence[Figure]) -> Table:
    """A row for each figure."""
    table = _make_table("kind", "of", "figure", "value", "checked", "source")
    for each in figures:
        table.add_row(each.kind, each.thing, each.name, each.value, each.checked, each.source)
    return table


def build_changes(changes: Sequence[Change]) -> Table:
    """A row for each change; of lists only what came and went."""
    table = _make_table("kind", "of", "figure", "before", "after")
    for each in changes:
        table.add_row(each.kind, each.thing, each.name, *_write_change(each))
    return table


def build_stale(stale: Sequence[tuple[str, str, str]]) -> Table:
    """A row for each thing."""
    table = _make_table("kind", "of", "last compared")
    for each in stale:
        table.add_row(*each)
    return table


def figures_to_json(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """`[{"kind": "ptu_sizes", "thing": "gpt-4o ProvisionedManaged", "name": "minimum_ptu", "value": "50", …}]`."""
    return [asdict(each) for each in figures]


def changes_to_json(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """`[{"kind": "quotas", "thing": "…", "name": "tpm", "before": null, "after": "2000000", "source": "…"}]`."""
    return [asdict(each) for each in changes]


def stale_to_json(stale: Sequence[tuple[str, str, str]]) -> list[dict[str, str]]:
    """`[{"kind": "prices", "thing": "…", "checked": "2026-11-21"}]`."""
    return [dict(zip(("kind", "thing", "checked"), each, strict=True)) for each in stale]


def _make_table(*columns: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for each in columns:
        table.add_column(each, overflow="fold")
    return table


def _write_change(change: Change) -> tuple[str, str]:
    before, after = change.before, change.after
    if before is None or after is None or ", " not in before + after:
        return before or "", after or ""
    old, new = set(before.split(", ")), set(after.split(", "))
    gone, come = sorted(old - new), sorted(new - old)
    return f"without {', '.join(gone)}" if gone else "…", f"with {', '.join(come)}" if come else "…"
