"""One provider plugin's process, and its calls in plain Python."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc, status_pb2

from ftdeploy.rehearsal.engine.children import CHANNEL_OPTIONS, Child
from ftdeploy.rehearsal.engine.failures import EngineError, Refusal
from ftdeploy.rehearsal.engine.resource import Properties, Resource, get_package, tell_time
from ftdeploy.rehearsal.engine.step import Diff
from ftdeploy.rehearsal.engine.values import Message, has_unknown, make_struct, parse_struct

_SENDS = ("sends_old_inputs", "sends_old_inputs_to_delete")
_NAMES = ("id", "urn", "name", "type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a create, update or read left: `reasons` say why it is not as it should be."""

    id: str = ""
    outputs: Properties = field(default_factory=dict)
    inputs: Properties | None = None
    reasons: Sequence[str] = ()


def take_outcome(state: Resource, outcome: Outcome) -> None:
    """Let a state say what came of a create, an update or a read."""
    state.id, state.outputs, state.init_errors = outcome.id, outcome.outputs, list(outcome.reasons)
    state.modified = tell_time()


class ProviderFailure(EngineError):
    """A provider refused; with `partial`, it left something behind."""

    def __init__(self, message: str, partial: Outcome | None = None) -> None:
        super().__init__(message)
        self.partial = partial


class Provider:
    """A plugin process; of use once it is configured."""

    def __init__(self, child: Child) -> None:
        self._child = child
        self._stub: Message = None

    def connect(self, engine: str) -> Provider:
        """Wait until the process serves, and shake hands."""
        port = self._child.wait_for_port()
        channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=CHANNEL_OPTIONS)
        self._stub = provider_pb2_grpc.ResourceProviderStub(channel)
        told: Properties = {"engine_address": engine, "configure_with_urn": True, "invoke_with_preview": True}
        self._call("Handshake", provider_pb2.ProviderHandshakeRequest(**told))
        self._call("GetPluginInfo", empty_pb2.Empty())
        return self

    def configure(self, resource: Resource, identity: str) -> None:
        """Make it ready for what a provider resource says.

        Raises:
            Refusal: a setting is not known yet.
        """
        inputs = drop_internal(resource.inputs)
        if has_unknown(inputs):
            raise Refusal("providers whose settings only an update makes known", resource.urn)
        prefix = f"{get_package(resource.type)}:config:"
        texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in inputs.items()}
        variables = {prefix + key: text for key, text in texts.items() if key != "version"}
        accepted = dict.fromkeys(("acceptSecrets", "acceptResources", *_SENDS), True)
        about = {"id": identity, "urn": resource.urn, "name": resource.name, "type": resource.type}
        told: Properties = {"variables": variables, "args": make_struct(inputs), **accepted, **about}
        self._call("Configure", provider_pb2.ConfigureRequest(**told))

    def check(self, new: Resource, olds: Properties | None) -> Properties:
        """A resource's inputs, checked, defaults filled in; a provider's own without what is Pulumi's.

        Raises:
            EngineError: they are wrong, each on a line.
        """
        if new.is_provider:
            news = drop_internal(new.inputs)
            answer = self._ask("CheckConfig", new, olds=drop_internal(olds or {}), news=news)
        else:
            answer = self._ask("Check", new, olds=olds, news=new.inputs, randomSeed=os.urandom(32))
        if answer.failures:
            raise EngineError("\n".join(_tell_failure(new, each) for each in answer.failures), new.urn)
        return parse_struct(answer.inputs)

    def diff_config(self, old: Resource, new: Resource) -> Diff | None:
        """What differs between a provider as it was and as it shall be; None when it does not know."""
        olds, news = drop_internal(old.inputs), drop_internal(new.inputs)
        return _parse_diff(self._ask("DiffConfig", new, olds=old.outputs, old_inputs=olds, news=news))

    def diff(self, old: Resource, news: Properties) -> Diff:
        """What differs between a resource as recorded and as it shall be."""
        found = _parse_diff(self._ask("Diff", old, olds=old.outputs, old_inputs=old.inputs, news=news))
        return found or Diff(has_changes=old.inputs != news)

    def create(self, new: Resource, *, is_preview: bool) -> Outcome:
        """Create, or say what a create would give."""
        answer = self._ask("Create", new, properties=new.inputs, preview=is_preview)
        if not (is_preview or answer.id):
            raise ProviderFailure(f"plugin returned empty resource.ID from create '{new.urn}'")
        return Outcome(id=answer.id, outputs=parse_struct(answer.properties))

    def update(self, old: Resource, new: Resource, *, is_preview: bool) -> Outcome:
        """Update in place, or say what that would give."""
        olds = {"olds": old.outputs, "old_inputs": old.inputs}
        answer = self._ask("Update", new, id=old.id, **olds, news=new.inputs, preview=is_preview)
        return Outcome(id=old.id, outputs=parse_struct(answer.properties))

    def take_in(self, new: Resource) -> Properties:
        """Fill a state with what exists under its id, whoever made it; gives the inputs that would make it.

        Raises:
            EngineError: nothing is.
        """
        found = self.read(new, {})
        if not found.id:
            raise EngineError(f"resource '{new.id}' does not exist", new.urn)
        take_outcome(new, found)
        return found.inputs or {}

    def read(self, old: Resource, state: Properties) -> Outcome:
        """What is there; no id when nothing is."""
        try:
            answer = self._ask("Read", old, inputs=old.inputs, properties=state)
        except ProviderFailure as failure:
            if failure.partial is None:
                raise
            return failure.partial
        return _parse_outcome(answer)

    def delete(self, old: Resource) -> None:
        """Delete."""
        self._ask("Delete", old, properties=old.outputs, old_inputs=old.inputs)

    def invoke(self, token: str, arguments: Message, *, is_preview: bool) -> Message:
        """Call a function; arguments and answer stay protobuf."""
        return self._call("Invoke", provider_pb2.InvokeRequest(tok=token, args=arguments, preview=is_preview))

    def close(self) -> None:
        """Ask it to give up, then end it."""
        if self._stub is not None:
            self._stub.Cancel.future(empty_pb2.Empty(), timeout=1).exception()
        self._child.kill()

    def _ask(self, method: str, resource: Resource, **fields: Message) -> Message:
        """Send a request about a resource; dictionaries become protobuf objects."""
        kind = getattr(provider_pb2, f"{method.removesuffix('Config')}Request")
        known = kind.DESCRIPTOR.fields_by_name
        told = {key: getattr(resource, key) for key in _NAMES if key in known} | fields
        told = {key: make_struct(value) if isinstance(value, dict) else value for key, value in told.items()}
        return self._call(method, kind(**told))

    def _call(self, method: str, request: Message) -> Message:
        try:
            return getattr(self._stub, method)(request)
        except grpc.RpcError as error:
            if error.code() is grpc.StatusCode.UNAVAILABLE:
                words = "\n".join(self._child.said)
                raise ProviderFailure(f"the plugin {self._child.title} has ended: {words or error.details()}") from None
            raise _parse_failure(error) from None


def _tell_failure(new: Resource, failure: Message) -> str:
    key = failure.property
    place = f": property {key} value {{{new.inputs.get(key)}}}" if key else ""
    return f"{new.type} resource '{new.name}'{place} has a problem: {failure.reason}"


def _parse_failure(error: Message) -> ProviderFailure:
    found = dict(error.trailing_metadata() or ()).get("grpc-status-details-bin", b"")
    for detail in status_pb2.Status.FromString(found).details:
        failed = provider_pb2.ErrorResourceInitFailed()
        if detail.Unpack(failed):
            reasons = list(failed.reasons)
            count = "1 error" if len(reasons) == 1 else f"{len(reasons)} errors"
            text = f"{count} occurred:\n" + "".join(f"\t* {each}\n" for each in reasons) + "\n"
            return ProviderFailure(text, _parse_outcome(failed, reasons))
    return ProviderFailure(error.details())


def _parse_outcome(answer: Message, reasons: Sequence[str] = ()) -> Outcome:
    inputs = parse_struct(answer.inputs) if answer.HasField("inputs") else None
    return Outcome(id=answer.id, outputs=parse_struct(answer.properties), inputs=inputs, reasons=reasons)


def _parse_diff(answer: Message) -> Diff | None:
    """What a provider says of a diff; None when it does not know."""
    if answer.changes == provider_pb2.DiffResponse.DIFF_UNKNOWN:
        return None
    found = answer.detailedDiff.items()
    detailed = {key: (each.kind, each.inputDiff) for key, each in found} if answer.hasDetailedDiff else None
    has_changes, is_delete_first = answer.changes == provider_pb2.DiffResponse.DIFF_SOME, answer.deleteBeforeReplace
    keys = {"replaces": list(answer.replaces), "changes": list(answer.diffs)}
    return Diff(has_changes=has_changes, detailed=detailed, is_delete_first=is_delete_first, **keys)


def drop_internal(inputs: Properties) -> Properties:
    """A provider resource's inputs without what is Pulumi's own."""
    return {key: value for key, value in inputs.items() if key != "__internal"}
