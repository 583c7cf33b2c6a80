"""A repository as a rule's sample has it, and what each mouth says of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pulumi_policy import PolicyResource, ResourceValidationArgs, ResourceValidationPolicy, StackValidationArgs
from pulumi_policy.proxy import unknown_checking_proxy

from ftdeploy.catalog.load import load_facts
from ftdeploy.components.stack import build_stack
from ftdeploy.domain.checking import Placed, check_stacks
from ftdeploy.domain.facts import Facts
from ftdeploy.domain.judging import Judge, open_book
from ftdeploy.domain.rule import Sample
from ftdeploy.domain.rules import RULES
from ftdeploy.domain.wishes import FleetWish
from ftdeploy.errors import Problem
from ftdeploy.files.load import LoadedStack, load_stack
from ftdeploy.policy.rules import Surround, make_policies
from tests.components.pulumi_mocks import OUTPUTS, Recorder

TODAY = date(2026, 11, 26)
_MODEL = f'base: {{name: gpt-4o-mini, version: "2024-07-18"}}\ntrainingDataSha256: {"a" * 64}\n'
_SUBSCRIPTION = "10000000-0000-4000-8000-0000000000d1"
_TRAINING = (
    f"/subscriptions/{_SUBSCRIPTION}/resourceGroups/rg-t/providers/Microsoft.CognitiveServices/accounts/training"
)
_ORIGIN = f"account: {_TRAINING}\nname: gpt-4o-mini-2024-07-18.ft-{'0e208cf3' * 4}\nregion: swedencentral\n"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


_REFERENCE = f"support-bot@{_digest(_MODEL)}"
_STACK: dict[str, Any] = {
    "stage": "dev",
    "geography": "eu",
    "tenant": "10000000-0000-4000-8000-000000000001",
    "subscription": _SUBSCRIPTION,
    "owner": "support@contoso.example",
    "accounts": {
        "support": {
            "name": "contoso-support-dev",
            "resourceGroup": "rg-support-dev",
            "region": "swedencentral",
            "kind": "OpenAI",
            "publicNetworkAccess": "Enabled",
            "access": [],
            "deployments": {"support-bot": {"model": _REFERENCE, "sku": "Standard", "kTpm": 10}},
        }
    },
}
_FLEET: dict[str, Any] = {"requires": "ftdeploy>=0.1,<1", "stages": {"dev": {}, "prod": {"after": ["dev"]}}}


def find_day(sample: Sample) -> date:
    return date.fromisoformat(sample.as_of) if sample.as_of else TODAY


def write_repository(root: Path, sample: Sample) -> Path:
    """One stack, `dev`, with the sample laid over it."""
    stack = _merge(_STACK, _read(sample.stack))
    stack = _merge(stack, {"accounts": {"support": _read(sample.account)}})
    said = _read(sample.deployment)
    bot = dict(stack["accounts"]["support"]["deployments"]["support-bot"])
    if "sku" in said:
        bot.pop("kTpm", None)
    stack = _merge(stack, {"accounts": {"support": {"deployments": {"support-bot": None}}}})
    stack["accounts"]["support"]["deployments"]["support-bot"] = bot | said
    folder = root / "models" / "support-bot" / _digest(_MODEL)
    _write(root / "Pulumi.yaml", "name: contoso\n")
    _write(folder / "model.yaml", _MODEL)
    _write(folder / "origins" / f"eu.{_digest(_ORIGIN)}.yaml", _ORIGIN)
    _write(root / "fleet.yaml", yaml.safe_dump(_merge(_FLEET, _read(sample.fleet)), sort_keys=False))
    _write(root / "stacks" / "dev.yaml", yaml.safe_dump(stack, sort_keys=False))
    return root


def load(root: Path, day: date) -> tuple[LoadedStack, Facts]:
    facts = load_facts(day)
    return load_stack(root, "dev", facts), facts


def ask_files(loaded: LoadedStack, facts: Facts) -> list[Problem]:
    """What `ftdeploy check` and the program find."""
    judge = Judge(book=open_book(facts, loaded.fleet, are_dates_binding=True), rules=RULES)
    return list(check_stacks(judge, [Placed(stack=loaded.stack, place=loaded.place)]))


def ask_pack(loaded: LoadedStack, facts: Facts) -> list[tuple[str, str]]:
    """What the pack reports of the same stack's resources: policy and message."""
    recorder = Recorder().run(lambda: build_stack(loaded.stack))
    return list(ask_policies(list_resources(recorder), loaded, facts))


def ask_policies(
    resources: list[PolicyResource],
    loaded: LoadedStack,
    facts: Facts,
    surround: Surround = lambda stack: FleetWish(stacks=(stack,)),
) -> Iterator[tuple[str, str]]:
    """As Pulumi does: each resource alone, then all together."""
    book = open_book(facts, loaded.fleet, are_dates_binding=True)
    for policy in make_policies(RULES, lambda: book, surround):
        said: list[str] = []
        report = _make_report(said)
        if isinstance(policy, ResourceValidationPolicy):
            for each in resources:
                args = (each.resource_type, each.props, each.urn, each.name, each.opts, None)
                policy.validate(ResourceValidationArgs(*args, stack_tags={}), report)
        else:
            policy.validate(StackValidationArgs(resources, stack_tags={}), report)
        yield from ((policy.name, each) for each in said)


def _make_report(said: list[str]) -> Callable[..., None]:
    return lambda text, *_: said.append(text)


def list_resources(recorder: Recorder, *, stack: str = "dev") -> list[PolicyResource]:
    made: dict[str, PolicyResource] = {}
    for each in recorder.declared:
        answer = OUTPUTS.get(each.type, lambda _: {})(each.inputs)
        properties = unknown_checking_proxy({**answer, **each.inputs})
        urn = f"urn:pulumi:{stack}::contoso::{each.type}::{each.name}"
        parent = made.get(each.parent)
        made[f"{each.type} {each.name}"] = PolicyResource(
            each.type, properties, urn, each.name, None, None, parent, [], {}
        )
    return list(made.values())


def _read(text: str) -> dict[str, Any]:
    return yaml.safe_load(text.replace("MODEL", _digest(_MODEL))) if text else {}


def _merge(left: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    both = {key: (left[key], right[key]) for key in left.keys() & right.keys()}
    merged = {key: _merge(*pair) for key, pair in both.items() if all(isinstance(each, dict) for each in pair)}
    return {**left, **right, **merged}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
