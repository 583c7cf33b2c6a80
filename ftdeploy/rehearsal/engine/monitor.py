"""The services that a running program calls: Pulumi's resource monitor and engine."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from functools import wraps
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2_grpc, resource_pb2, resource_pb2_grpc

from ftdeploy.rehearsal.engine.failures import EngineError, Refusal, Stopped
from ftdeploy.rehearsal.engine.generator import Generator
from ftdeploy.rehearsal.engine.goals import check_fields, parse_registration
from ftdeploy.rehearsal.engine.phase import Phase
from ftdeploy.rehearsal.engine.removal import remove_rest
from ftdeploy.rehearsal.engine.resource import ROOT_TYPE, get_qualified_type
from ftdeploy.rehearsal.engine.steps import Steps
from ftdeploy.rehearsal.engine.values import Message, make_struct, parse_struct

_Method = Callable[[Any, Message, Message], Message]


def _guard(method: _Method) -> _Method:
    """Tell what goes wrong, then turn the program away once nothing runs any more.

    The SDK makes one line of UNAVAILABLE. Until then the program must live: steps that run may ask its hooks.
    """

    @wraps(method)
    def call(self: Monitor, request: Message, context: Message) -> Message:
        try:
            return method(self, request, context)
        except EngineError as error:
            self.phase.events.tell(str(error), severity="error", urn=error.urn)
            self.phase.gate.fail()
        except Stopped:
            pass
        except Exception:
            self.phase.events.tell(f"a bug of the engine: {traceback.format_exc()}", severity="error")
            self.phase.gate.fail()
        self.phase.gate.wait_until_quiet()
        return context.abort(grpc.StatusCode.UNAVAILABLE, "resource monitor shut down")

    return call


def _refuse(what: str) -> _Method:
    def call(_self: Monitor, _request: Message, _context: Message) -> Message:
        raise Refusal(what)

    return _guard(call)


class Monitor(resource_pb2_grpc.ResourceMonitorServicer):
    """Answers one program; many calls at once, decisions one at a time."""

    def __init__(self, phase: Phase) -> None:
        self.phase = phase
        self._steps = Steps(phase)
        self._generator = Generator(phase)
        self._deciding = threading.Lock()

    def GetDeploymentInfo(self, request: Message, context: Message) -> Message:  # noqa: N802 Pulumi's name
        """What is deployed, and that everything is understood: what is not is refused by name when it comes."""
        order = self.phase.order
        told: dict[str, Any] = {**order.names, "dryRun": order.is_preview, "parallel": order.parallel}
        told["supportedFeatures"] = list(resource_pb2.ResourceMonitorFeature.values())
        return resource_pb2.DeploymentInfo(**told, config=order.project.config)

    @_guard
    def RegisterErrorHook(self, request: Message, context: Message) -> Message:  # noqa: N802
        """Note an error hook."""
        check_fields(request, request.name)
        self.phase.hooks.register(request.name, request.callback)
        return empty_pb2.Empty()

    @_guard
    def RegisterResource(self, request: Message, context: Message) -> Message:  # noqa: N802
        """Make a resource what the program wants."""
        goal = parse_registration(request, str(self.phase.order.project.root))
        with self._deciding:
            if not self.phase.gate.is_open:
                raise Stopped
            steps = self._generator.list_steps(goal)
        for step in steps:
            self._steps.take(step)
        new = goal.state
        answer = resource_pb2.RegisterResourceResponse(urn=new.urn, id=new.id, unknown=steps[-1].is_skipped)
        answer.object.CopyFrom(make_struct(new.outputs if new.custom else {}))
        return answer

    @_guard
    def RegisterResourceOutputs(self, request: Message, context: Message) -> Message:  # noqa: N802
        """Note a component's outputs; the stack's wait until it is known how the update ends."""
        outputs = parse_struct(request.outputs)
        if get_qualified_type(request.urn) == ROOT_TYPE:
            self.phase.stack_outputs = (request.urn, outputs)
        else:
            self.set_outputs(request.urn, outputs)
        return empty_pb2.Empty()

    def set_outputs(self, urn: str, outputs: dict[str, Any]) -> None:
        """Give a component its outputs."""
        phase = self.phase
        step = phase.registered.pop(urn, None)
        if step is None:
            raise EngineError(f"cannot complete a resource '{urn}' whose registration isn't pending", urn)
        if step.is_skipped:
            return
        phase.has_changes |= step.resource.outputs != outputs
        step.resource.outputs = outputs
        if not phase.is_preview:
            phase.snapshot.save(step.resource)
        phase.events.tell_end(step, step.op)

    @_guard
    def Invoke(self, request: Message, context: Message) -> Message:  # noqa: N802
        """Call a provider's function; what it refuses is the program's to handle."""
        check_fields(request, request.tok)
        parse_struct(request.args)
        if not request.provider:
            raise Refusal(f"default providers: the call of {request.tok} has no explicit one")
        provider = self.phase.get_provider(request.provider)
        try:
            answer = provider.invoke(request.tok, request.args, is_preview=self.phase.is_preview)
        except EngineError as error:
            text = f"invocation of {request.tok} returned an error: {error}"
            return context.abort(grpc.StatusCode.UNKNOWN, text)
        parse_struct(getattr(answer, "return"))
        return resource_pb2.ResourceInvokeResponse(**{"return": getattr(answer, "return")}, failures=answer.failures)

    @_guard
    def SignalAndWaitForShutdown(self, request: Message, context: Message) -> Message:  # noqa: N802
        """The program has asked for everything: remove the rest while its hooks still answer."""
        remove_rest(self.phase, self._steps)
        if not self.phase.gate.is_open:
            raise Stopped
        self.is_complete = True
        return empty_pb2.Empty()

    is_complete = False
    """Whether the program came to its end and all was done."""

    Call = _refuse("calls of resource methods")  # type: ignore[assignment]
    RegisterStackTransform = _refuse("stack transforms")  # type: ignore[assignment]
    RegisterStackInvokeTransform = _refuse("invoke transforms")  # type: ignore[assignment]
    RegisterResourceHook = _refuse("resource hooks, only error hooks")  # type: ignore[assignment]
    RegisterPackage = _refuse("parameterised packages")  # type: ignore[assignment]
    ReadResource = _refuse("reading resources that exist")  # type: ignore[assignment]


class EngineService(engine_pb2_grpc.EngineServicer):
    """Takes what the program and the plugins say."""

    _SEVERITIES = ("debug", "info", "warning", "error")

    def __init__(self, phase: Phase) -> None:
        self._phase = phase

    def Log(self, request: Message, context: Message) -> Message:  # noqa: N802
        """Hand on what the program or a plugin says."""
        is_echo = not self._phase.gate.is_open  # the program only says that it was turned away
        severity = "debug" if is_echo else self._SEVERITIES[request.severity]
        self._phase.events.tell(request.message, severity=severity, urn=request.urn)
        return empty_pb2.Empty()
