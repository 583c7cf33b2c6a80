"""Answers in the form that a caller prescribes: the sample of a schema is one that the schema takes."""

from __future__ import annotations

import json
from typing import Literal

import jsonschema
import pytest
from pydantic import BaseModel, Field

from ftdeploy.rehearsal.azure.errors import Refusal
from ftdeploy.rehearsal.azure.inference.forms import sample
from tests.rehearsal.azure.dataplane import chat
from tests.rehearsal.azure.pretend import Pretend


class Step(BaseModel):
    """Refers to itself."""

    text: str
    number: int = Field(ge=3)
    next: Step | None


class Plan(BaseModel):
    """As clients send it."""

    kind: Literal["short", "long"]
    first: Step
    others: list[Step] = Field(min_length=2)
    weight: float | str


@pytest.mark.parametrize(
    "schema",
    [
        Plan.model_json_schema(),
        {"type": ["string", "null"]},
        {"oneOf": [{"type": "boolean"}, {"type": "integer"}]},
        {
            "allOf": [{"properties": {"a": {"type": "number"}}, "required": ["a"]}, {"required": ["b"]}],
            "properties": {"b": {"const": 7}},
        },
        {"type": "object", "properties": {"a": {"$ref": "#/definitions/a"}}, "definitions": {"a": {"enum": ["x"]}}},
        {
            "type": "object",
            "properties": {"again": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}},
            "required": ["again"],
        },
    ],
)
def test_schema_takes_its_sample(schema: dict) -> None:
    jsonschema.validate(json.loads(sample(schema)), schema)


def test_reference_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(Refusal, match="#/gone"):
        sample({"$ref": "#/gone"})


def test_tokens_are_certain_where_log_probabilities_are_wanted(pretend: Pretend) -> None:
    pretend.deploy()

    [choice] = chat(pretend, logprobs=True, top_logprobs=1).json()["choices"]
    streamed = chat(pretend, logprobs=True, stream=True).text
    [alone] = chat(pretend, logprobs=True).json()["choices"]

    told = choice["logprobs"]["content"]
    assert "".join(each["token"] for each in told) == choice["message"]["content"]
    assert {each["logprob"] for each in told} == {0.0}
    assert {len(each["top_logprobs"]) for each in told} == {1}
    assert {len(each["top_logprobs"]) for each in alone["logprobs"]["content"]} == {0}
    assert streamed.count('"logprob": 0.0, "bytes"') == len(told)
