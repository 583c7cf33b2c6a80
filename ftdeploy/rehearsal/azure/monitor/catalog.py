"""The metrics of an account, as Azure Monitor lists them, and what each adds up of the kept calls.

From azure-monitor-docs reference/supported-metrics/microsoft-cognitiveservices-accounts-metrics.md (2026-07-31). Not
emulated: metrics of speech, translation, images, audio, documents and Anthropic's models, Data In and Data Out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ftdeploy.rehearsal.azure.settings import Settings
from ftdeploy.rehearsal.azure.traffic import Measure

NAMESPACE = "Microsoft.CognitiveServices/accounts"
EMPTY = "__Empty"
"""The value of a dimension that a call has none for."""
_PROVISIONED = "ptu > 0"
_ANSWERED = "status < 400"
_MEASURES: Mapping[str, Measure] = {
    "calls": Measure(total="count"),
    "promptTokens": Measure(total="prompt_tokens"),
    "generatedTokens": Measure(total="generated_tokens"),
    "tokens": Measure(total="prompt_tokens + generated_tokens"),
    "activeTokens": Measure(total="prompt_tokens - cached_tokens + generated_tokens", where=_PROVISIONED),
    "utilization": Measure(total="utilization_percent * count", where=_PROVISIONED),
    "cacheMatchRate": Measure(
        total="100.0 * cached_tokens / prompt_tokens * count", where=f"{_PROVISIONED} AND prompt_tokens > 0"
    ),
    "availability": Measure(total="CASE WHEN status >= 500 THEN 0.0 ELSE 100.0 * count END"),
    "trainingHours": Measure(total="hours", table="trainings"),
    "filteredCalls": Measure(total="count", where="is_filtered"),
    "checkedCalls": Measure(total="count", where=f"(is_filtered OR {_ANSWERED})"),
    "successfulCalls": Measure(total="count", where=_ANSWERED),
    "blockedCalls": Measure(total="count", where="status = 429"),
    "clientErrors": Measure(total="count", where="status BETWEEN 400 AND 499"),
    "serverErrors": Measure(total="count", where="status >= 500"),
    "failedCalls": Measure(total="count", where="status >= 400"),
}
_COLUMNS = {
    "modeldeploymentname": "deployment",
    "modelname": "model_name",
    "modelversion": "model_version",
    "region": "region",
    "statuscode": "status",
    "isspillover": "is_spillover",
    "streamtype": "is_stream",
    "operationname": "operation",
}
_CONSTANTS = {"apiname": "Azure OpenAI API", "servicetierrequest": "default", "servicetierresponse": "default"}
_OPERATIONS = {
    "chat/completions": "ChatCompletions_Create",
    "completions": "Completions_Create",
    "responses": "Responses_Create",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One metric."""

    name: str
    title: str
    category: str
    unit: str
    aggregations: tuple[str, ...]
    """`Total`, `Average`, …; the first is what a query without any gets."""
    dimensions: tuple[str, ...]
    measure: str

    @property
    def is_counted(self) -> bool:
        """Whether it is a sum, so that nothing is 0."""
        return "Total" in self.aggregations

    def find_dimension(self, name: str) -> str | None:
        """The dimension of that name, in Azure's letter case."""
        return next((each for each in self.dimensions if each.lower() == name.lower()), None)

    def build_measure(self, settings: Settings) -> Measure:
        """What it adds up; the times are our guess, from settings."""
        return _MEASURES.get(self.measure) or _build_time(self.measure, settings)


@cache
def list_metrics() -> tuple[Metric, ...]:
    """All, in the order of the page."""
    entries = json.loads((Path(__file__).parent / "metrics.json").read_text(encoding="utf-8"))
    return tuple(
        Metric(**{**each, "aggregations": tuple(each["aggregations"]), "dimensions": tuple(each["dimensions"])})
        for each in entries
    )


def find_metric(name: str) -> Metric | None:
    """The metric of that name, in any letter case."""
    return next((each for each in list_metrics() if each.name.lower() == name.lower()), None)


def list_columns(dimensions: Iterable[str]) -> tuple[str, ...]:
    """The columns that hold these dimensions."""
    return tuple(_COLUMNS[each.lower()] for each in dimensions if each.lower() in _COLUMNS)


def render_value(dimension: str, columns: Mapping[str, object]) -> str:
    """A dimension's value as Azure shows it, of a row's columns."""
    key = dimension.lower()
    if key not in _COLUMNS:
        return _CONSTANTS.get(key, EMPTY)
    value = columns[_COLUMNS[key]]
    if key == "streamtype":
        return "Streaming" if value else "Non-Streaming"
    if key == "isspillover":
        return str(bool(value))
    if key == "operationname":
        return _OPERATIONS.get(str(value), str(value))
    return str(value) or EMPTY


def _build_time(name: str, settings: Settings) -> Measure:
    first = settings.get_seconds("firstTokenSeconds") * 1000
    each = settings.get_seconds("tokenSeconds") * 1000
    where = _ANSWERED if settings.is_on("timesOfTokenDeployments") else f"{_ANSWERED} AND {_PROVISIONED}"
    texts = {
        "timeToFirstToken": f"{first} * count",
        "timeToResponse": f"{first} * count",
        "timeToLastByte": f"{first} * count + {each} * generated_tokens",
        "timeBetweenTokens": f"{each} * count",
        "tokensPerSecond": f"{1000 / each if each else 0.0} * count",
    }
    return Measure(total=texts[name], where=_ANSWERED if name in ("timeToFirstToken", "timeToLastByte") else where)
