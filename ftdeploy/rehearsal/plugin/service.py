"""The provider's calls: what the engine asks, and what the real plugin would answer."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import grpc
from google.protobuf import empty_pb2, message_factory, struct_pb2
from pulumi.runtime.proto import plugin_pb2, status_pb2
from pulumi.runtime.proto import provider_pb2 as rpc

from ftdeploy.rehearsal.plugin.resource_manager import ResourceManager, read_settings
from ftdeploy.rehearsal.plugin.shapes import ResourceType, Values, apply_changes, get_type, parse_struct, render_struct
from ftdeploy.rehearsal.plugin.wire import PluginError, RequestRefused, Unfinished


class Provider:
    """One configured provider; accepts neither secrets nor output values, as the real one, so values travel plain."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._settings: dict[str, str] = {}
        self._manager: ResourceManager

    def get_handler(self) -> grpc.GenericRpcHandler:
        """Every call of pulumirpc.ResourceProvider that is implemented here."""
        service = rpc.DESCRIPTOR.services_by_name["ResourceProvider"]
        calls: dict[str, Callable[[Any], Any]] = {
            "Handshake": lambda _: rpc.ProviderHandshakeResponse(supports_autonaming_configuration=True),
            "GetPluginInfo": lambda _: plugin_pb2.PluginInfo(version="3.29.0"),
            "CheckConfig": lambda request: rpc.CheckResponse(inputs=request.news),
            "DiffConfig": lambda _: rpc.DiffResponse(),
        }
        names = [name for name in service.methods_by_name if hasattr(self, f"_{name.lower()}")]
        calls |= {name: getattr(self, f"_{name.lower()}") for name in names}
        handlers = {name: _render_handler(service.methods_by_name[name], call) for name, call in calls.items()}
        return grpc.method_handlers_generic_handler(service.full_name, handlers)

    def _configure(self, request: rpc.ConfigureRequest) -> rpc.ConfigureResponse:
        config = {name.removeprefix("azure-native:config:"): value for name, value in request.variables.items()}
        self._settings = read_settings(config, os.environ)
        self._manager = ResourceManager(self._settings, self._stopped)
        return rpc.ConfigureResponse(supportsPreview=True, supports_autonaming_configuration=True)

    def _invoke(self, request: rpc.InvokeRequest) -> rpc.InvokeResponse:
        if request.tok == "azure-native:authorization:getClientConfig":
            claims = self._manager.get_claims()
            found = {"clientId": claims.get("appid"), "objectId": claims.get("oid"), "tenantId": claims.get("tid")}
            found["subscriptionId"] = self._settings["subscriptionId"]
            return rpc.InvokeResponse(**{"return": render_struct(found)})
        kind = get_type(request.tok.replace(":get", ":"))
        path = kind.render_path(parse_struct(request.args), self._settings["subscriptionId"])
        try:
            body = self._manager.get(path + kind.query)
        except RequestRefused as error:
            raise PluginError(f"request failed {path}: {error}") from error
        return rpc.InvokeResponse(**{"return": render_struct(kind.parse_outputs(body) | {"id": body.get("id", path)})})

    def _check(self, request: rpc.CheckRequest) -> rpc.CheckResponse:
        kind, inputs = get_type(request.urn), parse_struct(request.news)
        location = parse_struct(request.olds).get("location") or self._settings["location"]
        if "location" in kind.shape["both"] and location:
            inputs.setdefault("location", location)
        inputs.setdefault("azureApiVersion", kind.api_version)
        failures = [rpc.CheckFailure(reason=reason) for reason in kind.check_inputs(inputs)]
        return rpc.CheckResponse(inputs=render_struct(inputs), failures=failures)

    def _diff(self, request: rpc.DiffRequest) -> rpc.DiffResponse:
        outputs, old = parse_struct(request.olds), parse_struct(request.old_inputs)
        old = {name: outputs[name] for name in ("azureApiVersion",) if name in outputs} | old
        found = get_type(request.urn).find_differences(old, parse_struct(request.news), outputs)
        replaces = sorted(path for path, word in found.items() if word.endswith("_REPLACE"))
        kinds = {path: rpc.PropertyDiff.Kind.Value(word) for path, word in found.items()}
        return rpc.DiffResponse(
            changes=rpc.DiffResponse.DIFF_SOME if found else rpc.DiffResponse.DIFF_NONE,
            replaces=replaces,
            deleteBeforeReplace=bool(replaces),
            diffs=sorted({path.split(".")[0].split("[")[0] for path in found}),
            detailedDiff={path: rpc.PropertyDiff(kind=kind, inputDiff=True) for path, kind in kinds.items()},
            hasDetailedDiff=bool(found),
        )

    def _create(self, request: rpc.CreateRequest) -> rpc.CreateResponse:
        kind, inputs = get_type(request.urn), parse_struct(request.properties)
        if request.preview:
            return rpc.CreateResponse(properties=render_struct(kind.preview_outputs(inputs)))
        path = kind.render_path(inputs, self._settings["subscriptionId"])
        answer = self._manager.send("GET", path + kind.query)
        if answer.status == HTTPStatus.OK and answer.body:
            raise PluginError(f"cannot create already existing resource '{path}'")
        if answer.status not in (HTTPStatus.OK, HTTPStatus.NO_CONTENT, HTTPStatus.NOT_FOUND):
            what = f"status code {answer.status}, {answer.text}"
            raise PluginError(f"cannot check existence of resource '{path}': {what}")
        body = self._write(kind, path, request.properties)
        return rpc.CreateResponse(id=body.get("id", path), properties=render_struct(kind.parse_outputs(body)))

    def _update(self, request: rpc.UpdateRequest) -> rpc.UpdateResponse:
        kind, inputs, old = get_type(request.urn), parse_struct(request.news), parse_struct(request.olds)
        if request.preview:
            stable = {name: old[name] for name in ("name", "location") if name in old}
            return rpc.UpdateResponse(properties=render_struct(kind.preview_outputs(inputs) | stable))
        body = self._write(kind, kind.render_path(inputs, self._settings["subscriptionId"]), request.news)
        return rpc.UpdateResponse(properties=render_struct(kind.parse_outputs(body)))

    def _read(self, request: rpc.ReadRequest) -> rpc.ReadResponse:
        kind = get_type(request.urn)
        try:
            body = self._manager.get(request.id + kind.query)
        except RequestRefused as error:
            if error.is_absence:
                return rpc.ReadResponse()
            raise
        outputs = kind.parse_outputs(body)
        inputs = kind.import_inputs(request.id, outputs)
        if request.inputs.fields:
            before = kind.project_inputs(parse_struct(request.properties))
            inputs = apply_changes(parse_struct(request.inputs), before, kind.project_inputs(outputs))
        return rpc.ReadResponse(id=request.id, properties=render_struct(outputs), inputs=render_struct(inputs))

    def _delete(self, request: rpc.DeleteRequest) -> empty_pb2.Empty:
        self._manager.delete(request.id + get_type(request.urn).query)
        return empty_pb2.Empty()

    def _cancel(self, request: empty_pb2.Empty) -> empty_pb2.Empty:
        self._stopped.set()  # ends every wait; what was accepted is partly done then, as with the real one
        return request

    def _write(self, kind: ResourceType, path: str, inputs: struct_pb2.Struct) -> Values:
        """What is there after the write; one that went half-way tells what is there, so that state does not lose it."""
        url, properties = path + kind.query, None
        try:
            return self._manager.put(url, kind.render_body(parse_struct(inputs)))
        except Unfinished as error:
            reason = str(error)
            try:
                properties = render_struct(kind.parse_outputs(self._manager.get(url)))
            except PluginError as unread:
                reason = f"resource created but read failed {unread}: {error}"
            partly = Unfinished(reason)
            partly.detail = rpc.ErrorResourceInitFailed(id=path, properties=properties, reasons=[reason], inputs=inputs)
            raise partly from error


def _render_handler(method: Any, call: Callable[[Any], Any]) -> grpc.RpcMethodHandler:  # noqa: ANN401  # a descriptor
    def answer(request: object, context: grpc.ServicerContext) -> object:
        try:
            return call(request)
        except PluginError as error:
            if isinstance(error, Unfinished):
                status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=str(error))
                status.details.add().Pack(error.detail)
                context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
            return context.abort(grpc.StatusCode.UNKNOWN, str(error))

    parse = message_factory.GetMessageClass(method.input_type).FromString
    return grpc.unary_unary_rpc_method_handler(answer, parse, lambda reply: reply.SerializeToString())
