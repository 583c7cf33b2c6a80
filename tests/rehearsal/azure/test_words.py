"""Refusals in the words that the registry's sources quote: change one only with a better source."""

from __future__ import annotations

import re

from tests.rehearsal.azure.checks.authorization import FIRST_NAME, UNKNOWN_PRINCIPAL, give_role
from tests.rehearsal.azure.pretend import MANAGEMENT, MODELS, Pretend
from tests.rehearsal.azure.scenarios import ACCOUNT, GROUP, IDLE_ACCOUNT, OTHER_TENANT, PIPELINE, READER, TENANT

GONE = GROUP.replace("rg-dev", "rg-gone")


def test_version_is_asked_for_before_the_token(pretend: Pretend) -> None:
    message = "The api-version query parameter (?api-version=) is required for all requests."

    response = pretend.http.get(ACCOUNT)

    assert response.status_code == 400
    assert response.json() == {"error": {"code": "MissingApiVersionParameter", "message": message}}


def test_missing_group_and_missing_parent_are_named(pretend: Pretend) -> None:
    parent = ACCOUNT.replace("contoso-dev", "nobody")

    group = pretend.get(f"{GONE}/providers/Microsoft.CognitiveServices/accounts/new").json()["error"]
    nested = pretend.deploy(account=parent).json()["error"]

    assert group["message"] == "Resource group 'rg-gone' could not be found."
    assert nested["message"] == (
        "Failed to perform 'write' on resource(s) of type 'accounts/deployments', because the parent resource "
        f"'{parent}' could not be found."
    )


def test_group_on_its_way_out_is_deprovisioning(slow: Pretend) -> None:
    slow.delete(GROUP)

    message = slow.put(GROUP, {"location": "swedencentral"}).json()["error"]["message"]

    assert message == "The resource group 'rg-dev' is in deprovisioning state and cannot perform this operation."


def test_changed_assignment_names_what_may_not_change(pretend: Pretend) -> None:
    give_role(pretend, FIRST_NAME)

    response = give_role(pretend, FIRST_NAME, principal=PIPELINE["objectId"])

    message = "Tenant ID, application ID, principal ID, and scope are not allowed to be updated."
    assert (response.status_code, response.json()["error"]["message"]) == (400, message)


def test_unknown_principal_is_named_without_dashes(pretend: Pretend) -> None:
    response = give_role(pretend, FIRST_NAME, principal=UNKNOWN_PRINCIPAL, principal_type="")

    assert response.status_code == 400
    assert response.json()["error"]["message"] == (
        f"Principal {UNKNOWN_PRINCIPAL.replace('-', '')} does not exist in the directory {TENANT}. Check that you have "
        "the correct principal ID. If you are creating this principal and then immediately assigning a role, this "
        "error might be related to a replication delay. In this case, set the role assignment principalType property "
        "to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype"
    )


def test_taken_subdomain_points_at_deleted_resources(pretend: Pretend) -> None:
    body = {"location": "swedencentral", "properties": {"customSubDomainName": "contoso-idle"}}

    response = pretend.put(IDLE_ACCOUNT.replace("contoso-idle", "another"), body)

    assert response.status_code == 409
    assert response.json()["error"]["message"] == (
        "Please pick a different name. The subdomain name 'contoso-idle' is not available as it's already used by a "
        "resource. If the resource using the name was deleted in the last 48 hours, you may need to purge the deleted "
        'resource. Learn more at "https://go.microsoft.com/fwlink/?linkid=2215493"'
    )


def test_foreign_token_names_both_issuers(pretend: Pretend) -> None:
    message = pretend.in_(OTHER_TENANT).get(ACCOUNT).json()["error"]["message"]

    assert message == (
        f"The access token is from the wrong issuer 'https://sts.windows.net/{OTHER_TENANT}/'. It must match the "
        f"tenant 'https://sts.windows.net/{TENANT}/' associated with this subscription. Please use the authority (URL) "
        f"'https://login.windows.net/{TENANT}' to get the token. Note, if the subscription is transferred to another "
        "tenant there is no impact to the services, but information about new tenant could take time to propagate (up "
        "to an hour). If you just transferred your subscription and see this error message, please try back later."
    )


def test_old_token_says_both_times_the_american_way(pretend: Pretend) -> None:
    pretend.get_token()
    pretend.pass_seconds(3600)

    message = pretend.get(ACCOUNT).json()["error"]["message"]

    moment = r"'\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d:\d\d [AP]M'"
    assert re.fullmatch(
        f"The access token expiry UTC time {moment} is earlier than current UTC time {moment}.", message
    )


def test_token_for_something_else_lists_the_audiences(pretend: Pretend) -> None:
    response = pretend.ask("GET", ACCOUNT, Authorization=f"Bearer {pretend.get_token(MODELS)}")

    assert response.json()["error"]["message"] == (
        f"The access token has been obtained for wrong audience or resource '{MODELS}'. It should exactly match with "
        "one of the allowed audiences 'https://management.core.windows.net/','https://management.core.windows.net',"
        "'https://management.azure.com/','https://management.azure.com'."
    )


def test_wrong_secret_has_entras_whole_body(pretend: Pretend) -> None:
    form = {"grant_type": "client_credentials", "client_id": PIPELINE["clientId"], "client_secret": "wrong"}

    response = pretend.http.post(f"/{TENANT}/oauth2/v2.0/token", data={**form, "scope": f"{MANAGEMENT}/.default"})

    body = response.json()
    assert (response.status_code, body["error"], body["error_codes"]) == (401, "invalid_client", [7000215])
    assert body["error_uri"] == "https://login.microsoftonline.com/error?code=7000215"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ", body["timestamp"])
    assert body["error_description"] == (
        "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client "
        f"secret value, not the client secret ID, for a secret added to app '{PIPELINE['clientId']}'. "
        f"Trace ID: {body['trace_id']} Correlation ID: {body['correlation_id']} Timestamp: {body['timestamp']}"
    )


def test_call_without_a_data_role_names_it(pretend: Pretend) -> None:
    pretend.deploy()

    response = pretend.as_(READER).chat()

    action = "Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action"
    assert response.status_code == 401
    assert response.json()["error"] == {
        "code": "PermissionDenied",
        "message": f"The principal `{READER['objectId']}` lacks the required data action `{action}` to perform "
        "`POST /openai/deployments/{deployment-id}/chat/completions` operation.",
    }


def test_wrong_key_and_wrong_token_differ_in_envelope(pretend: Pretend) -> None:
    pretend.deploy()

    key = pretend.chat(**{"api-key": "guessed"})
    token = pretend.chat(Authorization=f"Bearer {pretend.get_token(MANAGEMENT)}")

    assert (key.status_code, key.json()["error"]["code"]) == (401, "401")
    assert key.json()["error"]["message"] == (
        "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an "
        "active subscription and use a correct regional API endpoint for your resource."
    )
    assert token.json() == {
        "statusCode": 401,
        "message": "Unauthorized. Access token is missing, invalid, audience is incorrect "
        "(https://cognitiveservices.azure.com), or have expired.",
    }


def test_account_without_keys_says_so_on_both_planes(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.ask("PATCH", ACCOUNT, {"properties": {"disableLocalAuth": True}})

    called = pretend.chat(**{"api-key": "any"})
    listed = pretend.ask("POST", f"{ACCOUNT}/listKeys")

    assert (called.status_code, listed.status_code) == (403, 400)
    message = "Key based authentication is disabled for this resource."
    assert called.json() == {"error": {"code": "AuthenticationTypeDisabled", "message": message}}
    message = "Failed to list key. disableLocalAuth is set to be true"
    assert listed.json() == {"error": {"code": "BadRequest", "message": message}}
