"""The rules as a page of documentation: `python -m ftdeploy.report.rules docs/reference/rules.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.rules import RULES
from ftdeploy.domain.terms import write_limit

_HEAD = """\
# Rules

Everything that `ftdeploy check`, the program and the policy pack hold stacks to, in the same words. Levels, limits and
waivers are set in `fleet.yaml`; [the guide](../guides/rules.md) tells how. A *dated* rule can come to be broken as days
pass: it stops checks, and only warns in an update.

This page is generated from the rules themselves: `make schemas`.
"""
_KINDS = ("deployment", "account", "stack", "fleet")
_PLACES = {
    "deployment": "# in a stack file, a deployment",
    "account": "# in a stack file, an account",
    "stack": "# in a stack file",
    "fleet": "# fleet.yaml",
}


def render_rules(rules: Iterable[Rule[Any]]) -> str:
    """A page with a table of all rules, and a section for each."""
    listed = list(rules)
    table = [f"| [{each.id}](#{each.id}) | {each.title} | {_say_level(each)} |" for each in listed]
    sections = ["\n".join(_render_rule(each)) for each in listed]
    head = "\n".join(["| rule | what | level |", "|---|---|---|", *table])
    return "\n".join([_HEAD, head, "", *sections])


def _say_level(rule: Rule[Any]) -> str:
    return f"{rule.level}, dated" if rule.is_dated else rule.level.value


def _render_rule(rule: Rule[Any]) -> Iterator[str]:
    yield f"## {rule.id}\n\n{rule.title}. {rule.why}.\n"
    facts = [f"Level: {_say_level(rule)}.", f"[Source]({rule.source})."]
    if rule.limits:
        facts.insert(1, "Limits: " + ", ".join(f"`{write_limit(each)}`" for each in rule.limits) + ".")
    yield " ".join(facts) + "\n"
    yield from _render_sample("Good", rule.good)
    yield from _render_sample("Bad", rule.bad)


def _render_sample(word: str, sample: Sample) -> Iterator[str]:
    words = [f" on {sample.as_of}" if sample.as_of else "", f": {sample.note}" if sample.note else ""]
    said = {kind: getattr(sample, kind) for kind in _KINDS if getattr(sample, kind)}
    if not said:
        yield f"{word}{''.join(words)}.\n"
        return
    yield f"{word}{''.join(words)}:\n\n```yaml"
    for kind, text in said.items():
        yield f"{_PLACES[kind]}\n{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}"
    yield "```\n"


_LONGEST = 300


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render_rules(RULES), encoding="utf-8")
