"""The batch API: figures of up to 50 accounts of a region at once, at the region's own address `/metrics/<region>`.

On Azure that is `https://<region>.metrics.monitor.azure.com`. Its tokens are for https://metrics.monitor.azure.com.
"""

from __future__ import annotations

from ftdeploy.rehearsal.azure import rbac
from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.errors import AzureError
from ftdeploy.rehearsal.azure.ids import parse_arm_path
from ftdeploy.rehearsal.azure.monitor import errors
from ftdeploy.rehearsal.azure.monitor.catalog import NAMESPACE
from ftdeploy.rehearsal.azure.monitor.handlers import read_metrics_query, render_answer
from ftdeploy.rehearsal.azure.monitor.query import render_second
from ftdeploy.rehearsal.azure.resourcemanager import errors as resource_errors
from ftdeploy.rehearsal.azure.resources import Resource, normalize_location
from ftdeploy.rehearsal.azure.tokens import BadToken, Caller

AUDIENCE = "https://metrics.monitor.azure.com"
_ACTION = "Microsoft.Insights/metrics/read"
_MAXIMUM_RESOURCES = 50


def get_batch(call: Call) -> Reply:
    """Figures of some metrics of each account that the body lists."""
    caller = call.caller = _verify(call)
    try:
        accounts = [_get_account(call, caller, each) for each in _read_ids(call)]
        query = read_metrics_query(call, _translate(call))
        span = {"starttime": render_second(query.span.start), "endtime": render_second(query.span.end)}
        values = [{**span, **render_answer(call, each, query), "resourceid": each.id} for each in accounts]
    except errors.MonitorError as error:
        raise AzureError(error.status, error.code, error.message) from error
    return Reply(body={"values": values})


def _translate(call: Call) -> dict[str, str]:
    """The query as Resource Manager's has it."""
    query = dict(call.query)
    if not query.get("metricnamespace"):
        raise errors.bad_request("The query parameter metricnamespace is required")
    if query.get("starttime"):
        end = query.get("endtime") or render_second(call.world.clock.now())
        query["timespan"] = f"{query['starttime']}/{end}"
    return {**query, "$filter": query.get("filter", "")}


def _read_ids(call: Call) -> list[str]:
    found = call.read_json().get("resourceids")
    if not isinstance(found, list) or not found or not all(isinstance(each, str) for each in found):
        raise errors.bad_request("The request body must have resourceids, a list of resource ids")
    if len(found) > _MAXIMUM_RESOURCES and call.leans_on("batch-takes-50-resources"):
        raise errors.bad_request(f"The request has {len(found)} resource ids, at most {_MAXIMUM_RESOURCES} are allowed")
    return found


def _get_account(call: Call, caller: Caller, resource_id: str) -> Resource:
    path = parse_arm_path(resource_id)
    if path.subscription != call.parameters["subscription"].lower():
        raise errors.bad_request(f"{resource_id} is not in the subscription {call.parameters['subscription']}")
    is_allowed = rbac.is_allowed(call.world.resources, caller.object_id, _ACTION, path.id)
    if not is_allowed and call.leans_on("management-calls-need-a-role"):
        raise resource_errors.authorization_failed(caller, _ACTION, path.id)
    account = call.world.resources.find(path.id)
    if account is None or path.type_key != NAMESPACE.lower():
        raise errors.bad_request(f"There is no resource of type {NAMESPACE} with the id {resource_id}")
    region = normalize_location(call.parameters["region"])
    if account.location != region and call.leans_on("batch-is-of-one-region"):
        raise errors.bad_request(f"{resource_id} is in {account.location}, not in {region}, which this address serves")
    return account


def _verify(call: Call) -> Caller:
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise resource_errors.authentication_failed()
    audiences: Json = {AUDIENCE: None}
    if not call.leans_on("batch-has-its-own-audience"):
        audiences["https://management.azure.com"] = None
    try:
        caller = call.world.tokens.verify(token.strip(), audiences)
    except BadToken as error:
        code = {"expired": "ExpiredAuthenticationToken", "audience": "InvalidAuthenticationTokenAudience"}
        message = f"The access token is not for {AUDIENCE} or not valid: {error.kind} {error.found}".strip()
        raise AzureError(401, code.get(error.kind, "InvalidAuthenticationToken"), message) from error
    tenant = call.world.find_tenant_of(call.parameters["subscription"])
    if tenant is None:
        raise resource_errors.subscription_not_found(call.parameters["subscription"])
    if caller.tenant != tenant:
        raise resource_errors.wrong_tenant(caller.tenant, tenant)
    return caller
