"""What a stack file's keys must be to each other and to the rest of the repository.

Read from plain values, not from the schema's records, so that these problems are told together with a schema's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ftdeploy.domain.facts import Facts
from ftdeploy.domain.fleet import Default, Fleet
from ftdeploy.domain.resource_ids import AccountId, find_account_id
from ftdeploy.files.capacity import check_capacity
from ftdeploy.files.documents import KeyPath
from ftdeploy.files.findings import Findings
from ftdeploy.files.models import Shelf
from ftdeploy.files.names import check_date
from ftdeploy.files.references import check_model

_NEW = ("name", "resourceGroup", "region", "kind", "publicNetworkAccess")
_ONLY_NEW = (*(each for each in _NEW if each != "region"), "customerManagedKey", "diagnostics")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a stack file is checked against."""

    name: str
    """The stack's name."""
    fleet: Fleet | None
    """None where `fleet.yaml` is not right itself."""
    facts: Facts
    shelf: Shelf


def check_stack_file(findings: Findings, around: Surroundings) -> None:
    """Adds every problem between the keys of a stack file, its fleet, the models and the facts."""
    stack = findings.document.value
    if around.fleet is not None:
        _check_stage(findings, stack, around.fleet)
        _check_owner(findings, stack, around)
    accounts = stack.get("accounts")
    if isinstance(accounts, dict):
        for key, account in accounts.items():
            if isinstance(account, dict):
                _check_account(findings, ("accounts", key), account, around)
        _check_twice(findings, accounts, stack.get("subscription"))
    _check_removals(findings, stack.get("removals"))


def list_defaults(stack: Mapping[str, object], name: str, fleet: Fleet) -> Iterator[Default]:
    """The defaults that hold for a stack, in file order."""
    stage, geography = str(stack.get("stage")), str(stack.get("geography"))
    return (each for each in fleet.defaults if each.is_for(stack=name, stage=stage, geography=geography))


def _check_stage(findings: Findings, stack: Mapping[str, object], fleet: Fleet) -> None:
    stage = stack.get("stage")
    if isinstance(stage, str) and stage not in fleet.stages:
        findings.add_unknown(("stage",), kind="stage", value=stage, allowed=fleet.stages)


def _check_owner(findings: Findings, stack: Mapping[str, object], around: Surroundings) -> None:
    defaults = list_defaults(stack, around.name, around.fleet) if around.fleet else ()
    if "owner" not in stack and not any(each.owner for each in defaults):
        fix = "write `owner:` with an address to ask, here or in the defaults of `fleet.yaml`"
        findings.add(("owner",), "`owner` is missing", fix=fix)


def _check_removals(findings: Findings, removals: object) -> None:
    for index, entry in enumerate(removals if isinstance(removals, list) else ()):
        expires = entry.get("expires") if isinstance(entry, dict) else None
        if isinstance(expires, str):
            check_date(findings, ("removals", index, "expires"), expires)


def _check_account(findings: Findings, path: KeyPath, account: Mapping[str, object], around: Surroundings) -> None:
    _check_existence(findings, path, account)
    region = account.get("region")
    if isinstance(region, str) and region not in around.facts.regions:
        findings.add_unknown((*path, "region"), kind="region", value=region, allowed=around.facts.regions)
    access = account.get("access")
    _check_access_twice(findings, (*path, "access"), access)
    for index, entry in enumerate(access if isinstance(access, list) else ()):
        role = entry.get("role") if isinstance(entry, dict) else None
        if isinstance(role, str) and role not in around.facts.roles:
            at = (*path, "access", index, "role")
            findings.add_unknown(at, kind="role", value=role, allowed=around.facts.roles)
    deployments = account.get("deployments")
    _check_names_twice(findings, (*path, "deployments"), deployments)
    for key, entry in deployments.items() if isinstance(deployments, dict) else ():
        if isinstance(entry, dict):
            at = (*path, "deployments", key)
            check_capacity(findings, at, entry)
            check_model(findings, at, entry.get("model"), around.shelf)


def _check_access_twice(findings: Findings, path: KeyPath, access: object) -> None:
    """Nobody is given one role twice."""
    given: set[tuple[str, str]] = set()
    for index, entry in enumerate(access if isinstance(access, list) else ()):
        if isinstance(entry, dict):
            grant = (str(entry.get("principal")).lower(), str(entry.get("role")))
            if grant in given:
                findings.add((*path, index), "the principal has this role already", fix="remove one of the two entries")
            given.add(grant)


def _check_names_twice(findings: Findings, path: KeyPath, deployments: object) -> None:
    """No two deployments differ by letter case alone, which Azure does not tell apart."""
    first_names: dict[str, str] = {}
    for key in deployments if isinstance(deployments, dict) else ():
        first = first_names.setdefault(key.lower(), key)
        if first != key:
            fix = "rename one of the two: Azure does not tell letter case apart"
            findings.add((*path, key), f"`{first}` and `{key}` are one deployment", fix=fix)


def _check_existence(findings: Findings, path: KeyPath, account: Mapping[str, object]) -> None:
    """An account exists already, or has everything that is needed to create it."""
    written = [each for each in _NEW if each in account]
    if "existing" in account:
        for key in (each for each in _ONLY_NEW if each in account):
            fix = f"remove `{key}`, or remove `existing` to create an account"
            findings.add((*path, key), f"`{key}` stands beside `existing`", fix=fix)
    elif not written:
        needed = ", ".join(f"`{each}`" for each in _NEW)
        fix = f"write `existing:` with the account's id, or all of {needed} to create one"
        findings.add(path, "nothing says which account this is", fix=fix)
    else:
        for key in (each for each in _NEW if each not in written):
            _say_missing(findings, (*path, key))


def _say_missing(findings: Findings, path: KeyPath) -> None:
    examples = {"name": "contoso-support-dev", "resourceGroup": "rg-support-dev", "region": "swedencentral"}
    closed = {"kind": ("OpenAI", "AIServices"), "publicNetworkAccess": ("Enabled", "Disabled")}
    key = str(path[-1])
    allowed = closed.get(key, ())
    such = "one of the allowed values" if allowed else f"a value, such as `{examples[key]}`"
    findings.add(path, f"`{key}` is missing", fix=f"write `{key}:` with {such}", allowed=allowed)


def _check_twice(findings: Findings, accounts: Mapping[str, object], subscription: object) -> None:
    """No Azure account stands under two keys, and none is in another subscription."""
    first_keys: dict[str, str] = {}
    for key, account in accounts.items():
        found = _find_id(account, subscription)
        if found is None:
            continue
        first = first_keys.setdefault(str(found).lower(), key)
        if first != key:
            fix = f"move its access and deployments below `{first}`"
            findings.add(("accounts", key), f"`{first}` is the same Azure account, {found.name}", fix=fix)
        if isinstance(subscription, str) and found.subscription.lower() != subscription.lower():
            fix = "write its deployments into a stack of that subscription"
            problem = f"the account is in subscription {found.subscription}, and the stack in {subscription}"
            findings.add(("accounts", key, "existing"), problem, fix=fix)


def _find_id(account: object, subscription: object) -> AccountId | None:
    if not isinstance(account, dict):
        return None
    existing, group, name = (account.get(key) for key in ("existing", "resourceGroup", "name"))
    if isinstance(existing, str):
        return find_account_id(existing)
    if isinstance(group, str) and isinstance(name, str) and isinstance(subscription, str):
        return AccountId(subscription=subscription, resource_group=group, name=name)
    return None
