"""Policy packs: one process each, asked about every resource and once about the whole stack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from ftdeploy.rehearsal.engine.children import CHANNEL_OPTIONS, Child
from ftdeploy.rehearsal.engine.failures import EngineError, Refusal
from ftdeploy.rehearsal.engine.launch import Launch
from ftdeploy.rehearsal.engine.project import ORGANIZATION
from ftdeploy.rehearsal.engine.resource import ROOT_TYPE, Properties, Resource, make_urn
from ftdeploy.rehearsal.engine.values import Message, make_struct

_LEVELS = ("advisory", "mandatory", "disabled", "remediate")
"""Words for `pulumirpc.EnforcementLevel`, in its order."""
_SEVERITIES = ("", "low", "medium", "high", "critical")


class Pack:
    """A policy pack's process, for one phase of one stack."""

    def __init__(self, child: Child, launch: Launch) -> None:
        self._child = child
        self._launch = launch
        self._stub: Message = None
        self.name = ""
        self.version = ""

    def connect(self) -> None:
        """Wait until the pack serves, and tell it about the stack."""
        order = self._launch.order
        port = self._child.wait_for_port()
        self._stub = analyzer_pb2_grpc.AnalyzerStub(grpc.insecure_channel(f"127.0.0.1:{port}", options=CHANNEL_OPTIONS))
        configured = analyzer_pb2.AnalyzerStackConfigureRequest(
            stack=order.stack,
            project=order.project.name,
            organization=ORGANIZATION,
            dry_run=order.is_preview,
            config=order.project.config,
        )
        self._stub.ConfigureStack(configured)
        info = self._stub.GetAnalyzerInfo(empty_pb2.Empty())
        self.name, self.version = info.name, info.version
        for each in info.policies:
            if _LEVELS[each.enforcementLevel] == "remediate":
                raise Refusal(f"remediating policies such as `{each.name}` of `{info.name}`")
        self._stub.Configure(analyzer_pb2.ConfigureAnalyzerRequest())

    def analyze(self, new: Resource, provider: Resource | None) -> Iterator[dict[str, str]]:
        """What the pack finds wrong with a resource's inputs."""
        request = analyzer_pb2.AnalyzeRequest(**_describe(new, new.inputs, provider))
        yield from self._list(lambda: self._stub.Analyze(request), new.urn)

    def analyze_stack(self, news: Iterable[Resource], providers: Mapping[str, Resource]) -> Iterator[dict[str, str]]:
        """What the pack finds wrong with the outputs of everything that was registered."""
        resources = [
            analyzer_pb2.AnalyzerResource(
                **_describe(each, each.outputs, providers.get(each.provider)),
                parent=each.parent,
                dependencies=each.dependencies,
                propertyDependencies={
                    key: analyzer_pb2.AnalyzerPropertyDependencies(urns=urns)
                    for key, urns in each.property_dependencies.items()
                },
            )
            for each in news
        ]
        stack, project = self._launch.order.stack, self._launch.order.project.name
        root = make_urn(stack, project, parent="", kind=ROOT_TYPE, name=f"{project}-{stack}")
        request = analyzer_pb2.AnalyzeStackRequest(resources=resources)
        yield from self._list(lambda: self._stub.AnalyzeStack(request), root)

    def _list(self, call: Callable[[], Message], urn: str) -> Iterator[dict[str, str]]:
        try:
            answer = call()
        except grpc.RpcError as error:
            raise EngineError(f"failed to run policy: {error.details()}", urn) from None
        for each in answer.diagnostics:
            violation = {
                "resourceUrn": each.urn or urn,
                "message": each.message.rstrip("\n") + "\n",
                "policyName": each.policyName,
                "policyPackName": each.policyPackName,
                "policyPackVersion": each.policyPackVersion,
                "enforcementLevel": _LEVELS[each.enforcementLevel],
            }
            severity = _SEVERITIES[each.severity]
            yield violation | ({"severity": severity} if severity else {})

    def close(self) -> None:
        """End the process."""
        self._child.kill()


def _describe(new: Resource, properties: Properties, provider: Resource | None) -> dict[str, Any]:
    described = {
        "type": new.type,
        "properties": make_struct(properties),
        "urn": new.urn,
        "name": new.name,
        "options": analyzer_pb2.AnalyzerResourceOptions(protect=new.protect, aliases=new.aliases, parent=new.parent),
    }
    if provider is None:
        return described
    inputs = make_struct(provider.inputs)
    told = {"type": provider.type, "properties": inputs, "urn": provider.urn, "name": provider.name}
    return described | {"provider": analyzer_pb2.AnalyzerProviderResource(**told)}
