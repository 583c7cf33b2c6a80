"""What exists beforehand, from a JSON file; applied once, to a new state.

    {"tenants": [{"id": "…", "name": "contoso"}],
     "subscriptions": [{"id": "…", "tenant": "…", "name": "…"}],
     "principals": [{"objectId": "…", "clientId": "…", "tenant": "…", "name": "…", "secret": "…", "alsoIn": ["…"]},
                    {"objectId": "…", "clientId": "…", "tenant": "…", "name": "…", "identity": true},
                    {…, "certificate": "-----BEGIN CERTIFICATE-----…",
                     "federatedCredentials": [{"issuer": "https://…", "subject": "repo:…", "audience": "api://…"}]}],
     "roleAssignments": [{"principal": "<objectId>", "role": "<GUID or name>", "scope": "/subscriptions/…"}],
     "resources": [{"id": "/subscriptions/…", "body": {"location": "swedencentral"}, "createdDaysAgo": 20}],
     "fineTunedModels": [{"account": "/subscriptions/…", "name": "….ft-…", "base": {"name": "…", "version": "…"}}],
     "quota": [{"subscription": "…", "location": "…", "name": "OpenAI.Standard.…-finetune", "limit": 250}],
     "capacity": [{"location": "…", "sku": "ProvisionedManaged", "model": "gpt-4o-mini", "available": 100}],
     "calls": [{"account": "/subscriptions/…", "deployment": "…", "daysAgo": 3, "count": 12},
               {"account": "contoso-dev", "deployment": "bot", "calls": 1000, "from": "2026-11-01"}],
     "settings": {"operationSeconds": 0.0},
     "clock": {"set": "2025-02-20T00:00:00Z"}}

A principal admitted to a further tenant (`alsoIn`) keeps its object id there; on Azure it would get another.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from ftdeploy.rehearsal.azure.authorization.models import build_assignment, render_definition_id
from ftdeploy.rehearsal.azure.clock import parse_time, render_time
from ftdeploy.rehearsal.azure.cognitiveservices.accounts import build_account
from ftdeploy.rehearsal.azure.cognitiveservices.deployments import build_deployment, describe_given
from ftdeploy.rehearsal.azure.cognitiveservices.models import read_wish
from ftdeploy.rehearsal.azure.cognitiveservices.types import ACCOUNT_TYPE, DEPLOYMENT_TYPE
from ftdeploy.rehearsal.azure.cognitiveservices.witness import name_pool
from ftdeploy.rehearsal.azure.entra.models import Principal, keep_principal
from ftdeploy.rehearsal.azure.ids import ArmPath, parse_arm_path
from ftdeploy.rehearsal.azure.pouring import BadTraffic, pour
from ftdeploy.rehearsal.azure.rbac import find_role
from ftdeploy.rehearsal.azure.resources import Resource, normalize_location
from ftdeploy.rehearsal.azure.settings import BadSetting
from ftdeploy.rehearsal.azure.traffic import Traffic
from ftdeploy.rehearsal.azure.world import World

Entry = dict[str, Any]
_APPLIED = "scenarioApplied"


class BadScenario(ValueError):
    """The scenario names something that it does not define, or that the emulator does not know."""


def apply_once(world: World, path: Path) -> None:
    """Put what the file lists into the state, unless a scenario was put there before.

    Raises:
        BadScenario: the file cannot be read or contradicts itself.
    """
    if world.store.find_setting(_APPLIED) is not None:
        return
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadScenario(f"{path}: {error}") from error
    unknown = sorted(set(content).difference(_STEPS, {"clock"}))
    if unknown:
        raise BadScenario(f"{path}: unknown key {unknown[0]}; known: {', '.join(_STEPS)}")
    if "clock" in content:
        _begin_clock(world, content["clock"])
    for key, step in _STEPS.items():
        for entry in content.get(key) or ():
            _apply(world, step, key, entry if isinstance(entry, dict) else {entry: content[key][entry]})
    _describe_deployments(world)
    world.store.keep_setting(_APPLIED, "yes")


def _begin_clock(world: World, entry: Entry) -> None:
    """A new world may begin at any moment, past ones included; `daysAgo` counts from it."""
    try:
        begins = parse_time(str(entry.get("set", "")))
    except ValueError as error:
        raise BadScenario('clock: it is {"set": "2025-02-20T00:00:00Z"}') from error
    world.move_clock((begins - world.clock.now()).total_seconds())


def _describe_deployments(world: World) -> None:
    """Note what given deployments count against, now that the models are there."""
    for deployment in list(world.resources.list_of_type(DEPLOYMENT_TYPE)):
        account = _check_account(world, deployment.path.parent)
        describe_given(world, deployment, account_id=account.id, location=account.location)
        world.resources.save(deployment)


def _apply(world: World, step: Callable[[World, Entry], None], key: str, entry: Entry) -> None:
    try:
        step(world, entry)
    except KeyError as error:
        raise BadScenario(f"{key}: an entry lacks {error}") from error


def _add_tenant(world: World, entry: Entry) -> None:
    world.store.write("INSERT INTO tenants VALUES (?, ?)", entry["id"].lower(), entry.get("name", ""))


def _add_subscription(world: World, entry: Entry) -> None:
    tenant = _check_tenant(world, entry["tenant"])
    values = (entry["id"].lower(), tenant, entry.get("name", ""))
    world.store.write("INSERT INTO subscriptions VALUES (?, ?, ?)", *values)


def _add_principal(world: World, entry: Entry) -> None:
    for tenant in (entry["tenant"], *entry.get("alsoIn", ())):
        principal = Principal(
            object_id=entry["objectId"],
            client_id=entry["clientId"],
            tenant=_check_tenant(world, tenant),
            secret=entry.get("secret", ""),
            certificate=entry.get("certificate", ""),
            federated=tuple(entry.get("federatedCredentials", ())),
        )
        keep_principal(world.store, principal, name=entry.get("name", ""), is_identity=bool(entry.get("identity")))


def _add_assignment(world: World, entry: Entry) -> None:
    role = find_role(entry["role"])
    if role is None:
        raise BadScenario(f"roleAssignments: no built-in role is called {entry['role']}")
    scope = parse_arm_path(entry["scope"])
    name = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{scope.key}|{entry['principal']}|{role.id}"))
    properties = {
        "roleDefinitionId": render_definition_id(role, scope.subscription),
        "principalId": entry["principal"],
        "principalType": "ServicePrincipal",
    }
    assignment = build_assignment(scope.id, name, properties)
    assignment.is_given = True
    world.resources.save(assignment)


def _add_resource(world: World, entry: Entry) -> None:
    path = parse_arm_path(entry["id"])
    _check_around(world, path)
    body = dict(entry.get("body") or {})
    created = render_time(world.clock.now() - timedelta(days=float(entry.get("createdDaysAgo", 0))))
    resource = _build_resource(world, path, body)
    resource.is_given = True
    resource.properties.setdefault("provisioningState", "Succeeded")
    if path.type in (ACCOUNT_TYPE, DEPLOYMENT_TYPE):
        stamp = {"createdByType": "Application", "createdAt": created, "lastModifiedAt": created}
        resource.body["systemData"] = {**stamp, **body.get("systemData", {})}
    if path.type == ACCOUNT_TYPE:
        resource.properties.setdefault("dateCreated", resource.body["systemData"]["createdAt"])
    world.resources.save(resource)


def _build_resource(world: World, path: ArmPath, body: Entry) -> Resource:
    if "location" in body:
        body["location"] = normalize_location(body["location"])
    if path.type == ACCOUNT_TYPE:
        return build_account(path.id, body)
    if path.type == DEPLOYMENT_TYPE:
        return build_deployment(path.id, body, read_wish(body))
    return Resource(id=path.id, type=path.type, body=body)


def _add_model(world: World, entry: Entry) -> None:
    account = _check_account(world, entry["account"])
    base, deployable = entry["base"], bool(entry.get("deployable", True))
    values = (account.key, entry["name"], base["name"], base["version"], deployable)
    world.store.write("INSERT INTO fine_tuned_models VALUES (?, ?, ?, ?, ?)", *values)


def _add_quota(world: World, entry: Entry) -> None:
    world.store.write(
        "INSERT INTO quota VALUES (?, ?, ?, ?)",
        entry["subscription"].lower(),
        normalize_location(entry["location"]),
        entry["name"].lower(),
        int(entry["limit"]),
    )


def _add_capacity(world: World, entry: Entry) -> None:
    values = (
        normalize_location(entry["location"]),
        name_pool(entry["sku"]).lower(),
        str(entry.get("model", "")).lower(),
    )
    world.store.write("INSERT INTO capacity VALUES (?, ?, ?, ?)", *values, int(entry["available"]))


def _add_calls(world: World, entry: Entry) -> None:
    """Calls of some days ago, or as `PUT /_rehearsal/traffic` takes them."""
    if "daysAgo" not in entry:
        _pour(world, entry)
        return
    account = _check_account(world, entry["account"])
    at = world.clock.now() - timedelta(days=float(entry["daysAgo"]))
    known = {"account": account.key, "deployment": entry["deployment"].lower(), "region": account.location}
    traffic = Traffic(**known, at=at, count=int(entry["count"]))
    world.traffic.keep(traffic)


def _pour(world: World, entry: Entry) -> None:
    try:
        pour(world, entry)
    except BadTraffic as error:
        raise BadScenario(f"calls: {error}") from error


def _set(world: World, entry: Entry) -> None:
    for name, value in entry.items():
        try:
            world.settings.put(name, value)
        except BadSetting as error:
            raise BadScenario(f"settings: {error}") from error


def _check_tenant(world: World, tenant: str) -> str:
    if world.store.find_row("SELECT 1 FROM tenants WHERE id = ?", tenant.lower()) is None:
        raise BadScenario(f"no tenant has the id {tenant}; add it to tenants")
    return tenant.lower()


def _check_account(world: World, account_id: str) -> Resource:
    found = world.resources.find(account_id)
    if found is None:
        raise BadScenario(f"there is no account {account_id}; add it to resources")
    return found


def _check_around(world: World, path: ArmPath) -> None:
    around = parse_arm_path(path.parent)
    if path.subscription and world.find_tenant_of(path.subscription) is None:
        raise BadScenario(f"no subscription has the id {path.subscription}; add it to subscriptions")
    if around.group and world.resources.find(around.id) is None:
        raise BadScenario(f"{path.id} stands before {around.id}, or without it; add that to resources first")


# In this order, so that what is named exists already.
_STEPS: dict[str, Callable[[World, Entry], None]] = {
    "tenants": _add_tenant,
    "subscriptions": _add_subscription,
    "principals": _add_principal,
    "resources": _add_resource,
    "roleAssignments": _add_assignment,
    "fineTunedModels": _add_model,
    "quota": _add_quota,
    "capacity": _add_capacity,
    "calls": _add_calls,
    "settings": _set,
}
