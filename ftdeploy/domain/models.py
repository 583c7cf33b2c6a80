"""Base models, fine-tuned models, and how a fine-tuned model's name tells its base."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ftdeploy.domain.resource_ids import AccountId

# <base model>-<base version>.ft-<32 hex>, with "-suffix" on Azure or ":suffix" on OpenAI. Versions are dates, four
# digits in older models (gpt-35-turbo-0125), or a number (gpt-oss-20b-11).
# https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy (2026-02-11)
_FINE_TUNED = re.compile(
    r"(?P<base>.+?)-(?P<version>\d{4}-\d{2}-\d{2}|\d{1,4})\.ft-[0-9a-f]{32}(?:[-:][A-Za-z0-9_-]{1,40})?"
)
_NAMES_WITH_NUMBER = ("babbage-002", "davinci-002")
"""Whose number is part of the name; their version is 1."""
_CHECKPOINT = re.compile(r"ftchkpt-[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseModel:
    """What was fine-tuned, such as gpt-4o-mini of 2024-07-18."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"


@dataclass(frozen=True, slots=True, kw_only=True)
class FineTunedModel:
    """Weights in an account, such as `gpt-4o-mini-2024-07-18.ft-<32 hex>` or `ftchkpt-<32 hex>`."""

    name: str
    account: AccountId
    tenant: str
    """The tenant of the account's subscription."""
    base: BaseModel
    region: str = ""
    """Where the weights lie; empty where nobody says."""


def find_base(name: str) -> BaseModel | None:
    """The base that a fine-tuned model's name tells; None for checkpoints and other names that tell none."""
    match = _FINE_TUNED.fullmatch(name)
    if match is None:
        return None
    whole = f"{match['base']}-{match['version']}"
    if whole in _NAMES_WITH_NUMBER:
        return BaseModel(name=whole, version="1")
    return BaseModel(name=match["base"], version=match["version"])


def is_fine_tuned_name(name: str) -> bool:
    """Whether Azure could have given this name to a fine-tuned model or a checkpoint."""
    return find_base(name) is not None or _CHECKPOINT.fullmatch(name) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a model's weights are for one geography."""

    geography: str
    account: AccountId
    name: str
    """Name of the fine-tuned model or checkpoint in that account."""
    tenant: str | None
    """None where it is the tenant of the stack that deploys."""
    region: str = ""
    """Where the weights lie; empty where nobody says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What is promoted: `models/<name>/<id>`."""

    name: str
    id: str
    """First 12 hex digits of the digest of its `model.yaml`."""
    base: BaseModel
    origins: tuple[Origin, ...]
    """The current one of every geography, sorted by geography."""

    @property
    def reference(self) -> str:
        """As stack files name it, such as `support-bot@7c1f9a2b41d0`."""
        return f"{self.name}@{self.id}"

    def find_origin(self, geography: str) -> Origin | None:
        """Its origin for a geography; None when it has none there."""
        return next((each for each in self.origins if each.geography == geography), None)
