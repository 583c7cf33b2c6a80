"""Sizes for measured traffic, as a table, as JSON and as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftdeploy.domain.skus import Sku
from ftdeploy.domain.traffic import Fitted, SizedTraffic, normalise_minute
from ftdeploy.errors import refuse

if TYPE_CHECKING:
    from rich.table import Table

_COLOURS = {"peak": "#1b7837", "p99": "#e08214", "p95": "#b2182b"}
_KINDS = (".svg", ".png")


def build_table(sized: SizedTraffic) -> Table:
    """A row for each provisioned type and share of minutes."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("type", "carries", "input tokens a minute", "buy", "minutes throttled"):
        table.add_column(column, overflow="fold")
    for sku, fitted in sized.fitted.items():
        for each in fitted:
            throttled = f"{each.throttled_minutes:,} of {len(sized.minutes):,}"
            table.add_row(sku.value, each.level, f"{int(each.tpm):,}", f"{each.capacity_ptu} PTU", throttled)
    return table


def render_remarks(sized: SizedTraffic) -> str:
    """What the figures are made of."""
    size = next(iter(sized.sizes.values()))
    first, last = sized.minutes[0].at, sized.minutes[-1].at
    return (
        f"{sized.base}: {len(sized.minutes):,} minutes with calls, {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M}; "
        f"an output token counts as {size.output_weight}, {size.input_tpm_per_ptu:,} input tokens a minute a PTU\n"
        f"source: {size.citation}"
    )


def to_json(sized: SizedTraffic) -> dict[str, Any]:
    """`{"base": "gpt-4o", "minutes": 1440, "types": {"ProvisionedManaged": [{"level": "peak", "ptu": 150, …}]}}`."""
    return {
        "base": sized.base,
        "minutes": len(sized.minutes),
        "types": {sku.value: [_to_json(each) for each in fitted] for sku, fitted in sized.fitted.items()},
    }


def _to_json(fitted: Fitted) -> dict[str, Any]:
    return {
        "level": fitted.level,
        "normalisedTpm": float(fitted.tpm),
        "ptu": fitted.capacity_ptu,
        "throttledMinutes": fitted.throttled_minutes,
    }


def draw(sized: SizedTraffic, path: Path, *, sku: Sku = Sku.PROVISIONED) -> None:
    """The traffic over time, and what each size of a type carries.

    Raises:
        InputError: the file's name ends in neither `.svg` nor `.png`, or what draws is not installed.
    """
    if path.suffix not in _KINDS:
        raise refuse(f"`{path.name}` is no kind of picture", where="--plot", fix="end its name in `.svg` or `.png`")
    try:
        from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
        from matplotlib.figure import Figure
    except ImportError as error:
        raise refuse("matplotlib is not installed", where="--plot", fix="run `pip install ftdeploy[plot]`") from error
    size = sized.sizes[sku]
    figure = Figure(figsize=(11, 5), layout="constrained")
    axes = figure.add_subplot()
    minutes = sorted(sized.minutes, key=lambda each: each.at)
    times: list[Any] = [each.at for each in minutes]
    axes.fill_between(times, [float(normalise_minute(each, size)) for each in minutes], step="mid", color="#9ecae1")
    for each in sized.fitted[sku]:
        label = f"{each.capacity_ptu} PTU ({each.level}): {each.throttled_minutes} minutes throttled"
        height = each.capacity_ptu * size.input_tpm_per_ptu
        axes.axhline(height, color=_COLOURS[each.level], linewidth=1.5, label=label)
    figure.suptitle(f"{sized.base} on {sku}", x=0.01, ha="left")
    axes.set_ylabel("normalised input tokens a minute")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.set_ylim(bottom=0)
    axes.margins(x=0)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(AutoDateLocator()))  # type: ignore[no-untyped-call]
    figure.savefig(path)
