"""One provider plugin's process, and its calls in plain Python."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc, status_pb2

from ftdeploy.rehearsal.engine.children import CHANNEL_OPTIONS, Child
from ftdeploy.rehearsal.engine.failures import EngineError
from ftdeploy.rehearsal.engine.resource import Properties, Resource, get_name, get_package, make_provider_type
from ftdeploy.rehearsal.engine.values import Message, has_unknown, make_struct, parse_struct

_REPLACING_KINDS = {1, 3, 5}
"""`ADD_REPLACE`, `DELETE_REPLACE`, `UPDATE_REPLACE` of `pulumirpc.PropertyDiff.Kind`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What differs, and what that takes."""

    has_changes: bool = False
    replaces: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    detailed: dict[str, tuple[int, bool]] | None = None
    """Path to `pulumirpc.PropertyDiff.Kind` and whether inputs differ."""
    is_delete_first: bool = False

    @property
    def is_replacement(self) -> bool:
        """Whether the resource cannot become what is wanted."""
        return bool(self.replaces) or any(kind in _REPLACING_KINDS for kind, _ in (self.detailed or {}).values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a create, update or read left: `reasons` say why it is not as it should be."""

    id: str = ""
    outputs: Properties = field(default_factory=dict)
    inputs: Properties | None = None
    reasons: Sequence[str] = ()


class ProviderFailure(EngineError):
    """A provider refused; with `partial`, it left something behind."""

    def __init__(self, message: str, partial: Outcome | None = None) -> None:
        super().__init__(message)
        self.partial = partial


class CheckFailure(EngineError):
    """A provider finds inputs wrong: `[("size", "must not be negative")]`."""

    def __init__(self, failures: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(reason for _, reason in failures))
        self.failures = failures


class Provider:
    """A plugin process; of use once it is configured."""

    def __init__(self, child: Child) -> None:
        self._child = child
        self._stub: Message = None
        self._is_known = True

    def connect(self, engine: str) -> Provider:
        """Wait until the process serves, and shake hands."""
        port = self._child.wait_for_port()
        channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=CHANNEL_OPTIONS)
        self._stub = provider_pb2_grpc.ResourceProviderStub(channel)
        request = provider_pb2.ProviderHandshakeRequest(
            engine_address=engine, configure_with_urn=True, invoke_with_preview=True
        )
        self._call("Handshake", request)
        self._call("GetPluginInfo", empty_pb2.Empty())
        return self

    def check_config(self, urn: str, olds: Properties, news: Properties) -> Properties:
        """A provider resource's inputs, checked."""
        return self._check("CheckConfig", urn, (olds, news), b"")

    def diff_config(self, old: Resource, news: Properties, urn: str) -> Diff | None:
        """What differs between a provider as it was and as it shall be; None when it does not know."""
        request = provider_pb2.DiffRequest(
            urn=urn,
            name=get_name(urn),
            type=old.type,
            olds=make_struct(old.outputs),
            old_inputs=make_struct(drop_internal(old.inputs)),
            news=make_struct(news),
        )
        return _parse_diff(self._call("DiffConfig", request))

    def configure(self, urn: str, identity: str, inputs: Properties) -> None:
        """Make it ready; with unknown inputs it stays unconfigured and knows nothing in this preview."""
        self._is_known = not has_unknown(inputs)
        if not self._is_known:
            return
        package = get_package(urn.split("::", 3)[2].rsplit("$", 1)[-1])
        texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in inputs.items()}
        request = provider_pb2.ConfigureRequest(
            variables={f"{package}:config:{key}": text for key, text in texts.items() if key != "version"},
            args=make_struct(inputs),
            acceptSecrets=True,
            acceptResources=True,
            sends_old_inputs=True,
            sends_old_inputs_to_delete=True,
            id=identity,
            urn=urn,
            name=get_name(urn),
            type=make_provider_type(package),
        )
        self._call("Configure", request)

    def check(self, urn: str, olds: Properties | None, news: Properties) -> Properties:
        """A resource's inputs, checked, defaults filled in.

        Raises:
            CheckFailure: they are wrong.
        """
        return self._check("Check", urn, (olds, news), os.urandom(32)) if self._is_known else news

    def _check(self, call: str, urn: str, both: tuple[Properties | None, Properties], seed: bytes) -> Properties:
        olds, news = both
        request = provider_pb2.CheckRequest(
            urn=urn,
            name=get_name(urn),
            type=urn.split("::", 3)[2].rsplit("$", 1)[-1],
            olds=None if olds is None else make_struct(olds),
            news=make_struct(news),
            randomSeed=seed,
        )
        answer = self._call(call, request)
        if answer.failures:
            raise CheckFailure([(each.property, each.reason) for each in answer.failures])
        return parse_struct(answer.inputs)

    def diff(self, old: Resource, news: Properties, *, ignored: Sequence[str] = ()) -> Diff:
        """What differs between a resource as recorded and as it shall be; everything may when it knows nothing."""
        if not self._is_known:
            return Diff(has_changes=True)
        request = provider_pb2.DiffRequest(
            **_name(old),
            olds=make_struct(old.outputs),
            old_inputs=make_struct(old.inputs),
            news=make_struct(news),
            ignoreChanges=ignored,
        )
        diff = _parse_diff(self._call("Diff", request))
        return diff or Diff(has_changes=old.inputs != news)

    def create(self, new: Resource, *, is_preview: bool) -> Outcome:
        """Create, or say what a create would give."""
        if not self._is_known:
            return Outcome()
        request = provider_pb2.CreateRequest(
            **_name(new, "urn", "name", "type"),
            properties=make_struct(new.inputs),
            timeout=new.custom_timeouts.get("create", 0),
            preview=is_preview,
        )
        answer = self._call("Create", request)
        if not (is_preview or answer.id):
            raise ProviderFailure(f"plugin returned empty resource.ID from create '{new.urn}'")
        return Outcome(id=answer.id, outputs=parse_struct(answer.properties))

    def update(self, old: Resource, new: Resource, *, is_preview: bool) -> Outcome:
        """Update in place, or say what that would give."""
        if not self._is_known:
            return Outcome(id=old.id)
        request = provider_pb2.UpdateRequest(
            **_name(new) | {"id": old.id},
            olds=make_struct(old.outputs),
            old_inputs=make_struct(old.inputs),
            news=make_struct(new.inputs),
            timeout=new.custom_timeouts.get("update", 0),
            ignoreChanges=new.ignore_changes,
            preview=is_preview,
        )
        return Outcome(id=old.id, outputs=parse_struct(self._call("Update", request).properties))

    def read(self, old: Resource, state: Properties) -> Outcome:
        """What is there; no id when nothing is."""
        request = provider_pb2.ReadRequest(**_name(old), inputs=make_struct(old.inputs), properties=make_struct(state))
        try:
            answer = self._call("Read", request)
        except ProviderFailure as failure:
            if failure.partial is None:
                raise
            return failure.partial
        inputs = parse_struct(answer.inputs) if answer.HasField("inputs") else None
        return Outcome(id=answer.id, outputs=parse_struct(answer.properties), inputs=inputs)

    def delete(self, old: Resource) -> None:
        """Delete."""
        request = provider_pb2.DeleteRequest(
            **_name(old),
            properties=make_struct(old.outputs),
            old_inputs=make_struct(old.inputs),
            timeout=old.custom_timeouts.get("delete", 0),
        )
        self._call("Delete", request)

    def invoke(self, token: str, arguments: Message, *, is_preview: bool) -> Message:
        """Call a function; arguments and answer stay protobuf."""
        if not self._is_known:
            return provider_pb2.InvokeResponse()
        return self._call("Invoke", provider_pb2.InvokeRequest(tok=token, args=arguments, preview=is_preview))

    def close(self) -> None:
        """Ask it to give up, then end it."""
        if self._stub is not None:
            self._stub.Cancel.future(empty_pb2.Empty(), timeout=1).exception()
        self._child.kill()

    def _call(self, method: str, request: Message) -> Message:
        try:
            return getattr(self._stub, method)(request)
        except grpc.RpcError as error:
            if error.code() is grpc.StatusCode.UNAVAILABLE:
                words = "\n".join(self._child.said)
                raise ProviderFailure(f"the plugin {self._child.title} has ended: {words or error.details()}") from None
            raise _parse_failure(error) from None


def _name(resource: Resource, *fields: str) -> dict[str, Any]:
    return {key: getattr(resource, key) for key in fields or ("id", "urn", "name", "type")}


def _parse_failure(error: Message) -> ProviderFailure:
    for key, value in error.trailing_metadata() or ():
        if key != "grpc-status-details-bin":
            continue
        for detail in status_pb2.Status.FromString(value).details:
            failed = provider_pb2.ErrorResourceInitFailed()
            if detail.Unpack(failed):
                return _parse_partial(failed)
    return ProviderFailure(error.details())


def _parse_partial(failed: Message) -> ProviderFailure:
    reasons = list(failed.reasons)
    count = "1 error" if len(reasons) == 1 else f"{len(reasons)} errors"
    text = f"{count} occurred:\n" + "".join(f"\t* {each}\n" for each in reasons) + "\n"
    inputs = parse_struct(failed.inputs) if failed.HasField("inputs") else None
    outcome = Outcome(id=failed.id, outputs=parse_struct(failed.properties), inputs=inputs, reasons=reasons)
    return ProviderFailure(text, outcome)


def _parse_diff(answer: Message) -> Diff | None:
    """What a provider says of a diff; None when it does not know."""
    if answer.changes == provider_pb2.DiffResponse.DIFF_UNKNOWN:
        return None
    found = answer.detailedDiff.items()
    detailed = {key: (each.kind, each.inputDiff) for key, each in found} if answer.hasDetailedDiff else None
    return Diff(
        has_changes=answer.changes == provider_pb2.DiffResponse.DIFF_SOME,
        replaces=list(answer.replaces),
        changes=list(answer.diffs),
        detailed=detailed,
        is_delete_first=answer.deleteBeforeReplace,
    )


def drop_internal(inputs: Properties) -> Properties:
    """A provider resource's inputs without what is Pulumi's own."""
    return {key: value for key, value in inputs.items() if key != "__internal"}
