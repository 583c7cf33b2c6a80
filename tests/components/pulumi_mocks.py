"""A Pulumi without an engine: what a program declares, as the engine would have been told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pulumi
from google.protobuf import json_format
from pulumi.runtime import mocks
from pulumi.runtime.proto import engine_pb2
from pulumi.runtime.stack import run_in_stack

ACCOUNT_TYPE = "azure-native:cognitiveservices:Account"
DEPLOYMENT_TYPE = "azure-native:cognitiveservices:Deployment"
GROUP_TYPE = "azure-native:resources:ResourceGroup"
ROLE_TYPE = "azure-native:authorization:RoleAssignment"
PROVIDER_TYPE = "pulumi:providers:azure-native"
GROUP_ID = "/subscriptions/sub/resourceGroups/{}"
ACCOUNT_PATH = GROUP_ID + "/providers/Microsoft.CognitiveServices/accounts/{}"

Inputs = dict[str, Any]


def _answer_account(inputs: Inputs) -> Inputs:
    known = {"name": inputs["accountName"], "properties": {"endpoint": f"https://{inputs['accountName']}.example/"}}
    identities = inputs.get("identity", {}).get("userAssignedIdentities", [])
    made = {each: {"clientId": "c", "principalId": "p"} for each in identities}
    return known | ({"identity": {"type": "UserAssigned", "userAssignedIdentities": made}} if made else {})


OUTPUTS: dict[str, Callable[[Inputs], Inputs]] = {
    ACCOUNT_TYPE: _answer_account,
    DEPLOYMENT_TYPE: lambda inputs: {"name": inputs["deploymentName"]},
    GROUP_TYPE: lambda inputs: {"name": inputs["resourceGroupName"]},
    ROLE_TYPE: lambda inputs: {"name": inputs["roleAssignmentName"], "createdOn": "2026-11-21T10:00:00Z"},
    PROVIDER_TYPE: lambda _: {},
    "azure-native:monitor:DiagnosticSetting": lambda _: {},
    "ftdeploy:index:Account": lambda _: {},
    "ftdeploy:index:Deployment": lambda _: {},
    "ftdeploy:index:RoleAssignment": lambda _: {},
}
"""What Azure adds to the inputs, by type; a type that is not here fails the test."""

IDS: dict[str, Callable[[Inputs], str]] = {
    ACCOUNT_TYPE: lambda inputs: ACCOUNT_PATH.format(inputs["resourceGroupName"], inputs["accountName"]),
    GROUP_TYPE: lambda inputs: GROUP_ID.format(inputs["resourceGroupName"]),
}


@dataclass(frozen=True)
class Declared:
    """A resource as it was registered."""

    type: str
    name: str
    inputs: Inputs
    parent: str
    """Type and name, such as `ftdeploy:index:Account support`; empty below the stack."""
    provider: str
    depends_on: set[str]
    """Types and names."""
    protect: bool
    hooks: list[str]


@dataclass
class Recorder(mocks.MockMonitor):
    """Keeps the requests; `run(program)` runs a function as a program and returns the recorder."""

    project: str = "ftdeploy"
    stack: str = "dev"
    config: dict[str, str] = field(default_factory=dict)
    secret_keys: list[str] = field(default_factory=list)
    root: str = "."
    declared: list[Declared] = field(default_factory=list)
    invoked: list[tuple[str, Inputs, str]] = field(default_factory=list)
    outputs: Inputs = field(default_factory=dict)
    hooks: list[str] = field(default_factory=list)
    """Names of error hooks, as often as they were registered."""
    said: list[str] = field(default_factory=list)
    """Warnings and errors."""

    def __post_init__(self) -> None:
        super().__init__(_Azure(self))

    def RegisterResource(self, request):  # noqa: N802 Pulumi's name
        if request.type != "pulumi:pulumi:Stack":
            self.declared.append(_read(request))
        return super().RegisterResource(request)

    def RegisterResourceOutputs(self, request):  # noqa: N802 Pulumi's name
        if "pulumi:pulumi:Stack" in request.urn:
            self.outputs = json_format.MessageToDict(request.outputs)
        return super().RegisterResourceOutputs(request)

    def RegisterErrorHook(self, request):  # noqa: N802 Pulumi's name
        self.hooks.append(request.name)
        return super().RegisterErrorHook(request)

    def run(self, program: Callable[[], Any]) -> Recorder:
        loops: list[asyncio.AbstractEventLoop] = []
        try:
            asyncio.run(self._run(program, loops))
        finally:
            for loop in loops:
                loop.close()
        return self

    async def _run(self, program: Callable[[], Any], loops: list[asyncio.AbstractEventLoop]) -> None:
        """Pulumi's mock wants an event loop in each of its threads, and leaves those that it makes unclosed."""
        threads = ThreadPoolExecutor(4, initializer=lambda: _open_loop(loops))
        asyncio.get_running_loop().set_default_executor(threads)
        settings = mocks.MockSettings(
            monitor=self,
            monitor_features=set(self.GetDeploymentInfo(None).supportedFeatures),
            engine=_Engine(self.said),
            project=self.project,
            stack=self.stack,
            dry_run=False,
            organization="organization",
            root_directory=self.root,
            callbacks=None,
        )
        pulumi.runtime.configure(settings)
        pulumi.runtime.settings.SETTINGS.outputs.clear()
        pulumi.runtime.settings.ROOT.set(None)
        pulumi.runtime.set_all_config(self.config, self.secret_keys)
        await run_in_stack(lambda: program() and None)

    def get(self, type_: str, name: str = "") -> Declared:
        """The one resource of that type (and name)."""
        (found,) = [each for each in self.declared if each.type == type_ and name in ("", each.name)]
        return found


def _open_loop(loops: list[asyncio.AbstractEventLoop]) -> None:
    loops.append(asyncio.new_event_loop())
    asyncio.set_event_loop(loops[-1])


class _Engine(mocks.MockEngine):
    def __init__(self, said: list[str]) -> None:
        super().__init__(None)
        self._said = said

    def Log(self, request):  # noqa: N802 Pulumi's name
        if request.severity >= engine_pb2.WARNING:
            self._said.append(request.message)


class _Azure(mocks.Mocks):
    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def new_resource(self, args):
        answer = OUTPUTS[args.typ](args.inputs)
        return IDS.get(args.typ, lambda _: f"{args.name}-id")(args.inputs), args.inputs | answer

    def call(self, args):
        self._recorder.invoked.append((args.token, args.args, args.provider.rpartition("::")[0].rpartition("::")[2]))
        assert args.token == "azure-native:cognitiveservices:getAccount"
        group, name = args.args["resourceGroupName"], args.args["accountName"]
        return {
            "id": ACCOUNT_PATH.format(group.upper(), name),
            "name": name,
            "properties": {"endpoint": f"https://{name}.example/"},
        }


def _read(request) -> Declared:
    return Declared(
        type=request.type,
        name=request.name,
        inputs=json_format.MessageToDict(request.object),
        parent=_shorten(request.parent),
        provider=request.provider.rpartition("::")[0].rpartition("::")[2],
        depends_on={_shorten(each) for each in request.dependencies},
        protect=request.protect,
        hooks=list(request.hooks.on_error),
    )


def _shorten(urn: str) -> str:
    if not urn or "pulumi:pulumi:Stack::" in urn:
        return ""
    _, _, types, name = urn.rsplit("::", 3)
    return f"{types.rpartition('$')[2]} {name}"
