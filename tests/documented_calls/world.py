"""What a documented call finds: an account of its own in a pretend Azure of the page's day."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from azure.identity import ClientSecretCredential, get_bearer_token_provider
from azure.mgmt.cognitiveservices import CognitiveServicesManagementClient
from openai import AzureOpenAI

from tests.rehearsal.azure.processes import Emulator
from tests.rehearsal.azure.scenarios import (
    FOREIGN_ACCOUNT,
    FOREIGN_MODEL,
    FOREIGN_SUBSCRIPTION,
    GROUP,
    OTHER_TENANT,
    PIPELINE,
    PROVIDER,
    SECRET,
    SUBSCRIPTION,
    TENANT,
    TRAINING_SUBSCRIPTION,
    build_scenario,
)
from tests.rehearsal.azure.trainingdata import write_lines

MODEL_SCOPE = "https://cognitiveservices.azure.com/.default"
ARM_SCOPE = "https://management.azure.com/.default"
QUESTION = [{"role": "system", "content": "Answer briefly."}, {"role": "user", "content": "Which sea is deepest?"}]
_NUMBERS = itertools.count(1)


def build_world(day: str) -> dict[str, Any]:
    """The scenario of a page, as of its day."""
    scenario = build_scenario()
    for entry in scenario["fineTunedModels"]:
        entry["base"] = {"name": "gpt-4o-mini", "version": "2024-07-18"}
    for each in (SUBSCRIPTION, TRAINING_SUBSCRIPTION, FOREIGN_SUBSCRIPTION):
        role = "Cognitive Services OpenAI Contributor"
        scenario["roleAssignments"].append(
            {"principal": PIPELINE["objectId"], "role": role, "scope": f"/subscriptions/{each}"}
        )
    return {**scenario, "clock": {"set": day}, "settings": {"accountsPerRegion": 1000}}


@dataclass(slots=True, kw_only=True)
class World:
    """An account in an emulator, and clients that are pointed at it."""

    emulator: Emulator
    region: str = "swedencentral"
    name: str = field(default_factory=lambda: f"documented-{next(_NUMBERS)}")
    _stack: ExitStack = field(default_factory=ExitStack)
    _http: httpx.Client | None = None
    _tokens: dict[tuple[str, str], str] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The account's id."""
        return f"{GROUP}/{PROVIDER}/accounts/{self.name}"

    @property
    def endpoint(self) -> str:
        """Where its models answer, with a slash at the end."""
        return f"{self.emulator.url}/accounts/{self.name}/"

    @property
    def http(self) -> httpx.Client:
        """A plain client of the emulator."""
        if self._http is None:
            self._http = self._stack.enter_context(self.emulator.open_http())
        return self._http

    def close(self) -> None:
        """Let go of every client."""
        self._stack.close()

    def move_to(self, region: str) -> None:
        """Have an account in another region instead."""
        self.region, self.name = region, f"documented-{next(_NUMBERS)}"
        self.make()

    def make(self) -> None:
        """Make the account."""
        body = {
            "location": self.region,
            "kind": "OpenAI",
            "sku": {"name": "S0"},
            "properties": {"customSubDomainName": self.name},
        }
        assert self.manage("PUT", f"{self.id}?api-version=2024-10-01", body).is_success

    # Clients, each as the pages use it.

    def open_azure(self, version: str, *, with_token: bool = False) -> AzureOpenAI:
        """The Python client, with a key or with a token of Entra."""
        if with_token:
            provider = get_bearer_token_provider(self.open_credential(), MODEL_SCOPE)
            access: dict[str, Any] = {"azure_ad_token_provider": provider}
        else:
            access = {"api_key": self.get_key()}
        return AzureOpenAI(
            azure_endpoint=self.endpoint, api_version=version, http_client=self.http, max_retries=0, **access
        )

    def open_management(self) -> CognitiveServicesManagementClient:
        """The management client, which `az cognitiveservices` uses too."""
        client = CognitiveServicesManagementClient(
            self.open_credential(), SUBSCRIPTION, base_url=self.emulator.url, connection_verify=self.emulator.ca
        )
        return self._stack.enter_context(client)

    def open_credential(self) -> ClientSecretCredential:
        """The pipeline's credential."""
        options = {"disable_instance_discovery": True, "connection_verify": self.emulator.ca}
        credential = ClientSecretCredential(
            TENANT, PIPELINE["clientId"], SECRET, authority=self.emulator.url, **options
        )
        return self._stack.enter_context(credential)

    def ask(self, method: str, path: str, body: Any = None, *, with_token: bool = False, **rest: Any) -> httpx.Response:
        """A plain request to the account, as with curl: `ask("GET", "openai/models?api-version=2024-10-21")`."""
        access = (
            {"Authorization": f"Bearer {self.get_token(MODEL_SCOPE)}"} if with_token else {"api-key": self.get_key()}
        )
        return self.http.request(method, f"{self.endpoint}{path}", json=body, headers=access, **rest)

    def run_curl(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """curl itself, for lines that another client could not even send; the test is skipped where there is none."""
        program = shutil.which("curl")
        if program is None:
            pytest.skip("there is no curl here")
        return subprocess.run([program, *arguments], capture_output=True, text=True, timeout=10, check=False)

    def get_options(self, *, also_in: str = "") -> dict[str, Any]:
        """What `requests` is told with each call of Resource Manager; `also_in` as in `manage`."""
        return {"headers": self._build_headers(also_in), "verify": self.emulator.ca}

    def manage(self, method: str, path: str, body: Any = None, *, also_in: str = "") -> httpx.Response:
        """A plain request to Resource Manager; `also_in` sends a token of a further tenant."""
        return self.http.request(method, path, json=body, headers=self._build_headers(also_in))

    def _build_headers(self, also_in: str) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self.get_token(ARM_SCOPE)}"}
        if also_in:
            headers["x-ms-authorization-auxiliary"] = f"Bearer {self.get_token(ARM_SCOPE, also_in)}"
        return headers

    def get_token(self, scope: str, tenant: str = TENANT) -> str:
        """A token of the pipeline's, as `az account get-access-token` gives one."""
        form = {"grant_type": "client_credentials", "client_id": PIPELINE["clientId"], "client_secret": SECRET}
        if (tenant, scope) not in self._tokens:
            response = self.http.post(f"/{tenant}/oauth2/v2.0/token", data={**form, "scope": scope})
            self._tokens[tenant, scope] = response.json()["access_token"]
        return self._tokens[tenant, scope]

    def get_key(self) -> str:
        """A key of the account."""
        if self.name not in self._keys:
            response = self.manage("POST", f"{self.id}/listKeys?api-version=2024-10-01")
            self._keys[self.name] = response.json()["key1"]
        return self._keys[self.name]

    # What a page takes for granted.

    def deploy(self, name: str, model: str, *, version: str = "1", sku: str = "Standard") -> str:
        """Deploy a model of the account, or a base model; the deployment's id."""
        body = build_body(model, version=version, sku=sku)
        response = self.manage("PUT", f"{self.id}/deployments/{name}?api-version=2024-10-01", body)
        assert response.status_code == 201, response.text
        return f"{self.id}/deployments/{name}"

    def deploy_base(self, name: str = "gpt-4o") -> str:
        """Deploy the base model of the pages on stored completions."""
        return self.deploy(name, "gpt-4o", version="2024-08-06", sku="GlobalStandard")

    def store_chat(self, **metadata: str) -> str:
        """Chat so that it is stored; the completion's id."""
        self.deploy_base()
        return self.chat_again(**metadata)

    def chat_again(self, **metadata: str) -> str:
        """Store one more chat; the completion's id."""
        body = {"messages": QUESTION, "store": True, "metadata": metadata}
        address = "openai/deployments/gpt-4o/chat/completions?api-version=2025-02-01-preview"
        return str(self.ask("POST", address, body).json()["id"])

    def upload(self, content: bytes = b"") -> str:
        """Send training data; the file's id."""
        files = {"file": ("training_set.jsonl", content or write_lines(), "application/json")}
        address = "openai/files?api-version=2024-10-21"
        return str(self.ask("POST", address, data={"purpose": "fine-tune"}, files=files).json()["id"])

    def train(self, model: str = "gpt-4o-mini-2024-07-18") -> dict[str, Any]:
        """Train a model; the job at its end."""
        body = {"model": model, "training_file": self.upload()}
        made = self.ask("POST", "openai/fine_tuning/jobs?api-version=2024-10-21", body)
        assert made.status_code == 201, made.text
        return self.ask("GET", f"openai/fine_tuning/jobs/{made.json()['id']}?api-version=2024-10-21").json()


def build_body(
    model: str, *, version: str = "1", sku: str = "standard", capacity: int = 1, **rest: str
) -> dict[str, Any]:
    """The body of a deployment; `rest` is the model's `source` or `sourceAccount`."""
    return {
        "sku": {"name": sku, "capacity": capacity},
        "properties": {"model": {"format": "OpenAI", "name": model, "version": version, **rest}},
    }


FOREIGN = {"account": FOREIGN_ACCOUNT, "model": FOREIGN_MODEL, "tenant": OTHER_TENANT}


@contextmanager
def open_world(emulator: Emulator) -> Iterator[World]:
    """A fresh account, for one call."""
    world = World(emulator=emulator)
    world.make()
    try:
        yield world
    finally:
        world.close()
