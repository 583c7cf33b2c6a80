"""The tags by which Azure's own resources tell what they are for.

The Git commit is none of them: it would rewrite every deployment on every merge. Pulumi's update history has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ftdeploy.domain.abilities import Ability
from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.stacks import Deployment, Load, Stack, WhenIdle

MODEL = "ftdeploy-model"
"""What is promoted, such as `support-bot@7c1f9a2b41d0`; absent where the stack file names the weights themselves."""
BASE_NAME = "ftdeploy-base-name"
BASE_VERSION = "ftdeploy-base-version"
OWNER = "ftdeploy-owner"
STAGE = "ftdeploy-stage"
GEOGRAPHY = "ftdeploy-geography"
LOAD = "ftdeploy-load"
"""What it is sized for, such as `300 rpm, 800 prompt tokens, 200 completion tokens`."""
NEEDS = "ftdeploy-needs"
"""What its callers rely on, such as `structuredOutput vision`."""
WHEN_IDLE = "ftdeploy-when-idle"

_LOAD = re.compile(r"(\d{1,9}) rpm, (\d{1,9}) prompt tokens, (\d{1,9}) completion tokens")


def list_deployment_tags(deployment: Deployment, stack: Stack) -> dict[str, str]:
    """Tags of a deployment: its model, the base that `ftchkpt-…` does not tell, and what rules have to know."""
    base = deployment.model.base
    said = {
        MODEL: deployment.model_id,
        LOAD: render_load(deployment.load) if deployment.load else "",
        NEEDS: " ".join(sorted(deployment.needs)),
        WHEN_IDLE: deployment.when_idle or "",
    }
    own = {BASE_NAME: base.name, BASE_VERSION: base.version} | {key: value for key, value in said.items() if value}
    return list_stack_tags(stack) | own


def list_stack_tags(stack: Stack) -> dict[str, str]:
    """Tags of everything that a stack makes: its own, whom to ask, and which limits hold for it."""
    owner = {OWNER: stack.owner} if stack.owner else {}
    return dict(stack.tags) | owner | {STAGE: stack.stage, GEOGRAPHY: stack.geography}


def render_load(load: Load) -> str:
    """A load as its tag has it."""
    return f"{load.rpm} rpm, {load.prompt_tokens} prompt tokens, {load.completion_tokens} completion tokens"


def find_tagged_base(tags: Mapping[str, str]) -> BaseModel | None:
    """The base that a deployment's tags tell; None where they do not."""
    name = tags.get(BASE_NAME, "")
    return BaseModel(name=name, version=tags.get(BASE_VERSION, "")) if name else None


def find_tagged_load(tags: Mapping[str, str]) -> Load | None:
    """What a deployment's tags say it is sized for; None where they do not."""
    match = _LOAD.fullmatch(tags.get(LOAD, ""))
    if match is None:
        return None
    rpm, prompt_tokens, completion_tokens = (int(each) for each in match.groups())
    return Load(rpm=rpm, prompt_tokens=prompt_tokens, completion_tokens=completion_tokens)


def find_tagged_needs(tags: Mapping[str, str]) -> frozenset[Ability]:
    """What a deployment's tags say that its callers rely on."""
    known = {each.value: each for each in Ability}
    return frozenset(known[each] for each in tags.get(NEEDS, "").split() if each in known)


def find_tagged_idle(tags: Mapping[str, str]) -> WhenIdle | None:
    """What a deployment's tags say of idle days; None where they do not."""
    known = {each.value: each for each in WhenIdle}
    return known.get(tags.get(WHEN_IDLE, ""))
