"""Azure Monitor's answers as records: no data, a failed query, a list cut short and a real zero are told apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ftdeploy.domain.observations import AccountCalls

METRIC = "AzureOpenAIRequests"

_NO_FIGURES = "Azure Monitor lists the deployment without any figure"


def parse_calls(document: Mapping[str, Any], *, since: datetime, top_series: int) -> AccountCalls:
    """The calls in one answer, and what it leaves unknown. An hour without a figure beside hours with one is a zero.

    `{"timespan": "…Z/…Z", "value": [{"name": {"value": "AzureOpenAIRequests"}, "errorCode": "Success", "timeseries":
    [{"metadatavalues": [{"name": {"value": "modeldeploymentname"}, "value": "support-bot"}],
    "data": [{"timeStamp": "2026-11-20T10:00:00Z", "total": 3.0}]}]}]}`

    Args:
        document: the answer's body.
        since: begin of the window that was asked for.
        top_series: how many deployments it was asked to list at most.
    """
    metric = next((each for each in document.get("value") or () if _get_text(each, "name") == METRIC.lower()), None)
    series = {_get_deployment(each): each.get("data") or () for each in (metric or {}).get("timeseries") or ()}
    failure = _find_failure(metric)
    counted = {name: [each for each in data if each.get("total") is not None] for name, data in series.items()}
    return AccountCalls(
        since=max(since, _get_start(document) or since),
        last_calls={} if failure else {name: _find_last(data) for name, data in counted.items() if data},
        unmeasured={name: failure or _NO_FIGURES for name, data in counted.items() if failure or not data},
        missing=failure or _find_cut(len(series), top_series),
    )


def find_code(document: object) -> str | None:
    """The code of `{"error": {"code": …}}` or `{"code": …}`; None when there is none."""
    body = document if isinstance(document, dict) else {}
    error = body.get("error", body)
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) else None


def _find_failure(metric: Mapping[str, Any] | None) -> str:
    if metric is None:
        return f"Azure Monitor answered without the metric {METRIC}"
    code = metric.get("errorCode") or "Success"
    return "" if code == "Success" else f"Azure Monitor could not count {METRIC} ({code})"


def _find_cut(count: int, top_series: int) -> str:
    return f"Azure Monitor lists {top_series} deployments at most" if count >= top_series else ""


def _find_last(data: list[Mapping[str, Any]]) -> datetime | None:
    return max((_parse_time(each["timeStamp"]) for each in data if each["total"] > 0), default=None)


def _get_start(document: Mapping[str, Any]) -> datetime | None:
    start = str(document.get("timespan") or "").partition("/")[0]
    return _parse_time(start) if start else None


def _get_deployment(series: Mapping[str, Any]) -> str:
    named = {_get_text(each, "name"): each.get("value", "") for each in series.get("metadatavalues") or ()}
    return str(named.get("modeldeploymentname", "")).lower()


def _get_text(entry: Mapping[str, Any], key: str) -> str:
    return str((entry.get(key) or {}).get("value", "")).lower()


def _parse_time(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
