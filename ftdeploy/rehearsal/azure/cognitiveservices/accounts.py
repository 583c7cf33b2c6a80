"""Accounts: what holds deployments and fine-tuned models, and answers model calls.

Not emulated: soft delete, regenerating keys, networks, encryption, what a managed identity of the account may do.
"""

from __future__ import annotations

import secrets

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.clock import render_time
from ftdeploy.rehearsal.azure.cognitiveservices import errors
from ftdeploy.rehearsal.azure.cognitiveservices.models import ACCOUNT_TYPE, make_etag, stamp
from ftdeploy.rehearsal.azure.ids import ArmPath, parse_arm_path
from ftdeploy.rehearsal.azure.resourcemanager.errors import location_required, resource_not_found
from ftdeploy.rehearsal.azure.resourcemanager.replies import render_result_headers
from ftdeploy.rehearsal.azure.resources import Resource, Resources, normalize_location

_SENT = ("kind", "sku", "location", "tags", "identity")


def put_account(call: Call, path: ArmPath) -> Reply:
    """Create (201) or update (200)."""
    existing = call.world.resources.find(path.id)
    body = call.read_json()
    location = normalize_location(str(body.get("location") or (existing.location if existing else "")))
    if not location:
        raise location_required()
    if existing is not None:
        check_idle(call, existing)
        if existing.location != location:
            raise errors.account_elsewhere(path.name, location=existing.location, group=path.group, wanted=location)
    account = build_account(existing.id if existing else path.id, {**body, "location": location})
    return _write(call, account, existing)


def patch_account(call: Call, path: ArmPath) -> Reply:
    """Change some of it: tags replace tags, properties are laid over properties."""
    existing = _get(call, path.id, path)
    check_idle(call, existing)
    sent = call.read_json()
    properties = {**existing.properties, **(sent.get("properties") or {})}
    kept = {key: sent[key] for key in _SENT if key in sent and key != "location"}
    account = build_account(existing.id, {**existing.body, **kept, "properties": properties})
    return _write(call, account, existing)


def get_account(call: Call, path: ArmPath) -> Reply:
    """One account."""
    return Reply(body=render_account(call, _get(call, path.id, path)))


def list_accounts(call: Call, path: ArmPath) -> Reply:
    """The accounts of a group or subscription."""
    found = call.world.resources.list_of_type(ACCOUNT_TYPE, below=path.parent)
    return Reply(body={"value": [render_account(call, each) for each in found]})


def delete_account(call: Call, path: ArmPath) -> Reply:
    """202 until it is gone with its deployments and models; 204 when there was none."""
    existing = call.world.resources.find(path.id)
    if existing is None:
        call.leans_on("deleting-nothing-is-204")
        return Reply(status=204)
    check_idle(call, existing)
    call.leans_on("accounts-are-gone-at-once")
    operation = call.world.operations.begin("delete", existing.id, lock=existing.id)
    return Reply(status=202, headers=render_result_headers(call, operation, parent=render_location(existing)))


def list_keys(call: Call, path: ArmPath) -> Reply:
    """Both keys, unless the account has none."""
    account = get_account_of(call, path)
    if account.properties.get("disableLocalAuth") and call.leans_on("no-keys-without-local-authentication"):
        raise errors.keys_disabled()
    return Reply(body={key: account.internal[key] for key in ("key1", "key2")})


def check_idle(call: Call, account: Resource) -> None:
    """409 while another write on the account, or on anything in it, is under way."""
    if call.world.operations.is_locked(account.id) and call.leans_on("one-write-per-account"):
        raise errors.request_conflict(account.id)


def get_account_of(call: Call, path: ArmPath) -> Resource:
    """The account that a path is in."""
    return _get(call, path.parent, parse_arm_path(path.parent))


def render_location(account: Resource) -> str:
    """Where operations on an account are asked for."""
    subscription = account.path.subscription
    return f"/subscriptions/{subscription}/providers/Microsoft.CognitiveServices/locations/{account.location}"


def build_account(resource_id: str, body: Json) -> Resource:
    """An account as Azure would answer it, but for its endpoint; with keys."""
    defaults: Json = {"publicNetworkAccess": "Enabled", "disableLocalAuth": False}
    sent = {key: value for key, value in (body.get("properties") or {}).items() if value is not None}
    kept = {key: body[key] for key in _SENT if body.get(key) is not None}
    properties = {**defaults, **sent, "provisioningState": "Succeeded"}
    return Resource(
        id=resource_id,
        type=ACCOUNT_TYPE,
        body={**kept, "properties": properties, "etag": make_etag()},
        internal={"key1": secrets.token_hex(16), "key2": secrets.token_hex(16)},
    )


def render_account(call: Call, account: Resource) -> Json:
    """The answer, with endpoints that lead back to this emulator by the address the client used."""
    endpoint = f"{call.base_url}/accounts/{get_subdomain(account)}/"
    names = ("OpenAI Language Model Instance API", "OpenAI Model Scaleset API")
    properties = {**account.properties, "endpoint": endpoint, "endpoints": dict.fromkeys(names, endpoint)}
    return {**account.render(), "properties": properties}


def get_subdomain(account: Resource) -> str:
    """The name by which model calls find an account: its custom subdomain, or its own name."""
    return str(account.properties.get("customSubDomainName") or account.name)


def find_by_subdomain(resources: Resources, name: str) -> Resource | None:
    """The account that answers model calls under a name."""
    accounts = resources.list_of_type(ACCOUNT_TYPE)
    return next((each for each in accounts if get_subdomain(each).lower() == name.lower()), None)


def _write(call: Call, account: Resource, existing: Resource | None) -> Reply:
    """Save and begin the operation; keys and the time of creation stay."""
    holder = find_by_subdomain(call.world.resources, get_subdomain(account))
    if holder is not None and holder.key != account.key and call.leans_on("subdomains-are-unique"):
        raise errors.domain_in_use(get_subdomain(account))
    if existing is not None:
        account.internal = existing.internal
    account.body["systemData"] = stamp(call, existing)
    now = render_time(call.world.clock.now())
    account.properties["dateCreated"] = existing.properties.get("dateCreated", now) if existing else now
    call.world.resources.save(account)
    operation = call.world.operations.begin("update" if existing else "create", account.id, lock=account.id)
    headers = render_result_headers(call, operation, parent=render_location(account))
    return Reply(status=200 if existing else 201, body=_render_saved(call, account), headers=headers)


def _render_saved(call: Call, account: Resource) -> Json:
    return render_account(call, call.world.resources.find(account.id) or account)


def _get(call: Call, resource_id: str, path: ArmPath) -> Resource:
    found = call.world.resources.find(resource_id)
    if found is None:
        raise resource_not_found(path)
    return found
