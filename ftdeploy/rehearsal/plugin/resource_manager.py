"""Azure Resource Manager as the real plugin speaks to it: settings, sign-in, reads, writes and their operations."""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urljoin

from ftdeploy.rehearsal.plugin.wire import Answer, PluginError, RequestRefused, Unfinished, Wire

_OTHER_SIGN_INS = ("useDefaultAzureCredential", "clientCertificatePath", "useOidc", "useMsi")
_NEEDED = {"subscriptionId": "Subscription ID", "tenantId": "Tenant ID", "clientId": "Client ID"}
_GOOD = (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT)
# Between polls when the answer does not say; github.com/pulumi/pulumi-azure-native provider/pkg/azure/client_azcore.go
_WRITE_POLL_SECONDS, _DELETE_POLL_SECONDS = 10.0, 30.0


def read_settings(config: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """The settings by name, a provider's own before the environment's; refuses sign-ins other than by client secret."""
    names = (*_OTHER_SIGN_INS, *_NEEDED, "clientSecret", "auxiliaryTenantIds")
    settings = {name: environment.get("ARM_" + re.sub("([A-Z])", r"_\1", name).upper(), "") for name in names}
    settings |= {"metadataHost": environment.get("ARM_METADATA_HOSTNAME", ""), "location": "", **config}
    others = [name for name in _OTHER_SIGN_INS if settings[name] not in ("", "false")]
    if others or not settings["clientSecret"]:
        method = (*others, "the Azure CLI")[0]
        raise PluginError(f"the stand-in azure-native plugin signs in with clientSecret only, not with {method}")
    for missing in (title for name, title in _NEEDED.items() if not settings[name]):
        how = "authenticating as a Service Principal using a Client Secret"
        raise PluginError(f"A {missing} must be configured when {how}.")
    return settings


class ResourceManager:
    """One provider's way to Azure, found through the metadata host; raises RequestRefused where Azure says no."""

    def __init__(self, settings: Mapping[str, str], stopped: threading.Event) -> None:
        self._settings = settings
        self._tenants = [settings["tenantId"], *json.loads(settings["auxiliaryTenantIds"] or "[]")]
        self._tokens: list[str] = []
        self._signing_in = threading.Lock()
        self._wire = Wire(stopped)
        host = settings["metadataHost"].removeprefix("https://") or "no metadataHost (ARM_METADATA_HOSTNAME)"
        self._metadata = self._wire.send("GET", f"https://{host}/metadata/endpoints?api-version=2022-09-01", {}).body

    def send(self, method: str, url: str, body: Mapping[str, Any] | None = None) -> Answer:
        """One signed request; `url` is a path with its query, or a whole address."""
        own, *others = [f"Bearer {token}" for token in self._get_tokens()]
        headers = {"authorization": own, "content-type": "application/json; charset=utf-8"}
        headers |= {"x-ms-authorization-auxiliary": ", ".join(others)} if others else {}
        text = None if body is None else json.dumps(body)
        return self._wire.send(method, urljoin(self._metadata["resourceManager"], url), headers, text)

    def get(self, url: str) -> dict[str, Any]:
        """What is there."""
        answer = self.send("GET", url)
        if answer.status != HTTPStatus.OK:
            raise RequestRefused(answer)
        return answer.body

    def put(self, url: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Create or change, wait for the end and read it; raises Unfinished when Azure took it and it went wrong."""
        answer = self.send("PUT", url, body)
        if answer.status not in _GOOD:
            raise RequestRefused(answer)
        try:
            self._follow(answer, url, usual_seconds=_WRITE_POLL_SECONDS)
            return self.get(url)
        except PluginError as error:
            raise Unfinished(str(error)) from error

    def delete(self, url: str) -> None:
        """Delete and wait for the end; what is not there is deleted."""
        try:
            self._follow(self.send("DELETE", url), "", usual_seconds=_DELETE_POLL_SECONDS)
        except RequestRefused as error:
            if error.status != HTTPStatus.NOT_FOUND:
                raise

    def get_claims(self) -> dict[str, Any]:
        """What the token says of its owner; not verified."""
        return dict(json.loads(base64.urlsafe_b64decode(self._get_tokens()[0].split(".")[1] + "==")))

    def _follow(self, answer: Answer, url: str, *, usual_seconds: float) -> None:
        """Poll until the operation ends well: at its own address, else at `location`, else the resource at `url`."""
        header = answer.headers.get("azure-asyncoperation") or answer.headers.get("location")
        if answer.status == HTTPStatus.ACCEPTED and not (header or url):
            raise PluginError("response is missing polling URL")
        state = _read_state(answer, usual="inprogress" if header else "succeeded")
        while state not in ("succeeded", "failed", "canceled"):
            self._wire.pause(usual_seconds, answer)
            answer = self.send("GET", header or url)
            state = _read_state(answer, usual="succeeded")
        if state != "succeeded":
            raise RequestRefused(answer)

    def _get_tokens(self) -> list[str]:
        """One for each tenant, the provider's own first; fetched when first needed and kept."""
        with self._signing_in:
            self._tokens = self._tokens or [self._fetch_token(tenant) for tenant in self._tenants]
            return self._tokens

    def _fetch_token(self, tenant: str) -> str:
        entra = self._metadata["authentication"]
        form = {"grant_type": "client_credentials", "scope": f"{entra['audiences'][0]}/.default"}
        form |= {"client_id": self._settings["clientId"], "client_secret": self._settings["clientSecret"]}
        url = f"{entra['loginEndpoint'].rstrip('/')}/{tenant}/oauth2/v2.0/token"
        answer = self._wire.send("POST", url, {"content-type": "application/x-www-form-urlencoded"}, urlencode(form))
        if answer.status != HTTPStatus.OK:
            raise PluginError(f"ClientSecretCredential authentication failed. {answer.body.get('error_description')}")
        return str(answer.body["access_token"])


def _read_state(answer: Answer, *, usual: str) -> str:
    """`status` of an operation or `provisioningState` of a resource, in lower case; as usual when it says neither."""
    properties = answer.body.get("properties")
    state = answer.body.get("status") or (properties.get("provisioningState") if isinstance(properties, dict) else "")
    usual = "inprogress" if answer.status == HTTPStatus.ACCEPTED else usual
    return str(state or usual).lower() if answer.status in _GOOD else "failed"
