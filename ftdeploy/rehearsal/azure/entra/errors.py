"""Entra ID's refusals: its own envelope, with AADSTS numbers."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from ftdeploy.rehearsal.azure.errors import Refusal


class EntraError(Refusal):
    """`{"error": "invalid_client", "error_description": "AADSTS7000215: …", "error_codes": [7000215], …}`."""

    def __init__(self, status: int, code: str, number: int, message: str) -> None:
        super().__init__(status, code, message)
        self.number = number

    def render(self, now: datetime) -> dict[str, Any]:
        """Entra's envelope; the ids are new each time, as Entra's are."""
        trace, correlation, moment = str(uuid.uuid4()), str(uuid.uuid4()), f"{now:%Y-%m-%d %H:%M:%SZ}"
        return {
            "error": self.code,
            "error_description": f"AADSTS{self.number}: {self.message} Trace ID: {trace} "
            f"Correlation ID: {correlation} Timestamp: {moment}",
            "error_codes": [self.number],
            "timestamp": moment,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": f"https://login.microsoftonline.com/error?code={self.number}",
        }


class IdentityError(Refusal):
    """The managed identity endpoint's envelope: `{"statusCode": 400, "message": "…"}`."""

    def render(self, now: datetime) -> dict[str, Any]:
        """The endpoint's envelope."""
        return {"statusCode": self.status, "message": self.message}


class MachineError(Refusal):
    """The envelope of a machine's own endpoint: `{"error": "invalid_request", "error_description": "…"}`."""

    def render(self, now: datetime) -> dict[str, Any]:
        """The endpoint's envelope."""
        return {"error": self.code, "error_description": self.message}


def tenant_not_found(tenant: str) -> EntraError:
    """The scenario has no such tenant."""
    return EntraError(
        400,
        "invalid_request",
        90002,
        f"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into "
        "the correct "
        "cloud. Check with your subscription administrator, this may happen if there are no active "
        "subscriptions for the "
        "tenant.",
    )


def application_not_found(client_id: str, tenant: str) -> EntraError:
    """The application is not registered in, or was never admitted to, this tenant."""
    return EntraError(
        400,
        "unauthorized_client",
        700016,
        f"Application with identifier '{client_id}' was not found in the directory '{tenant}'. This can happen if the "
        "application has not been installed by the administrator of the tenant or consented to by any user in "
        "the tenant. "
        "You may have sent your authentication request to the wrong tenant.",
    )


def wrong_secret(client_id: str) -> EntraError:
    """The secret is not the application's."""
    return EntraError(
        401,
        "invalid_client",
        7000215,
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
        "value, not the "
        f"client secret ID, for a secret added to app '{client_id}'.",
    )


def unknown_resource(resource: str, tenant: str) -> EntraError:
    """The scope names no service that the emulator has."""
    return EntraError(
        400,
        "invalid_resource",
        500011,
        f"The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the "
        "application has not been installed by the administrator of the tenant or consented to by any user in "
        "the tenant. "
        "You might have sent your authentication request to the wrong tenant.",
    )


def unsupported_grant(grant: str) -> EntraError:
    """Only client credentials are emulated."""
    return EntraError(400, "unsupported_grant_type", 70003, f"The rehearsal does not emulate the grant type '{grant}'.")


def missing_secret() -> EntraError:
    """A client secret is the only credential that is emulated."""
    return EntraError(
        401,
        "invalid_client",
        7000216,
        "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
    )


def bad_assertion(client_id: str) -> EntraError:
    """The assertion is no token, or its signature is not what it should be."""
    return EntraError(
        401, "invalid_client", 50027, f"JWT token is invalid or malformed. The assertion of application '{client_id}'."
    )


def assertion_for_another_realm() -> EntraError:
    """The assertion's audience is no address of the tenant's."""
    return EntraError(
        401,
        "invalid_client",
        700023,
        "Client assertion audience claim does not match Realm issuer. Review the documentation at "
        "https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-credentials .",
    )


def assertion_expired(now: datetime) -> EntraError:
    """The assertion's time is over."""
    return EntraError(
        401,
        "invalid_client",
        700024,
        f"Client assertion is not within its valid time range. Current time: {now:%Y-%m-%dT%H:%M:%S.0000000Z}. Please "
        "review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .",
    )


def certificate_unknown(thumbprint: str) -> EntraError:
    """The application has no such certificate."""
    return EntraError(
        401,
        "invalid_client",
        700027,
        "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - "
        f"The key was not found., Thumbprint of key used by client: '{thumbprint}']",
    )


def issuer_not_trusted(issuer: str) -> EntraError:
    """No federated credential names this issuer."""
    return EntraError(
        401,
        "invalid_client",
        700211,
        f"No matching federated identity record found for presented assertion issuer '{issuer}'. {_FEDERATED}",
    )


def audience_not_trusted(audience: str) -> EntraError:
    """The federated credential wants another audience."""
    return EntraError(
        401,
        "invalid_client",
        700212,
        f"No matching federated identity record found for presented assertion audience '{audience}'. {_FEDERATED}",
    )


def subject_not_trusted(subject: str) -> EntraError:
    """No federated credential of the issuer names this subject."""
    return EntraError(
        401,
        "invalid_client",
        700213,
        f"No matching federated identity record found for presented assertion subject '{subject}'. {_FEDERATED}",
    )


_FEDERATED = (
    "Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. "
    "https://learn.microsoft.com/entra/workload-id/workload-identity-federation"
)
