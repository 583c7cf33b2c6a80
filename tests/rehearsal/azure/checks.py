"""One check for each behaviour that can be switched off: it holds with it, and raises AssertionError without."""

from __future__ import annotations

from collections.abc import Callable

import jwt

from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import (
    ACCOUNT,
    GROUP,
    IDLE_ACCOUNT,
    OTHER_TENANT,
    PIPELINE,
    READER,
    ROLE_READER,
    SECRET,
    SUBSCRIPTION,
    TENANT,
    TRAINED_MODEL,
    TRAINING_ACCOUNT,
)

FIRST_NAME = "55555555-0000-4000-8000-000000000001"
SECOND_NAME = "55555555-0000-4000-8000-000000000002"
UNKNOWN_PRINCIPAL = "66666666-0000-4000-8000-000000000001"


def check_api_version(pretend: Pretend) -> None:
    response = pretend.http.get(ACCOUNT)
    assert (response.status_code, get_code(response)) == (400, "MissingApiVersionParameter")


def check_capacity(pretend: Pretend) -> None:
    response = pretend.deploy(capacity=0)
    assert get_code(response) == "InvalidCapacity"


def check_group_on_its_way_out(pretend: Pretend) -> None:
    pretend.world.operations.seconds = 60
    pretend.delete(GROUP)
    response = pretend.put(GROUP, {"location": "swedencentral"})
    assert (response.status_code, get_code(response)) == (409, "ResourceGroupBeingDeleted")


def check_management_role(pretend: Pretend) -> None:
    response = pretend.as_(READER).deploy()
    assert (response.status_code, get_code(response)) == (403, "AuthorizationFailed")


def check_default_top(pretend: Pretend) -> None:
    for number in range(11):
        pretend.deploy(f"bot-{number}", capacity=1)
        pretend.chat(f"bot-{number}")
    query = "metricnames=AzureOpenAIRequests&$filter=ModelDeploymentName eq '*'&interval=FULL"
    found = pretend.get(f"{ACCOUNT}/providers/Microsoft.Insights/metrics?{query}").json()
    assert len(found["value"][0]["timeseries"]) == 10


def check_data_role(pretend: Pretend) -> None:
    pretend.deploy()
    response = pretend.as_(READER).chat()
    assert (response.status_code, get_code(response)) == (401, "PermissionDenied")


def check_model_exists(pretend: Pretend) -> None:
    response = pretend.deploy(model=TRAINED_MODEL)
    assert get_code(response) == "DeploymentModelNotSupported"


def check_key(pretend: Pretend) -> None:
    pretend.deploy()
    response = pretend.chat(**{"api-key": "guessed"})
    assert (response.status_code, get_code(response)) == (401, "401")


def check_keys_off(pretend: Pretend) -> None:
    pretend.deploy()
    key = pretend.ask("POST", f"{ACCOUNT}/listKeys").json()["key1"]
    pretend.ask("PATCH", ACCOUNT, {"properties": {"disableLocalAuth": True}})
    response = pretend.chat(**{"api-key": key})
    assert (response.status_code, get_code(response)) == (403, "AuthenticationTypeDisabled")


def check_one_role_assignment(pretend: Pretend) -> None:
    give_role(pretend, FIRST_NAME)
    response = give_role(pretend, SECOND_NAME)
    assert (response.status_code, get_code(response)) == (409, "RoleAssignmentExists")


def check_one_write(pretend: Pretend) -> None:
    pretend.world.operations.seconds = 60
    pretend.deploy("first")
    response = pretend.deploy("second")
    assert (response.status_code, get_code(response)) == (409, "RequestConflict")


def check_parents(pretend: Pretend) -> None:
    response = pretend.put(
        ACCOUNT.replace("rg-dev", "rg-gone").replace("contoso-dev", "new"), {"location": "swedencentral"}
    )
    assert get_code(response) == "ResourceGroupNotFound"


def check_patch(pretend: Pretend) -> None:
    pretend.deploy()
    response = pretend.ask(
        "PATCH", f"{ACCOUNT}/deployments/bot", {"properties": {"raiPolicyName": "Microsoft.Default"}}
    )
    assert get_code(response) == "InvalidRequestContent"


def check_principal_lookup(pretend: Pretend) -> None:
    response = give_role(pretend, FIRST_NAME, principal=UNKNOWN_PRINCIPAL, principal_type="")
    assert get_code(response) == "PrincipalNotFound"


def check_ptu_sizes(pretend: Pretend) -> None:
    response = pretend.deploy(sku="ProvisionedManaged", capacity=40)
    assert get_code(response) == "InvalidCapacity"


def check_quota(pretend: Pretend) -> None:
    pretend.deploy("first", capacity=60)
    response = pretend.deploy("second", capacity=50)
    assert get_code(response) == "InsufficientQuota"


def check_unchangeable_assignment(pretend: Pretend) -> None:
    give_role(pretend, FIRST_NAME)
    response = give_role(pretend, FIRST_NAME, principal=PIPELINE["objectId"])
    assert get_code(response) == "RoleAssignmentUpdateNotPermitted"


def check_secret(pretend: Pretend) -> None:
    form = {"grant_type": "client_credentials", "client_id": PIPELINE["clientId"], "client_secret": f"not {SECRET}"}
    response = pretend.http.post(
        f"/{TENANT}/oauth2/v2.0/token", data={**form, "scope": "https://management.azure.com/.default"}
    )
    assert response.status_code == 401


def check_skus(pretend: Pretend) -> None:
    response = pretend.deploy(sku="DeveloperTier")
    assert get_code(response) == "InvalidResourceProperties"


def check_source(pretend: Pretend) -> None:
    assignments = pretend.world.resources.list_of_type(
        "Microsoft.Authorization/roleAssignments", below=TRAINING_ACCOUNT
    )
    for each in list(assignments):
        pretend.world.resources.delete(each.id)
    response = pretend.deploy(model=TRAINED_MODEL, source=TRAINING_ACCOUNT)
    assert (response.status_code, get_code(response)) == (403, "LinkedAuthorizationFailed")


def check_subdomain(pretend: Pretend) -> None:
    body = {"location": "swedencentral", "properties": {"customSubDomainName": "contoso-idle"}}
    response = pretend.put(IDLE_ACCOUNT.replace("contoso-idle", "another"), body)
    assert get_code(response) == "CustomDomainInUse"


def check_tenant_of_token(pretend: Pretend) -> None:
    response = pretend.in_(OTHER_TENANT).get(ACCOUNT)
    assert (response.status_code, get_code(response)) == (401, "InvalidAuthenticationTokenTenant")


def check_token(pretend: Pretend) -> None:
    claims = {
        "oid": PIPELINE["objectId"],
        "appid": PIPELINE["clientId"],
        "tid": TENANT,
        "aud": "https://management.azure.com",
    }
    forged = jwt.encode({**claims, "exp": 4_000_000_000}, "not the emulator's key, and long enough", algorithm="HS256")
    response = pretend.ask("GET", ACCOUNT, Authorization=f"Bearer {forged}")
    assert (response.status_code, get_code(response)) == (401, "InvalidAuthenticationToken")


def give_role(
    pretend: Pretend, name: str, *, principal: str = READER["objectId"], principal_type: str = "ServicePrincipal"
):
    """PUT a role assignment on the account."""
    role = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{ROLE_READER}"
    properties = {"principalId": principal, "principalType": principal_type, "roleDefinitionId": role}
    return pretend.put(
        f"{ACCOUNT}/providers/Microsoft.Authorization/roleAssignments/{name}", {"properties": properties}
    )


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "api-version-required": check_api_version,
    "capacity-in-range": check_capacity,
    "groups-being-deleted-take-nothing": check_group_on_its_way_out,
    "keys-are-checked": check_key,
    "management-calls-need-a-role": check_management_role,
    "metrics-top-is-10": check_default_top,
    "model-calls-need-a-data-role": check_data_role,
    "models-must-exist": check_model_exists,
    "no-keys-without-local-authentication": check_keys_off,
    "one-role-assignment-each": check_one_role_assignment,
    "one-write-per-account": check_one_write,
    "parents-must-exist": check_parents,
    "patch-takes-tags-and-sku": check_patch,
    "principals-without-type-are-looked-up": check_principal_lookup,
    "ptu-sizes": check_ptu_sizes,
    "quota-by-region-and-usage-name": check_quota,
    "role-assignments-unchangeable": check_unchangeable_assignment,
    "secrets-are-checked": check_secret,
    "skus-by-model-and-region": check_skus,
    "source-account-must-be-readable": check_source,
    "subdomains-are-unique": check_subdomain,
    "token-of-the-subscriptions-tenant": check_tenant_of_token,
    "tokens-verified": check_token,
}
