"""The plugin as a process, called as an engine calls it, with plain dictionaries."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import grpc
from google.protobuf import empty_pb2, json_format, struct_pb2
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc, status_pb2

SUBSCRIPTION = "11111111-1111-1111-1111-111111111111"
CONFIG = {"subscriptionId": SUBSCRIPTION, "tenantId": "home", "clientId": "pipeline", "clientSecret": "pretend"}


def make_urn(kind: str) -> str:
    return f"urn:pulumi:dev::ftdeploy::ftdeploy:index:Deployment$azure-native:{kind}::support"


def make_struct(values: dict) -> struct_pb2.Struct:
    return json_format.ParseDict(values, struct_pb2.Struct())


def read_partial(error: grpc.RpcError) -> provider_pb2.ErrorResourceInitFailed:
    """What a partial failure carries in its trailer."""
    trailer = dict(error.trailing_metadata())["grpc-status-details-bin"]
    detail = provider_pb2.ErrorResourceInitFailed()
    assert status_pb2.Status.FromString(trailer).details[0].Unpack(detail)
    return detail


class Plugin:
    """Use as a context manager; one process, configured as often as a test likes."""

    def __init__(self, **environment: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ARM_")}
        command = [sys.executable, "-m", "ftdeploy.rehearsal.plugin", "127.0.0.1:1"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, env=inherited | environment, text=True)
        self._channel = grpc.insecure_channel(f"127.0.0.1:{self.process.stdout.readline().strip()}")
        self.stub = provider_pb2_grpc.ResourceProviderStub(self._channel)

    def __enter__(self) -> Plugin:
        return self

    def __exit__(self, *_) -> None:
        self._channel.close()
        self.process.send_signal(signal.SIGINT)
        self.process.wait()
        self.process.stdout.close()

    def configure(self, **config: str) -> provider_pb2.ConfigureResponse:
        variables = {f"azure-native:config:{name}": value for name, value in config.items()}
        request = provider_pb2.ConfigureRequest(variables=variables, sends_old_inputs=True)
        return self.stub.Configure(request)

    def check(self, kind: str, news: dict, olds: dict | None = None) -> tuple[dict, list[str]]:
        request = provider_pb2.CheckRequest(urn=make_urn(kind), olds=make_struct(olds or {}), news=make_struct(news))
        answer = self.stub.Check(request)
        return json_format.MessageToDict(answer.inputs), [failure.reason for failure in answer.failures]

    def diff(self, kind: str, old: dict, new: dict, outputs: dict | None = None) -> provider_pb2.DiffResponse:
        inputs = {"old_inputs": make_struct(old), "news": make_struct(new)}
        return self.stub.Diff(provider_pb2.DiffRequest(urn=make_urn(kind), olds=make_struct(outputs or old), **inputs))

    def create(self, kind: str, inputs: dict, *, preview: bool = False) -> tuple[str, dict]:
        request = provider_pb2.CreateRequest(urn=make_urn(kind), properties=make_struct(inputs), preview=preview)
        answer = self.stub.Create(request)
        return answer.id, json_format.MessageToDict(answer.properties)

    def begin_create(self, kind: str, inputs: dict) -> grpc.Future:
        return self.stub.Create.future(provider_pb2.CreateRequest(urn=make_urn(kind), properties=make_struct(inputs)))

    def update(self, kind: str, path: str, news: dict, *, olds: dict | None = None, preview: bool = False) -> dict:
        values = {"olds": make_struct(olds or {}), "news": make_struct(news)}
        request = provider_pb2.UpdateRequest(urn=make_urn(kind), id=path, preview=preview, **values)
        return json_format.MessageToDict(self.stub.Update(request).properties)

    def read(
        self, kind: str, path: str, inputs: dict | None = None, outputs: dict | None = None
    ) -> tuple[str, dict, dict]:
        values = {"inputs": make_struct(inputs or {}), "properties": make_struct(outputs or {})}
        answer = self.stub.Read(provider_pb2.ReadRequest(urn=make_urn(kind), id=path, **values))
        return answer.id, json_format.MessageToDict(answer.inputs), json_format.MessageToDict(answer.properties)

    def delete(self, kind: str, path: str) -> None:
        self.stub.Delete(provider_pb2.DeleteRequest(urn=make_urn(kind), id=path))

    def invoke(self, token: str, **arguments: str) -> dict:
        answer = self.stub.Invoke(provider_pb2.InvokeRequest(tok=token, args=make_struct(arguments)))
        return json_format.MessageToDict(getattr(answer, "return"))

    def cancel(self) -> None:
        self.stub.Cancel(empty_pb2.Empty())
