"""The recorded inputs: journeys of edits and operations over a repository that never changes otherwise."""

from __future__ import annotations

from dataclasses import dataclass

DEV, EU, US = "stacks/dev.yaml", "stacks/prod-eu-swc.yaml", "stacks/prod-us-ncu.yaml"
SECOND = """      second-bot:
        model: support-bot@bb1a83b36443
        sku: GlobalStandard
        kTpm: 20
"""
THIRD = SECOND.replace("second-bot", "third-bot")
PLACE = "0000000000d1\naccounts:\n  support:\n    name: contoso-support-dev\n"
OTHER_PLACE = PLACE.replace("d1\n", "a1\n").replace("-dev", "-moved")
"""Another subscription, and another name: an account's subdomain stays taken while it is there or can be restored."""


@dataclass(frozen=True)
class Step:
    """An edit of one file (nothing, when `old` is empty), then one operation on one stack."""

    operation: str
    stack: str
    file: str = ""
    old: str = ""
    new: str = ""


JOURNEYS: dict[str, tuple[Step, ...]] = {
    "dev": (
        Step("preview", "dev"),
        Step("up", "dev"),
        Step("up", "dev"),
        Step("up", "dev", DEV, "kTpm: 10\n", "kTpm: 12\n"),
        Step("refresh", "dev"),
        Step("destroy", "dev"),
    ),
    "several": (
        Step("up", "dev", DEV, "        kTpm: 10\n", "        kTpm: 10\n" + SECOND + THIRD),
        Step("up", "dev", DEV, SECOND, ""),
        Step("up", "dev", DEV, "      support-bot:\n", "      renamed-bot:\n"),
        Step("destroy", "dev"),
    ),
    "replace": (
        Step("up", "dev"),
        Step("preview", "dev", DEV, "name: contoso-support-dev\n", "name: contoso-answers-dev\n"),
        Step("up", "dev"),
        Step("destroy", "dev"),
    ),
    "moved": (
        Step("up", "dev"),
        Step("preview", "dev", DEV, PLACE, OTHER_PLACE),
        Step("up", "dev"),
    ),
    "existing": (
        Step("up", "prod-eu-swc"),
        Step("up", "prod-eu-swc", EU, "support-bot@bb1a83b36443", "support-bot@69b80eac3236"),
        Step("destroy", "prod-eu-swc"),
    ),
    "tenant": (Step("up", "prod-us-ncu"), Step("up", "prod-us-ncu", US, "kTpm: 50", "kTpm: 60")),
    "refused": (
        Step("up", "dev", DEV, "kTpm: 10\n", "kTpm: 100000\n"),
        Step("up", "dev", DEV, "kTpm: 100000\n", "kTpm: 10\n"),
    ),
}
