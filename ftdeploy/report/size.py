"""Sizes of provisioned throughput for a load, as a table and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ftdeploy.domain.choices import Choice, Sized
from ftdeploy.report.money import HOW_TO_GIVE, UNKNOWN, round_cents, write_share, write_usd

if TYPE_CHECKING:
    from fractions import Fraction

    from rich.table import Table


def build_table(sized: Sized) -> Table:
    """A row for each provisioned type."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("type", "needs", "buy", "used", "carries", "USD an hour", "USD a month", "step below"):
        table.add_column(column, overflow="fold")
    for each in sized.choices:
        table.add_row(*_list_cells(each), style=None if each.is_offered else "dim")
    return table


def _list_cells(choice: Choice) -> tuple[str, ...]:
    return (
        choice.sku.value if choice.is_offered else f"{choice.sku} (not for fine-tuned)",
        f"{float(choice.needed_ptu):.2f} PTU",
        f"{choice.capacity_ptu} PTU",
        write_share(choice.utilisation),
        _write_rpm(choice.most_rpm),
        write_usd(choice.hour_usd),
        write_usd(choice.month_usd),
        _write_below(choice),
    )


def _write_below(choice: Choice) -> str:
    below = choice.below
    if below is None:
        return "none: the smallest size"
    cache = "" if below.cache_rate is None else f", or {_write_rate(below.cache_rate)} cached"
    return f"{below.capacity_ptu} PTU: {_write_rpm(below.rpm)}{cache}"


def _write_rpm(rpm: int | None) -> str:
    return "any number" if rpm is None else f"{rpm:,} rpm"


def _write_rate(rate: Fraction) -> str:
    """Rounded up, because it is the least that suffices."""
    return f"{-(-rate.numerator * 100 // rate.denominator)} %"


def render_remarks(sized: Sized) -> str:
    """What the figures are made of, and what is missing."""
    if not sized.choices:
        return "nothing to choose from"
    first = sized.choices[0]
    size = first.size
    notes = [
        f"{sized.base}: {float(first.normalised_tpm):,.0f} input tokens a minute, an output token counting as "
        f"{size.output_weight}; {size.input_tpm_per_ptu:,} a PTU; latency target {size.latency_target or 'not named'}",
        f"source: {size.citation}",
        *(_say_break_even(each) for each in sized.choices if each.is_offered),
    ]
    if any(each.hour_usd is None for each in sized.choices):
        notes.append(f"{UNKNOWN}: {HOW_TO_GIVE}")
    return "\n".join(notes)


def _say_break_even(choice: Choice) -> str:
    if choice.break_even_rpm is None:
        return f"break-even of {choice.sku} with {choice.token_sku}: not known, it needs the prices of both"
    return (
        f"break-even of {choice.sku} with {choice.token_sku}: {choice.break_even_rpm:,} rpm, all the time; "
        "below it, tokens cost less"
    )


def to_json(sized: Sized) -> dict[str, Any]:
    """`{"base": "gpt-4o", "normalisedTpm": 400000.0, "types": [{"sku": "ProvisionedManaged", "ptu": 200, …}]}`."""
    return {
        "base": sized.base,
        "isFineTuned": sized.is_fine_tuned,
        "load": {
            "rpm": sized.load.rpm,
            "promptTokens": sized.load.prompt_tokens,
            "completionTokens": sized.load.completion_tokens,
            "cacheRate": float(sized.cache_rate),
        },
        "normalisedTpm": float(sized.choices[0].normalised_tpm) if sized.choices else None,
        "types": [_to_json(each) for each in sized.choices],
    }


def _to_json(choice: Choice) -> dict[str, Any]:
    below = choice.below
    return {
        "sku": choice.sku.value,
        "isOffered": choice.is_offered,
        "neededPtu": float(choice.needed_ptu),
        "ptu": choice.capacity_ptu,
        "utilisation": float(choice.utilisation),
        "mostRpm": choice.most_rpm,
        "hourUsd": None if choice.hour_usd is None else str(round_cents(choice.hour_usd)),
        "monthUsd": None if choice.month_usd is None else str(round_cents(choice.month_usd)),
        "breakEvenRpm": choice.break_even_rpm,
        "breakEvenWith": choice.token_sku.value,
        "stepBelow": None
        if below is None
        else {
            "ptu": below.capacity_ptu,
            "rpm": below.rpm,
            "cacheRate": None if below.cache_rate is None else float(below.cache_rate),
        },
        "source": choice.size.citation,
    }
