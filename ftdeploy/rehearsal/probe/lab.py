"""Where the probe works: a resource group of its own, with accounts that it makes and clears away."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from ftdeploy.errors import Place, Problem, ServiceRefused
from ftdeploy.rehearsal.probe.principal import read_principal
from ftdeploy.rehearsal.probe.wire import Exchange, Wire

Need = Literal["model", "application", "certificate", "tenant", "app service", "machine"]
NEEDS: dict[Need, str] = {
    "model": "a fine-tuned model, by --model and --source",
    "application": "a sign-in as an application",
    "certificate": "the application's certificate, by AZURE_CLIENT_CERTIFICATE_PATH",
    "tenant": "another tenant that knows the application, by --other-tenant",
    "app service": "to run in an App Service with an identity, which sets IDENTITY_ENDPOINT and IDENTITY_HEADER",
    "machine": "to run on a machine of Azure with an identity, told by --on-machine",
}
"""What a probe may need beside a subscription, and where it comes from."""

MODEL = {"format": "OpenAI", "name": "gpt-4o-mini", "version": "2024-07-18"}
"""The base model of every deployment: cheap, and sold nearly everywhere."""
_PROVIDER = "providers/Microsoft.CognitiveServices"
_GROUPS_VERSION = "2024-03-01"
_BUSY_SECONDS = 600
"""Ours: an account may be busy for a while after a write is said to be done."""


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
    certificate: str = field(default_factory=lambda: os.environ.get("AZURE_CLIENT_CERTIFICATE_PATH", ""))
    """The file with the application's key and certificate; empty for none."""
    tenant: str = ""
    """Another tenant that knows the probing application; empty for none."""
    service: str = field(default_factory=lambda: os.environ.get("IDENTITY_ENDPOINT", ""))
    """Where an App Service gives tokens; empty elsewhere."""
    service_header: str = field(default_factory=lambda: os.environ.get("IDENTITY_HEADER", ""))
    machine: str = ""
    """Where a machine of Azure gives tokens; empty elsewhere."""

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
        parts = self.source.split("/")[4::4]  # the source's group and account
        return (self.mark, self.subscription, self.model, *parts)

    def has(self, need: Need) -> bool:
        """Whether what a probe needs is there."""
        if need == "application":
            return read_principal(self.wire.get_token()).is_application
        found: dict[str, str] = {
            "model": self.model and self.source,
            "certificate": self.certificate,
            "tenant": self.tenant,
            "app service": self.service and self.service_header,
            "machine": self.machine,
        }
        return bool(found[need])

    def name_account(self, suffix: str) -> str:
        """The id of an account."""
        return f"{self.group}/{_PROVIDER}/accounts/{self.mark}{suffix}"

    def make_account(self, suffix: str, *, region: str = "", **properties: Any) -> Exchange:  # noqa: ANN401 JSON
        """Make an account, or begin to; its subdomain is its name unless told otherwise."""
        domain = {"customSubDomainName": f"{self.mark}{suffix}", "publicNetworkAccess": "Enabled"}
        body = {
            "location": region or self.region,
            "kind": "OpenAI",
            "sku": {"name": "S0"},
            "properties": {**domain, **properties},
        }
        return self.wire.ask("PUT", self.name_account(suffix), body)

    @contextmanager
    def own_account(self, suffix: str, *, region: str = "", **properties: Any) -> Iterator[str]:  # noqa: ANN401 JSON
        """An account that is deleted and purged at the end; its id."""
        account = self.name_account(suffix)
        try:
            self.wire.finish(self.make_account(suffix, region=region, **properties))
            yield account
        finally:
            self.remove_account(account, region=region)

    def deploy(  # noqa: PLR0913 what a deployment has
        self,
        name: str,
        *,
        account: str = "",
        sku: str = "GlobalStandard",
        capacity: int = 1,
        model: dict[str, str] | None = None,
        properties: dict[str, str] | None = None,
        waits: bool = True,
    ) -> Exchange:
        """Make a deployment in the account, or begin to; `model` changes the usual one.

        An account that is still busy is asked again, unless told otherwise.
        """
        said = {"model": MODEL | (model or {})} | (properties or {})
        body = {"sku": {"name": sku, "capacity": capacity}, "properties": said}
        place = f"{account or self.account}/deployments/{name}"

        def look() -> Exchange | None:
            answer = self.wire.ask("PUT", place, body)
            return None if waits and answer.code == "RequestConflict" else answer

        return self.wire.wait(look, limit_seconds=_BUSY_SECONDS) or self.wire.ask("PUT", place, body)

    @contextmanager
    def deployed(self, name: str, **wanted: Any) -> Iterator[Exchange]:  # noqa: ANN401 as `deploy`
        """A deployment that is removed at the end; how its making ended."""
        try:
            yield self.wire.finish(self.deploy(name, **wanted))
        finally:
            self.wire.remove(f"{wanted.get('account') or self.account}/deployments/{name}")

    def remove_account(self, account: str, *, region: str = "") -> None:
        """Delete an account with its deployments and purge it, whatever there is of it."""
        for each in self.list_all(f"{account}/deployments"):
            self.wire.remove(str(each["id"]))
        self.wire.remove(account)
        self.purge(account, region=region)

    def purge(self, account: str, *, region: str = "") -> None:
        """Purge a deleted account of the lab's region, or of another."""
        place = f"/subscriptions/{self.subscription}/{_PROVIDER}/locations/{region or self.region}"
        group, name = account.split("/")[4], account.rpartition("/")[2]
        self.wire.remove(f"{place}/resourceGroups/{group}/deletedAccounts/{name}")

    def list_left(self) -> list[str]:
        """Groups and accounts of this lab that are there, or deleted and not purged."""
        return [*self._list_accounts(), *self._list_deleted(), *self._list_groups()]

    def clear(self) -> None:
        """Delete and purge everything of the lab's."""
        for each in self._list_accounts():
            self.remove_account(each)
        for each in self._list_deleted():
            self.wire.remove(each)
        for each in self._list_groups():
            self.wire.remove(each, version=_GROUPS_VERSION)

    def list_all(self, path: str, *, version: str = "2025-06-01") -> list[dict[str, Any]]:
        """A list with all its pages; empty where there is none."""
        body = self.wire.ask("GET", path, version=version).body or {}
        found = list(body.get("value") or ())
        while body.get("nextLink"):
            headers = {"Authorization": f"Bearer {self.wire.get_token()}"}
            body = self.wire.send("GET", str(body["nextLink"]), headers=headers).body
            found.extend(body["value"])
        return found

    def _list_accounts(self) -> list[str]:
        return self._keep_own(self.list_all(f"/subscriptions/{self.subscription}/{_PROVIDER}/accounts"))

    def _list_deleted(self) -> list[str]:
        return self._keep_own(self.list_all(f"/subscriptions/{self.subscription}/{_PROVIDER}/deletedAccounts"))

    def _list_groups(self) -> list[str]:
        found = self.list_all(f"/subscriptions/{self.subscription}/resourcegroups", version=_GROUPS_VERSION)
        return self._keep_own(found)

    def _keep_own(self, found: list[dict[str, Any]]) -> list[str]:
        return [str(each["id"]) for each in found if self.mark in str(each["id"]).lower()]


@contextmanager
def open_lab(lab: Lab) -> Iterator[Lab]:
    """Make the group and the account; whatever happens inside, delete and purge everything of the lab's at the end."""
    try:
        set_up(lab)
        yield lab
    finally:
        lab.clear()


def set_up(lab: Lab) -> None:
    """Make the group and the account.

    Raises:
        ServiceRefused: one of the two is refused, so nothing can be asked.
    """
    _insist(lab, lab.wire.ask("PUT", lab.group, {"location": lab.region}, version=_GROUPS_VERSION))
    _insist(lab, lab.make_account(""))


def _insist(lab: Lab, begun: Exchange) -> None:
    answer = begun if begun.code else lab.wire.finish(begun)
    if answer.code:
        problem = f"the lab could not be made: {answer.status} {answer.code} {answer.message}"
        fix = "ask for Contributor and User Access Administrator, or name another subscription or region"
        raise ServiceRefused((Problem(problem=problem, where=Place(name=f"rg-{lab.mark}"), fix=fix),))
