"""Policy packs: one process each, asked about every resource and once about the whole stack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from ftdeploy.rehearsal.engine.children import CHANNEL_OPTIONS, Child
from ftdeploy.rehearsal.engine.failures import EngineError, Refusal
from ftdeploy.rehearsal.engine.launch import Launch
from ftdeploy.rehearsal.engine.resource import ROOT_TYPE, Properties, Resource
from ftdeploy.rehearsal.engine.values import Message, make_struct, parse_struct

_LEVELS = ("advisory", "mandatory", "disabled", "remediate")
"""Words for `pulumirpc.EnforcementLevel`, in its order."""
_SEVERITIES = ("", "low", "medium", "high", "critical")


class Pack:
    """A policy pack's process, for one phase of one stack."""

    def __init__(self, child: Child, launch: Launch, settings: Mapping[str, Any]) -> None:
        self._child = child
        self._launch = launch
        self._settings = settings
        self._stub: Message = None
        self.connecting: Future[None] = Future()
        """Done when the pack can be asked; its error is told by whoever asks."""
        self.name = ""
        self.version = ""

    def connect(self) -> None:
        """Wait until the pack serves, and tell it about the stack."""
        order = self._launch.order
        port = self._child.wait_for_port()
        self._stub = analyzer_pb2_grpc.AnalyzerStub(grpc.insecure_channel(f"127.0.0.1:{port}", options=CHANNEL_OPTIONS))
        about: dict[str, Any] = {**order.names, "dry_run": order.is_preview, "config": order.project.config}
        self._stub.ConfigureStack(analyzer_pb2.AnalyzerStackConfigureRequest(**about))
        info = self._stub.GetAnalyzerInfo(empty_pb2.Empty())
        self.name, self.version = info.name, info.version
        for each in info.policies:
            if _LEVELS[each.enforcementLevel] == "remediate":
                raise Refusal(f"remediating policies such as `{each.name}` of `{info.name}`")
        if info.initialConfig:
            raise Refusal(f"packs with settings of their own such as `{info.name}`")
        self._stub.Configure(analyzer_pb2.ConfigureAnalyzerRequest(policyConfig=_make_config(info, self._settings)))

    def analyze(self, new: Resource, provider: Resource | None) -> Iterator[dict[str, str]]:
        """What the pack finds wrong with a resource's inputs."""
        request = analyzer_pb2.AnalyzeRequest(**_describe(new, new.inputs, provider))
        yield from self._list(lambda: self._stub.Analyze(request), new.urn)

    def analyze_stack(self, news: Iterable[Resource], providers: Mapping[str, Resource]) -> Iterator[dict[str, str]]:
        """What the pack finds wrong with the outputs of everything that was registered."""
        resources = [_describe_made(each, providers.get(each.provider)) for each in news]
        order = self._launch.order
        root = order.make_urn("", ROOT_TYPE, f"{order.project.name}-{order.stack}")
        request = analyzer_pb2.AnalyzeStackRequest(resources=resources)
        yield from self._list(lambda: self._stub.AnalyzeStack(request), root)

    def _list(self, call: Callable[[], Message], urn: str) -> Iterator[dict[str, str]]:
        self.connecting.result()
        try:
            answer = call()
        except grpc.RpcError as error:
            raise EngineError(f"failed to run policy: {error.details()}", urn) from None
        for each in answer.diagnostics:
            violation = {key: getattr(each, key) for key in ("policyName", "policyPackName", "policyPackVersion")}
            violation |= {"resourceUrn": each.urn or urn, "message": each.message.rstrip("\n") + "\n"}
            violation["enforcementLevel"], severity = _LEVELS[each.enforcementLevel], _SEVERITIES[each.severity]
            yield violation | ({"severity": severity} if severity else {})


def _make_config(info: Message, settings: Mapping[str, Any]) -> dict[str, Message]:
    """Level and settings of every policy: the defaults that its schema names, and over them what was given.

    `{"all": "advisory", "ptu-at-legal-size": {"enforcementLevel": "mandatory", "steps": 50}}`, in any order.
    """
    levels = {each.name: each.enforcementLevel for each in info.policies}
    found: dict[str, Properties] = {each.name: _list_defaults(each) for each in info.policies}
    for name, given in sorted(settings.items(), key=lambda each: each[0] != "all"):
        told = {"enforcementLevel": given} if isinstance(given, str) else dict(given)
        level = told.pop("enforcementLevel", None)
        if level not in {None, *_LEVELS}:
            raise EngineError(f'parsing enforcement level for "{name}": "{level}" is not a valid enforcement level')
        if level:
            levels |= dict.fromkeys(found if name == "all" else [name], _LEVELS.index(level))
        found.setdefault(name, {}).update(told)
    kind = analyzer_pb2.PolicyConfig
    return {key: kind(enforcementLevel=levels.get(key, 0), properties=make_struct(it)) for key, it in found.items()}


def _list_defaults(policy: Message) -> Properties:
    schemas = parse_struct(policy.configSchema.properties)
    return {key: schema["default"] for key, schema in schemas.items() if "default" in schema}


def _describe_made(new: Resource, provider: Resource | None) -> Message:
    by_input = new.property_dependencies.items()
    lists = {key: analyzer_pb2.AnalyzerPropertyDependencies(urns=urns) for key, urns in by_input}
    told: dict[str, Any] = {"parent": new.parent, "dependencies": new.dependencies, "propertyDependencies": lists}
    return analyzer_pb2.AnalyzerResource(**_describe(new, new.outputs, provider), **told)


def _describe(new: Resource, properties: Properties, provider: Resource | None) -> dict[str, Any]:
    options = analyzer_pb2.AnalyzerResourceOptions(protect=new.protect, aliases=new.aliases, parent=new.parent)
    described = _name(new, properties) | {"options": options}
    if provider is None:
        return described
    return described | {"provider": analyzer_pb2.AnalyzerProviderResource(**_name(provider, provider.inputs))}


def _name(state: Resource, properties: Properties) -> dict[str, Any]:
    return {"type": state.type, "urn": state.urn, "name": state.name, "properties": make_struct(properties)}
