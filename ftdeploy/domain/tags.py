"""The tags by which Azure's own resources tell what they are for.

The Git commit is none of them: it would rewrite every deployment on every merge. Pulumi's update history has it.
"""

from __future__ import annotations

from collections.abc import Mapping

from ftdeploy.domain.models import BaseModel
from ftdeploy.domain.stacks import Deployment, Stack

MODEL = "ftdeploy-model"
"""What is promoted, such as `support-bot@7c1f9a2b41d0`; absent where the stack file names the weights themselves."""
BASE_NAME = "ftdeploy-base-name"
BASE_VERSION = "ftdeploy-base-version"
OWNER = "ftdeploy-owner"
STAGE = "ftdeploy-stage"


def list_deployment_tags(deployment: Deployment) -> dict[str, str]:
    """Tags of a deployment: its model, and the base that `ftchkpt-…` does not tell."""
    base = deployment.model.base
    model = {MODEL: deployment.model_id} if deployment.model_id else {}
    return model | {BASE_NAME: base.name, BASE_VERSION: base.version}


def list_account_tags(stack: Stack) -> dict[str, str]:
    """Tags of what a stack creates for its accounts: whom to ask, and how far from production it is."""
    owner = {OWNER: stack.owner} if stack.owner else {}
    return owner | {STAGE: stack.stage}


def find_tagged_base(tags: Mapping[str, str]) -> BaseModel | None:
    """The base that a deployment's tags tell; None where they do not."""
    name = tags.get(BASE_NAME, "")
    return BaseModel(name=name, version=tags.get(BASE_VERSION, "")) if name else None
