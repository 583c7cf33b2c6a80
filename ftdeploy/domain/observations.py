"""What was seen in Azure: accounts, deployments, calls, answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ftdeploy.domain.idleness import Idleness
from ftdeploy.domain.resource_ids import AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountState:
    """An account as Azure has it."""

    id: AccountId
    region: str
    endpoint: str
    """Where its models answer, such as `https://contoso-support-dev-swc.openai.azure.com/`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedAccount:
    """An account that was deleted and is kept by Azure until it is purged: name and subdomain stay taken."""

    id: AccountId
    region: str
    deleted_at: datetime | None
    purge_at: datetime | None
    """When Azure purges it by itself; both None where Azure's answer does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentState:
    """A deployment as Azure has it."""

    name: str
    model: str
    """The fine-tuned or base model's name."""
    sku: str
    """Azure's literal, in whatever letter case it answered."""
    created_at: datetime | None
    """None where Azure's answer does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallHistory:
    """The calls that Azure Monitor counted for one deployment."""

    since: datetime
    """Begin of the window that was looked at."""
    last_call_at: datetime | None
    """Begin of the hour of the last counted call; None when the window is complete and holds none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmeasured:
    """Calls that are not known: which is not the same as none."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCalls:
    """The calls that Azure Monitor counted for the deployments of one account."""

    since: datetime
    """Begin of the window that was looked at."""
    last_calls: Mapping[str, datetime | None]
    """By deployment name in lower case; None where every hour counted zero."""
    unmeasured: Mapping[str, str] = field(default_factory=dict)
    """Deployment name in lower case to the reason."""
    missing: str = ""
    """Why deployments without a series are not known; empty where they had no calls."""

    def get_history(self, deployment: str) -> CallHistory | Unmeasured:
        """What is known of a deployment's calls, its name in any letter case."""
        name = deployment.lower()
        if name in self.unmeasured:
            return Unmeasured(reason=self.unmeasured[name])
        if name in self.last_calls or not self.missing:
            return CallHistory(since=self.since, last_call_at=self.last_calls.get(name))
        return Unmeasured(reason=self.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a deployment answered to one question."""

    text: str
    model: str
    """As the answer itself names it."""
    finish_reason: str
    """`stop`, `length` or `content_filter`."""
    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A deployment, wanted or found, and what its calls say of it."""

    account: AccountId
    deployment: str
    is_wanted: bool
    """Whether the stack file names it."""
    created_at: datetime | None = None
    last_call_at: datetime | None = None
    """None where no call was counted, or `reason` says that calls are not known."""
    idleness: Idleness | None = None
    """None where the deployment is not in Azure, or Azure does not say when it was created."""
    is_absent: bool = False
    """Whether it is wanted and not in Azure."""
    reason: str = ""
    """Why something is not known; empty when everything is."""

    @property
    def verdict(self) -> str:
        """`active`, `idle`, `too young`, `unknown` or `absent`."""
        if self.is_absent:
            return "absent"
        return self.idleness.verdict.value.replace("-", " ") if self.idleness else "unknown"
