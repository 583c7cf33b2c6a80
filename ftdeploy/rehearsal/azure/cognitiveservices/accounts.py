"""Accounts: what holds deployments and fine-tuned models, and answers model calls.

Not emulated: encryption, private endpoints, If-Match, what a managed identity of the account may do.
"""

from __future__ import annotations

import secrets

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.clock import render_time
from ftdeploy.rehearsal.azure.cognitiveservices import errors
from ftdeploy.rehearsal.azure.cognitiveservices.deleted import DeletedAccount
from ftdeploy.rehearsal.azure.cognitiveservices.identities import describe_identity
from ftdeploy.rehearsal.azure.cognitiveservices.lifetimes import plan_end
from ftdeploy.rehearsal.azure.cognitiveservices.models import make_etag, read_object, stamp
from ftdeploy.rehearsal.azure.cognitiveservices.names import (
    LOOKUP,
    check_kind,
    check_new,
    check_subdomain,
    get_subdomain,
)
from ftdeploy.rehearsal.azure.cognitiveservices.network import check_rules
from ftdeploy.rehearsal.azure.cognitiveservices.types import ACCOUNT_TYPE, DEPLOYMENT_TYPE
from ftdeploy.rehearsal.azure.ids import ArmPath, parse_arm_path
from ftdeploy.rehearsal.azure.paging import page
from ftdeploy.rehearsal.azure.resourcemanager.errors import location_required, resource_not_found
from ftdeploy.rehearsal.azure.resourcemanager.replies import render_result_headers
from ftdeploy.rehearsal.azure.resources import Resource, normalize_location

_KEYS = ("key1", "key2")
_OFFERED = {"kind": "OpenAI", "sku": {"name": "S0"}}
"""What a new account is whose request does not say; ours."""
_SENT = ("kind", "sku", "location", "tags", "identity")


def put_account(call: Call, path: ArmPath) -> Reply:
    """Create (201), update (200), or bring back what was deleted."""
    existing = call.world.resources.find(path.id)
    body = _read_body(call)
    deleted = call.world.deleted.find(path.id) if existing is None else None
    is_wanted_back = read_object(body, "properties").get("restore") is True
    if deleted is not None:
        return _restore(call, deleted, is_wanted_back=is_wanted_back)
    if is_wanted_back and call.leans_on("only-deleted-accounts-are-restored"):
        raise errors.nothing_to_restore(path.id)
    location = normalize_location(str(body.get("location") or (existing.location if existing else "")))
    if not location:
        raise location_required()
    offered = {
        key: body.get(key) or (existing.body.get(key) if existing else None) or _OFFERED[key] for key in _OFFERED
    }
    body = {**body, **offered}
    if existing is None:
        check_new(call, path, body, location)
    else:
        check_idle(call, existing)
        check_kind(call, body, location)
        if existing.location != location:
            raise errors.account_elsewhere(path.name, location=existing.location, group=path.group, wanted=location)
    kept = {"customSubDomainName": existing.properties.get("customSubDomainName")} if existing else {}
    body = {**body, "location": location, "properties": {**kept, **(body.get("properties") or {})}}
    account = build_account(existing.id if existing else path.id, body)
    return _write(call, account, existing)


def _restore(call: Call, deleted: DeletedAccount, *, is_wanted_back: bool) -> Reply:
    if not is_wanted_back:
        raise errors.flag_must_be_set(deleted.account.id)
    account = call.world.deleted.restore(deleted)
    for each in deleted.inner:
        if each.type == DEPLOYMENT_TYPE:
            plan_end(call.world, each)
    operation = call.world.operations.begin("create", account.id, lock=account.id)
    headers = render_result_headers(call, operation, parent=render_location(account))
    return Reply(status=201, body=_render_saved(call, account), headers=headers)


def _read_body(call: Call) -> Json:
    body = call.read_json()
    for name in ("sku", "properties", "tags", "identity"):
        read_object(body, name)
    read_object(read_object(body, "properties"), "networkAcls")
    return body


def patch_account(call: Call, path: ArmPath) -> Reply:
    """Change some of it: tags replace tags, properties are laid over properties."""
    existing = _get(call, path.id, path)
    check_idle(call, existing)
    sent = _read_body(call)
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
    return Reply(body=page(call, (render_account(call, each) for each in found)))


def delete_account(call: Call, path: ArmPath) -> Reply:
    """202 until it is gone with its deployments and models; 204 when there was none."""
    existing = call.world.resources.find(path.id)
    if existing is None:
        call.needs("deleting-nothing-is-204")
        return Reply(status=204)
    check_idle(call, existing)
    operation = call.world.operations.begin("delete", existing.id, lock=existing.id)
    return Reply(status=202, headers=render_result_headers(call, operation, parent=render_location(existing)))


def list_keys(call: Call, path: ArmPath) -> Reply:
    """Both keys, unless the account has none."""
    account = get_account_of(call, path)
    check_ready(call, account)
    if account.properties.get("disableLocalAuth") and call.leans_on("no-keys-without-local-authentication"):
        raise errors.keys_disabled()
    return Reply(body=_render_keys(account))


def regenerate_key(call: Call, path: ArmPath) -> Reply:
    """`{"keyName": "Key1"}` makes one of the two anew."""
    account = get_account_of(call, path)
    name = str(call.read_json().get("keyName") or "")
    if name.lower() not in _KEYS:
        raise errors.no_such_key(name)
    if call.leans_on("keys-are-regenerated"):
        account.internal[name.lower()] = secrets.token_hex(16)
        call.world.resources.save(account)
    return Reply(body=_render_keys(account))


def _render_keys(account: Resource) -> Json:
    return {key: account.internal[key] for key in _KEYS}


def check_idle(call: Call, account: Resource) -> None:
    """409 while another write on the account, or on anything in it, is under way."""
    if call.world.operations.is_locked(account.id) and call.leans_on("one-write-per-account"):
        raise errors.request_conflict(account.id)


def check_ready(call: Call, account: Resource) -> None:
    """400 while the account itself is still being made."""
    state = str(account.properties.get("provisioningState"))
    if state in ("Accepted", "Creating") and call.leans_on("account-must-be-ready"):
        raise errors.account_not_ready(account.id, state)


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
    sent.pop("restore", None)
    properties = {**defaults, **sent, "provisioningState": "Succeeded", "internalId": secrets.token_hex(16)}
    return Resource(
        id=resource_id,
        type=ACCOUNT_TYPE,
        body={**kept, "properties": properties, "etag": make_etag()},
        internal={key: secrets.token_hex(16) for key in _KEYS},
        lookup=f"{LOOKUP}{properties.get('customSubDomainName') or resource_id.rpartition('/')[2]}",
    )


def render_account(call: Call, account: Resource) -> Json:
    """The answer, with endpoints that lead back to this emulator by the address the client used."""
    endpoint = f"{call.base_url}/accounts/{get_subdomain(account)}/"
    names = ("OpenAI Language Model Instance API", "OpenAI Model Scaleset API")
    properties = {**account.properties, "endpoint": endpoint, "endpoints": dict.fromkeys(names, endpoint)}
    return {**account.render(), "properties": properties}


def _write(call: Call, account: Resource, existing: Resource | None) -> Reply:
    """Save and begin the operation; keys and the time of creation stay."""
    check_rules(account)
    check_subdomain(call, account, existing)
    if existing is not None:
        account.internal = existing.internal
        account.properties["internalId"] = existing.properties.get("internalId")
    describe_identity(call, account, existing)
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
