"""Probes of roles; the probing principal gives itself some at the lab's own accounts, and takes them away again."""

from __future__ import annotations

import uuid

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.principal import read_principal
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, compare, expect, refused
from ftdeploy.rehearsal.probe.wire import Exchange

_READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
_MONITORING_READER = "43d0d8ad-25c7-4714-9337-8ba259a9fe05"
_OPENAI_USER = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"
_VERSION = "2022-04-01"
_PROPAGATION_SECONDS = 1800
"""Ours: Azure says up to ten minutes for a role to hold."""
_CHAT = {"model": "none", "messages": [{"role": "user", "content": "Say yes."}]}


def _name(account: str) -> str:
    return f"{account}/providers/Microsoft.Authorization/roleAssignments/{uuid.uuid4()}"


def _give(lab: Lab, place: str, role: str, *, nobody: str = "") -> Exchange:
    """A role for the probing principal, or without saying what it is, for one that may not exist."""
    own = read_principal(lab.wire.get_token())
    whom = {"principalId": nobody} if nobody else {"principalId": own.object_id, "principalType": own.type}
    definition = f"/subscriptions/{lab.subscription}/providers/Microsoft.Authorization/roleDefinitions/{role}"
    return lab.wire.ask("PUT", place, {"properties": {"roleDefinitionId": definition, **whom}}, version=_VERSION)


def _ask_unknown(lab: Lab) -> Verdict:
    """For a principal that nobody has: Azure looks it up and does not find it."""
    return refused(_give(lab, _name(lab.account), _READER, nobody=str(uuid.uuid4())), "PrincipalNotFound")


def _ask_second(lab: Lab) -> Verdict:
    places = [_name(lab.account) for _ in range(2)]
    answers = [_give(lab, each, _READER) for each in places]
    for each in places:
        lab.wire.remove(each, version=_VERSION)
    return expect(answers[1], 409, "RoleAssignmentExists")


def _ask_change(lab: Lab) -> Verdict:
    place = _name(lab.account)
    _give(lab, place, _READER)
    changed = _give(lab, place, _MONITORING_READER)
    lab.wire.remove(place, version=_VERSION)
    return refused(changed, "RoleAssignmentUpdateNotPermitted")


def _ask_data_role(lab: Lab) -> Verdict:
    """A call with a token of a Contributor is refused, and no longer once there is a role with the data action."""
    with lab.own_account("r") as account:
        endpoint = lab.wire.ask("GET", account).body["properties"]["endpoint"]
        before = lab.wire.call(endpoint, "/openai/v1/chat/completions", _CHAT)
        place = _name(account)
        _give(lab, place, _OPENAI_USER)

        def look() -> str | None:
            code = lab.wire.call(endpoint, "/openai/v1/chat/completions", _CHAT).code
            return code if code != before.code else None

        after = lab.wire.wait(look, limit_seconds=_PROPAGATION_SECONDS, every_seconds=15)
        lab.wire.remove(place, version=_VERSION)
    return compare((before.status, before.code, after), (401, "PermissionDenied", "DeploymentNotFound"))


def _ask_responses(lab: Lab) -> Verdict:
    endpoint = lab.wire.ask("GET", lab.account).body["properties"]["endpoint"]
    answer = lab.wire.call(endpoint, "/openai/v1/responses", {"model": "none", "input": "Say yes."})
    agrees = expect(answer, 401, "PermissionDenied").agrees and "responses/write" in answer.message
    return Verdict(agrees=agrees, seen=f"{answer.status} {answer.code} {answer.message}")


def _ask_management(lab: Lab) -> Verdict:
    """The role assignments of the whole directory, where a principal with roles in a subscription has none."""
    place = "/providers/Microsoft.Authorization/roleAssignments"
    return expect(lab.wire.ask("GET", place, version=_VERSION), 403, "AuthorizationFailed")


PROBES = (
    Probe(behaviour="management-calls-need-a-role", ask=_ask_management),
    Probe(behaviour="model-calls-need-a-data-role", ask=_ask_data_role),
    Probe(behaviour="one-role-assignment-each", ask=_ask_second),
    Probe(behaviour="principals-without-type-are-looked-up", ask=_ask_unknown),
    Probe(behaviour="responses-need-their-own-data-action", ask=_ask_responses),
    Probe(behaviour="role-assignments-unchangeable", ask=_ask_change),
)
