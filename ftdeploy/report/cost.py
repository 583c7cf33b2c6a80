"""What stacks cost, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ftdeploy.domain.cost import HOURS_A_MONTH, Cost, Costs
from ftdeploy.report.money import HOW_TO_GIVE, UNKNOWN, round_cents, write_usd

if TYPE_CHECKING:
    from rich.table import Table

_NOTHING = Decimal(0)


def build_table(costs: Costs) -> Table:
    """A row for each deployment, account and stack, and one for all."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("stack", "account", "deployment", "runs on", "hosting", "PTU", "tokens at load", "USD a month"):
        table.add_column(column, overflow="fold")
    for cells, is_sum in _list_rows(costs):
        table.add_row(*cells, style="bold" if is_sum else None)
    return table


def _list_rows(costs: Costs) -> Iterator[tuple[tuple[str, ...], bool]]:
    for stack in dict.fromkeys(each.stack for each in costs.deployments):
        mine = [each for each in costs.deployments if each.stack == stack]
        for account in dict.fromkeys(each.account for each in mine):
            for each in (one for one in mine if one.account == account):
                runs_on = f"{each.sku} {each.capacity}"
                yield (stack, account, each.deployment, runs_on, *_list_amounts(each.cost)), False
            yield (stack, account, "", "", *_list_amounts(costs.sum_account(stack, account))), True
        yield (stack, "", "", "", *_list_amounts(costs.sum_stack(stack))), True
    yield ("all", "", "", "", *_list_amounts(costs.total)), True


def _list_amounts(cost: Cost) -> tuple[str, ...]:
    parts = (cost.hosting_usd, cost.ptu_usd, cost.tokens_usd)
    return (*(write_usd(each) if each else "" for each in parts), _write_band(cost))


def _write_band(cost: Cost) -> str:
    if cost.most_usd == _NOTHING and cost.gaps:
        return UNKNOWN
    low, high = write_usd(cost.least_usd), write_usd(cost.most_usd)
    return (low if low == high else f"{low} to {high}") + (" + ?" if cost.gaps else "")


def render_remarks(costs: Costs) -> str:
    """How exact the figures are, of when they are, and what is missing."""
    total = costs.total
    days = [str(each) for each in sorted(total.prices_since)]
    when = f" of {' to '.join(dict.fromkeys((days[0], days[-1])))}" if days else ""
    notes = [
        f"list prices{when}, without taxes and discounts; "
        f"a month has {HOURS_A_MONTH} hours; from no call at all to the declared load all the time"
    ]
    if total.gaps:
        notes += [f"{UNKNOWN}: {each}" for each in sorted(total.gaps)]
        notes.append(f"where `+ ?` stands, something is missing: {HOW_TO_GIVE}")
    return "\n".join(notes)


def to_json(costs: Costs) -> dict[str, Any]:
    """`{"hoursAMonth": 730, "total": {"leastUsd": "1241.00", …}, "stacks": {"dev": …}, "deployments": [{…}]}`."""
    stacks = dict.fromkeys(each.stack for each in costs.deployments)
    return {
        "hoursAMonth": HOURS_A_MONTH,
        "total": _to_json(costs.total),
        "stacks": {each: _to_json(costs.sum_stack(each)) for each in stacks},
        "deployments": [
            {
                "stack": each.stack,
                "account": each.account,
                "deployment": each.deployment,
                "sku": each.sku,
                "capacity": each.capacity,
                **_to_json(each.cost),
            }
            for each in costs.deployments
        ],
    }


def _to_json(cost: Cost) -> dict[str, Any]:
    return {
        "hostingUsd": str(round_cents(cost.hosting_usd)),
        "ptuUsd": str(round_cents(cost.ptu_usd)),
        "tokensUsd": str(round_cents(cost.tokens_usd)),
        "leastUsd": str(round_cents(cost.least_usd)),
        "mostUsd": str(round_cents(cost.most_usd)),
        "gaps": sorted(cost.gaps),
        "pricesSince": [each.isoformat() for each in sorted(cost.prices_since)],
    }
