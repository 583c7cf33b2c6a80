"""Where the probe works: a resource group of its own, with accounts that it makes and clears away."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ftdeploy.rehearsal.probe.wire import Exchange, Wire

MODEL = {"format": "OpenAI", "name": "gpt-4o-mini", "version": "2024-07-18"}
"""The base model of every deployment: cheap, and sold nearly everywhere."""
_PROVIDER = "providers/Microsoft.CognitiveServices"


@dataclass(slots=True, kw_only=True)
class Lab:
    """A subscription, a region, and names that nobody else has."""

    wire: Wire
    subscription: str
    region: str
    mark: str = field(default_factory=lambda: f"ftprobe{uuid.uuid4().hex[:10]}")
    model: str = ""
    """A fine-tuned model to deploy; empty for none."""
    source: str = ""
    """The account that holds it."""

    @property
    def group(self) -> str:
        """The resource group's id."""
        return f"/subscriptions/{self.subscription}/resourceGroups/rg-{self.mark}"

    @property
    def account(self) -> str:
        """The id of the account that every probe may use and leaves as it was."""
        return self.name_account("")

    @property
    def names(self) -> tuple[str, ...]:
        """What must not be kept."""
        parts = [each for each in self.source.split("/") if each][-1:]
        return (self.mark, self.subscription, self.model, *parts)

    def name_account(self, suffix: str) -> str:
        """The id of an account."""
        return f"{self.group}/{_PROVIDER}/accounts/{self.mark}{suffix}"

    def make_account(self, suffix: str, **properties: Any) -> Exchange:  # noqa: ANN401 JSON
        """Make an account, or begin to; its subdomain is its name unless told otherwise."""
        domain = {"customSubDomainName": f"{self.mark}{suffix}", "publicNetworkAccess": "Enabled"}
        body = {
            "location": self.region,
            "kind": "OpenAI",
            "sku": {"name": "S0"},
            "properties": {**domain, **properties},
        }
        return self.wire.ask("PUT", self.name_account(suffix), body)

    def deploy(
        self,
        name: str,
        *,
        sku: str = "GlobalStandard",
        capacity: int = 1,
        model: dict[str, str] | None = None,
        properties: dict[str, str] | None = None,
    ) -> Exchange:
        """Make a deployment in the account, or begin to; `model` changes the usual one."""
        said = {"model": MODEL | (model or {})} | (properties or {})
        body = {"sku": {"name": sku, "capacity": capacity}, "properties": said}
        return self.wire.ask("PUT", f"{self.account}/deployments/{name}", body)

    def remove_account(self, account: str) -> None:
        """Delete an account and purge it, whatever there is of it."""
        self.wire.remove(account)
        self.purge(account)

    def purge(self, account: str) -> Exchange:
        """Purge a deleted account."""
        name = account.rpartition("/")[2]
        place = f"/subscriptions/{self.subscription}/{_PROVIDER}/locations/{self.region}"
        group = self.group.rpartition("/")[2]
        return self.wire.remove(f"{place}/resourceGroups/{group}/deletedAccounts/{name}")

    def list_left(self) -> list[str]:
        """Accounts of this lab that are there or deleted and not purged."""
        accounts = self.wire.ask("GET", f"{self.group}/{_PROVIDER}/accounts")
        deleted = self.wire.ask("GET", f"/subscriptions/{self.subscription}/{_PROVIDER}/deletedAccounts")
        found = [each for answer in (accounts, deleted) for each in (answer.body or {}).get("value") or ()]
        return [str(each["id"]) for each in found if self.mark in str(each["id"])]


@contextmanager
def open_lab(lab: Lab) -> Iterator[Lab]:
    """Make the group and the account; whatever happens inside, delete and purge everything of the lab's at the end."""
    try:
        lab.wire.finish(lab.wire.ask("PUT", lab.group, {"location": lab.region}, version="2024-03-01"))
        lab.wire.finish(lab.make_account(""))
        yield lab
    finally:
        _clear(lab)


def _clear(lab: Lab) -> None:
    names = {each.rpartition("/")[2] for each in lab.list_left()}
    for name in sorted(names):
        account = f"{lab.group}/{_PROVIDER}/accounts/{name}"
        deployments = lab.wire.ask("GET", f"{account}/deployments")
        for each in (deployments.body or {}).get("value") or ():
            lab.wire.remove(str(each["id"]))
        lab.remove_account(account)
    lab.wire.remove(lab.group, version="2024-03-01")
