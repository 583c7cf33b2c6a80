"""Content filters: those of the service, and an account's own, which are kept as they are sent.

Not emulated: what a filter of one's own filters; block lists.
"""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.cognitiveservices.accounts import check_idle, get_account_of, render_location
from ftdeploy.rehearsal.azure.cognitiveservices.types import DEPLOYMENT_TYPE
from ftdeploy.rehearsal.azure.errors import AzureError
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.paging import page
from ftdeploy.rehearsal.azure.resourcemanager.errors import resource_not_found
from ftdeploy.rehearsal.azure.resourcemanager.replies import render_result_headers
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.world import World

POLICY_TYPE = "Microsoft.CognitiveServices/accounts/raiPolicies"
SYSTEM_POLICIES = ("Microsoft.Default", "Microsoft.DefaultV2")


def has_policy(world: World, account: Resource, name: str) -> bool:
    """Whether an account can use a content filter, in any letter case."""
    is_system = name.lower() in (each.lower() for each in SYSTEM_POLICIES)
    return is_system or world.resources.find(f"{account.id}/raiPolicies/{name}") is not None


def put_policy(call: Call, path: ArmPath) -> Reply:
    """Create (201) or update (200)."""
    check_idle(call, get_account_of(call, path))
    existing = call.world.resources.find(path.id)
    sent: Json = call.read_json().get("properties") or {}
    body = {"properties": {**sent, "type": "UserManaged"}}
    policy = Resource(id=existing.id if existing else path.id, type=POLICY_TYPE, body=body)
    call.world.resources.save(policy)
    return Reply(status=200 if existing else 201, body=policy.render())


def get_policy(call: Call, path: ArmPath) -> Reply:
    """One content filter."""
    account = get_account_of(call, path)
    found = next((each for each in _list(call, account) if str(each["name"]).lower() == path.name.lower()), None)
    if found is None:
        raise resource_not_found(path)
    return Reply(body=found)


def list_policies(call: Call, path: ArmPath) -> Reply:
    """The service's content filters and the account's own."""
    return Reply(body=page(call, _list(call, get_account_of(call, path))))


def delete_policy(call: Call, path: ArmPath) -> Reply:
    """202 until it is gone, 204 when there was none; refused while a deployment uses it."""
    account = get_account_of(call, path)
    if call.world.resources.find(path.id) is None:
        call.needs("deleting-nothing-is-204")
        return Reply(status=204)
    users = (
        each.name
        for each in call.world.resources.list_children(account.id, DEPLOYMENT_TYPE)
        if str(each.properties.get("raiPolicyName")).lower() == path.name.lower()
    )
    user = next(users, None)
    if user is not None and call.leans_on("content-filters-in-use-stay"):
        raise AzureError(
            400, "BadRequest", f"The RAI policy '{path.name}' is used by the deployment '{user}' and cannot be deleted."
        )
    check_idle(call, account)
    operation = call.world.operations.begin("delete", path.id, lock=account.id)
    return Reply(status=202, headers=render_result_headers(call, operation, parent=render_location(account)))


def _list(call: Call, account: Resource) -> list[Json]:
    own = [each.render() for each in call.world.resources.list_children(account.id, POLICY_TYPE)]
    system = [
        {
            "id": f"{account.id}/raiPolicies/{name}",
            "name": name,
            "type": POLICY_TYPE,
            "properties": {"mode": "Blocking", "type": "SystemManaged"},
        }
        for name in SYSTEM_POLICIES
    ]
    return [*system, *own]
