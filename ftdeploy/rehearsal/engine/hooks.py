"""Error hooks: functions of the program that are asked whether a refused call shall be sent again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import grpc
from pulumi.runtime.proto import callback_pb2, callback_pb2_grpc, resource_pb2

from ftdeploy.rehearsal.engine.children import CHANNEL_OPTIONS
from ftdeploy.rehearsal.engine.events import Events
from ftdeploy.rehearsal.engine.failures import EngineError
from ftdeploy.rehearsal.engine.provider import ProviderFailure
from ftdeploy.rehearsal.engine.resource import Resource
from ftdeploy.rehearsal.engine.values import Message, make_struct

_MOST_RETRIES = 100
"""How often a call is sent at most; Pulumi's figure."""
_T = TypeVar("_T")


class Hooks:
    """The error hooks that the program registered."""

    def __init__(self, events: Events) -> None:
        self._events = events
        self._callbacks: dict[str, Message] = {}
        self._channels: dict[str, Message] = {}
        self._lock = threading.Lock()

    def register(self, name: str, callback: Message) -> None:
        """Note a hook.

        Raises:
            EngineError: there is one of that name.
        """
        with self._lock:
            if name in self._callbacks:
                raise EngineError(f"error hook already registered for name: {name}")
            if callback.target not in self._channels:
                self._channels[callback.target] = grpc.insecure_channel(callback.target, options=CHANNEL_OPTIONS)
            self._callbacks[name] = callback

    def attempt(self, act: Callable[[], _T], operation: str, resource: Resource, old: Resource | None) -> _T:
        """Do `act`, again as long as one of the resource's hooks says so.

        Raises:
            ProviderFailure: no hook wanted another try, or there were too many.
        """
        errors: list[str] = []
        while True:
            try:
                return act()
            except ProviderFailure as failure:
                errors.insert(0, str(failure))
                if len(errors) >= _MOST_RETRIES:
                    text = f"maximum number of error hook retries ({_MOST_RETRIES}) reached"
                    self._events.tell(text, severity="warning", urn=resource.urn)
                    raise ProviderFailure(text) from None
                asked = _make_request(resource, old, operation, errors)
                names = resource.resource_hooks.get("OnError", ())
                if not any([self._ask(name, asked) for name in names]):  # noqa: C419 every hook is asked
                    raise
                text = f"retrying {operation} due to on-error hook request ({len(errors)}/{_MOST_RETRIES})"
                self._events.tell(text, severity="warning", urn=resource.urn)

    def _ask(self, name: str, asked: Message) -> bool:
        callback = self._callbacks.get(name)
        if callback is None:
            raise ProviderFailure(f'error hooks execution failed: error hook "{name}" was not registered')
        stub = callback_pb2_grpc.CallbacksStub(self._channels[callback.target])
        request = callback_pb2.CallbackInvokeRequest(token=callback.token, request=asked.SerializeToString())
        try:
            answer = resource_pb2.ErrorHookResponse.FromString(stub.Invoke(request).response)
        except grpc.RpcError as error:
            text = f'error hooks execution failed: error hook "{name}" failed: {error.details()}'
            raise ProviderFailure(text) from None
        if answer.error:
            raise ProviderFailure(f'error hooks execution failed: error hook "{name}" failed: {answer.error}')
        return bool(answer.retry)


def _make_request(resource: Resource, old: Resource | None, operation: str, errors: list[str]) -> Message:
    told = {key: getattr(resource, key) for key in ("urn", "id", "name", "type")}
    request = resource_pb2.ErrorHookRequest(**told, failed_operation=operation, errors=errors)
    if operation != "delete":
        request.new_inputs.CopyFrom(make_struct(resource.inputs))
    if old is not None:
        request.old_inputs.CopyFrom(make_struct(old.inputs))
        request.old_outputs.CopyFrom(make_struct(old.outputs))
    return request
