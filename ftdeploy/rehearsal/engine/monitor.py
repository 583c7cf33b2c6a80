"""The services that a running program calls: Pulumi's resource monitor and engine."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from functools import wraps
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, resource_pb2, resource_pb2_grpc

from ftdeploy.rehearsal.engine.failures import EngineError, Refusal, Stopped
from ftdeploy.rehearsal.engine.generator import Generator
from ftdeploy.rehearsal.engine.goals import Goal, check_fields, parse_read, parse_registration
from ftdeploy.rehearsal.engine.phase import Phase
from ftdeploy.rehearsal.engine.project import ORGANIZATION
from ftdeploy.rehearsal.engine.removal import remove_rest
from ftdeploy.rehearsal.engine.resource import (
    ROOT_TYPE,
    get_package,
    get_qualified_type,
    is_provider_type,
    make_provider_type,
)
from ftdeploy.rehearsal.engine.steps import Step, Steps
from ftdeploy.rehearsal.engine.values import UNKNOWN, Message, make_struct, parse_struct

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
        self._defaults: dict[str, str] = {}
        self._defaults_lock = threading.Lock()

    def GetDeploymentInfo(self, request: Message, context: Message) -> Message:  # noqa: N802 Pulumi's name
        """What is deployed, and that everything is understood: what is not is refused by name when it comes."""
        order = self.phase.order
        return resource_pb2.DeploymentInfo(
            project=order.project.name,
            stack=order.stack,
            organization=ORGANIZATION,
            config=order.project.config,
            dryRun=order.is_preview,
            parallel=order.parallel,
            supportedFeatures=list(resource_pb2.ResourceMonitorFeature.values()),
        )

    def SupportsFeature(self, request: Message, context: Message) -> Message:  # noqa: N802
        """As above, for older SDKs."""
        return resource_pb2.SupportsFeatureResponse(hasSupport=True)

    @_guard
    def RegisterPackage(self, request: Message, context: Message) -> Message:  # noqa: N802
        """Note a package."""
        check_fields(request, request.name)
        return resource_pb2.RegisterPackageResponse(ref=f"{request.name}@{request.version}")

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
        self._inherit(goal)
        if is_provider_type(goal.type):
            goal.properties |= _get_provider_inputs(goal.package_version)
        elif goal.custom:
            goal.provider = self._resolve_provider(goal, goal.type)
        step = self._register(goal, self._generator.list_steps)
        new = step.resource
        self._check_secrets(step)
        outputs = new.outputs if new.custom else {}
        answer = resource_pb2.RegisterResourceResponse(urn=new.urn, id=new.id, unknown=step.is_skipped)
        answer.object.CopyFrom(make_struct(outputs))
        return answer

    @_guard
    def ReadResource(self, request: Message, context: Message) -> Message:  # noqa: N802
        """Read a resource that exists."""
        goal = parse_read(request, str(self.phase.order.project.root))
        self._inherit(goal)
        goal.provider = self._resolve_provider(goal, goal.type)
        new = self._register(goal, self._generator.list_read_steps).resource
        answer = resource_pb2.ReadResourceResponse(urn=new.urn)
        answer.properties.CopyFrom(make_struct(new.outputs))
        return answer

    def _register(self, goal: Goal, decide: Callable[[Goal], list[Step]]) -> Step:
        with self._deciding:
            if not self.phase.gate.is_open:
                raise Stopped
            steps = decide(goal)
        for step in steps:
            self._steps.take(step)
        return next(step for step in steps if step.new is not None)

    def _check_secrets(self, step: Step) -> None:
        secret = next((key for key in step.resource.additional_secret_outputs if key in step.resource.outputs), None)
        if secret is not None:
            raise Refusal(f"the secret output `{secret}` of {step.resource.name}", step.urn)

    def _inherit(self, goal: Goal) -> None:
        parent = self.phase.goals.get(goal.parent)
        if parent is not None:
            goal.inherit(parent)
            if not goal.custom:
                goal.providers = {**parent.providers, **goal.providers}

    def _resolve_provider(self, goal: Goal, token: str) -> str:
        """The reference of the provider: the given one, the parent's, or the default provider."""
        package = get_package(token)
        parent = self.phase.goals.get(goal.parent)
        inherited = parent.providers.get(package, "") if parent else ""
        found = goal.provider or goal.providers.get(package, "") or inherited
        if found:
            return found
        return self._get_default(package, goal.package_version)

    def _get_default(self, package: str, version: str) -> str:
        plain = version.replace(".", "_").replace("-", "_").replace("+", "_")
        name = f"default_{plain}" if version else "default"
        with self._defaults_lock:
            key = f"{package}@{version}"
            if key not in self._defaults:
                config = self.phase.order.project.config.items()
                own = {
                    name.removeprefix(f"{package}:"): each for name, each in config if name.startswith(f"{package}:")
                }
                inputs = {**own, **_get_provider_inputs(version)}
                goal = Goal(type=make_provider_type(package), name=name, properties=inputs)
                new = self._register(goal, self._generator.list_steps).resource
                self._defaults[key] = f"{new.urn}::{new.id}"
            return self._defaults[key]

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
        phase.events.tell_end(step, step.op, is_preview=phase.is_preview)

    @_guard
    def Invoke(self, request: Message, context: Message) -> Message:  # noqa: N802
        """Call a provider's function; what it refuses is the program's to handle."""
        check_fields(request, request.tok)
        parse_struct(request.args)
        goal = Goal(type=request.tok, name="", provider=request.provider, version=request.version)
        goal.parent, goal.package = request.parent, request.packageRef
        provider = self.phase.get_provider(self._resolve_provider(goal, request.tok))
        if any(self._is_unresolved(urn) for urn in request.dependsOn):
            return resource_pb2.ResourceInvokeResponse(unknown=True)
        try:
            answer = provider.invoke(request.tok, request.args, is_preview=self.phase.is_preview)
        except EngineError as error:
            text = f"invocation of {request.tok} returned an error: {error}"
            return context.abort(grpc.StatusCode.UNKNOWN, text)
        parse_struct(getattr(answer, "return"))
        return resource_pb2.ResourceInvokeResponse(**{"return": getattr(answer, "return")}, failures=answer.failures)

    def _is_unresolved(self, urn: str) -> bool:
        """Whether a resource, or one below a component, only comes to be in the update that is previewed."""
        new = self.phase.news.get(urn)
        if new is None or new.custom:
            return new is None or new.id in {"", UNKNOWN}
        return any(self._is_unresolved(each.urn) for each in list(self.phase.news.values()) if each.parent == urn)

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


def _get_provider_inputs(version: str) -> dict[str, Any]:
    """What the engine adds to the inputs of every provider resource."""
    return {"__internal": {}, "version": version} if version else {}


class EngineService(engine_pb2_grpc.EngineServicer):
    """Logs, and the stack's own URN."""

    _SEVERITIES = ("debug", "info", "warning", "error")

    def __init__(self, phase: Phase) -> None:
        self._phase = phase
        self._root = ""

    def Log(self, request: Message, context: Message) -> Message:  # noqa: N802
        """Hand on what the program or a plugin says."""
        is_echo = not self._phase.gate.is_open  # the program only says that it was turned away
        severity = "debug" if is_echo else self._SEVERITIES[request.severity]
        self._phase.events.tell(request.message, severity=severity, urn=request.urn)
        return empty_pb2.Empty()

    def GetRootResource(self, request: Message, context: Message) -> Message:  # noqa: N802
        """The stack's URN, once it is known."""
        return engine_pb2.GetRootResourceResponse(urn=self._root)

    def SetRootResource(self, request: Message, context: Message) -> Message:  # noqa: N802
        """Note the stack's URN."""
        self._root = request.urn
        return engine_pb2.SetRootResourceResponse()

    def RequirePulumiVersion(self, request: Message, context: Message) -> Message:  # noqa: N802
        """Any version will do."""
        return engine_pb2.RequirePulumiVersionResponse()
