"""The recorded inputs: journeys of edits and operations over a repository that never changes otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from tests.golden.foreign import FOREIGN_PROGRAM

DEV, EU, US = "stacks/dev.yaml", "stacks/prod-eu-swc.yaml", "stacks/prod-us-ncu.yaml"
SECOND = """      second-bot:
        model: support-bot@bb1a83b36443
        sku: GlobalStandard
        kTpm: 20
"""
THIRD = SECOND.replace("second-bot", "third-bot")
ACCESS = """    access:
      - principal: 10000000-0000-4000-8000-00000000c011
        principalType: ServicePrincipal
        role: Cognitive Services OpenAI User
"""
WANTED = """    deployments:
      support-bot:
        model: support-bot@69b80eac3236
        sku: Standard
        kTpm: 10
"""
TOO_MUCH = WANTED.replace("kTpm: 10", "kTpm: 100000")
"""Alone, so that nothing beside it has begun or not when it is refused."""
PLACE = "0000000000d1\naccounts:\n  support:\n    name: contoso-support-dev\n"
OTHER_PLACE = PLACE.replace("d1\n", "a1\n").replace("-dev", "-moved")
"""Another subscription, and another name: an account's subdomain stays taken while it is there or can be restored."""

DEPLOYMENT = (
    "urn:pulumi:dev::ftdeploy::ftdeploy:index:Account$ftdeploy:index:Deployment$"
    "azure-native:cognitiveservices:Deployment::support.support-bot"
)


@dataclass(frozen=True)
class Step:
    """An edit of one file (none without `old`), words of `rehearse` (none without `before`), then one operation."""

    operation: str
    stack: str
    file: str = ""
    old: str = ""
    new: str = ""
    before: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    """Of the operation; `{root}` is the repository's folder."""


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
    "failed": (
        # What fails takes a moment, so that what is made beside it is always made by then.
        Step(
            "up",
            "dev",
            before=("fault", "add", "operation-fails", "PUT */deployments/*"),
            flags=("--operation-seconds", "0.5"),
        ),
        Step("up", "dev", flags=("--operation-seconds", "0")),
        Step("up", "dev", flags=("--target-replace", DEPLOYMENT)),
        Step("up", "dev"),
    ),
    "gone": (
        Step("up", "dev"),
        Step("refresh", "dev", before=("clock", "advance", "16d")),
        Step("up", "dev"),
    ),
    "imported": (
        Step("up", "prod-eu-swc"),
        Step("import", "prod-eu-swc", flags=("--file", "{root}/found.json")),
        Step("up", "prod-eu-swc"),
    ),
    "policy": (
        Step("up", "prod-eu-swc", "infra/__main__.py", "from infra.program import main\n\nmain()", FOREIGN_PROGRAM),
        Step("up", "prod-eu-swc", flags=("--policy-pack-config", "{root}/advisory.json")),
    ),
    "refused": (
        Step("up", "dev", DEV, ACCESS + WANTED, TOO_MUCH),
        Step("up", "dev", DEV, TOO_MUCH, ACCESS + WANTED),
    ),
}
