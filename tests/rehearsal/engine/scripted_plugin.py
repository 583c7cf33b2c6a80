# ruff: noqa: N802 the methods are named by Pulumi
"""A provider plugin for tests: it obeys a script and writes down every call.

`SCRIPTED_PLUGIN` names a folder. `script.json` in it says what the n-th call of one kind for one resource does:

    {"create:a": [{"error": "refused"}, {"partial": ["not ready"]}, {"seconds": 0.3}], "read:a": [{"gone": true}],
     "create:b": [{"hold": "go"}]}

and what is not in it succeeds. `hold` waits for a file of that name. Calls go to `calls.ndjson`, one object a line.
A changed `path` replaces, delete first; a changed `zone` replaces, create first; anything else updates. `handle` is
an output that is only known after the create.
"""

from __future__ import annotations

import concurrent.futures
import importlib.util
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path
from types import ModuleType

import grpc

for _name in ("pulumi", "pulumi.runtime"):  # without the SDK, which takes longer to import than all the rest
    _found = importlib.util.find_spec(_name)
    sys.modules[_name] = ModuleType(_name)
    sys.modules[_name].__path__ = list(_found.submodule_search_locations)

from google.protobuf import any_pb2, empty_pb2, json_format, struct_pb2  # noqa: E402 after the SDK is skipped
from pulumi.runtime.proto import (  # noqa: E402
    plugin_pb2,
    provider_pb2,
    provider_pb2_grpc,
    status_pb2,
)

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
REPLACING = {"path", "zone"}


class Scripted(provider_pb2_grpc.ResourceProviderServicer):
    """Answers as told; remembers what it was asked."""

    def __init__(self, folder: Path) -> None:
        script = folder / "script.json"
        self._script = json.loads(script.read_text()) if script.exists() else {}
        self._folder = folder
        self._log = (folder / "calls.ndjson").open("a")
        self._lock = threading.Lock()

    def Handshake(self, request, context):
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True, accept_resources=True, accept_outputs=True)

    def GetPluginInfo(self, request, context):
        return plugin_pb2.PluginInfo(version="1.0.0")

    def CheckConfig(self, request, context):
        self._note("checkConfig", request, news=request.news)
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request, context):
        self._note("diffConfig", request, news=request.news)
        olds, news = to_dict(request.old_inputs or request.olds), to_dict(request.news)
        changed = sorted(key for key in olds.keys() | news.keys() if olds.get(key) != news.get(key))
        return make_diff(changed, replaces=[key for key in changed if key == "tenant"])

    def Configure(self, request, context):
        self._note("configure", request, news=request.args)
        return provider_pb2.ConfigureResponse(
            acceptSecrets=True, supportsPreview=True, acceptResources=True, acceptOutputs=True
        )

    def Check(self, request, context):
        self._note("check", request, news=request.news)
        if to_dict(request.news).get("size") == -1:
            failure = provider_pb2.CheckFailure(property="size", reason="must not be negative")
            return provider_pb2.CheckResponse(failures=[failure])
        return provider_pb2.CheckResponse(inputs=request.news)

    def Diff(self, request, context):
        self._note("diff", request, news=request.news)
        olds, news = to_dict(request.old_inputs), to_dict(request.news)
        changed = sorted(key for key in olds.keys() | news.keys() if olds.get(key) != news.get(key))
        changed = [key for key in changed if key not in request.ignoreChanges]
        return make_diff(changed, replaces=[key for key in changed if key in REPLACING], first="path" in changed)

    def Create(self, request, context):
        name = get_name(request.urn)
        news = to_dict(request.properties)
        outputs = news | {"handle": UNKNOWN if request.preview else f"handle-{name}-{news.get('size', 0):g}"}
        if request.preview:
            self._note("create", request, news=request.properties)
            return provider_pb2.CreateResponse(properties=to_struct(outputs))
        ending = f"-{news['zone']}" if news.get("zone") else ""
        identity = f"/things/{name}{ending}"
        self._obey("create", request, context, (identity, outputs))
        return provider_pb2.CreateResponse(id=identity, properties=to_struct(outputs))

    def Update(self, request, context):
        outputs = to_dict(request.olds) | to_dict(request.news)
        if not request.preview:
            self._obey("update", request, context, (request.id, outputs))
        return provider_pb2.UpdateResponse(properties=to_struct(outputs))

    def Read(self, request, context):
        done = self._obey("read", request, context, (request.id, to_dict(request.properties)))
        if done.get("gone"):
            return provider_pb2.ReadResponse()
        inputs = to_dict(request.inputs) | done.get("inputs", {"size": 7} if not request.inputs.fields else {})
        outputs = to_dict(request.properties) | inputs | {"handle": f"handle-{get_name(request.urn)}"}
        return provider_pb2.ReadResponse(id=request.id, properties=to_struct(outputs), inputs=to_struct(inputs))

    def Delete(self, request, context):
        self._obey("delete", request, context)
        return empty_pb2.Empty()

    def Invoke(self, request, context):
        self._note("invoke", request, news=request.args)
        answer = to_dict(request.args) | {"answer": 42}
        return provider_pb2.InvokeResponse(**{"return": to_struct(answer)})

    def Cancel(self, request, context):
        self._note("cancel", request)
        return empty_pb2.Empty()

    def _note(self, kind, request, news=None, **more):
        line = {"call": kind, "urn": getattr(request, "urn", ""), "at": time.time(), "news": to_dict(news), **more}
        line["preview"] = getattr(request, "preview", False)
        if hasattr(request, "id"):
            line["id"] = request.id
        with self._lock:
            self._log.write(json.dumps(line) + "\n")
            self._log.flush()

    def _obey(self, kind, request, context, made=("", {})):
        key = f"{kind}:{get_name(request.urn)}"
        with self._lock:
            steps = self._script.get(key) or [{}]
            step = steps.pop(0)
        self._note(kind, request, news=get_news(kind, request))
        if "hold" in step:
            while not (self._folder / step["hold"]).exists():
                time.sleep(0.02)
        time.sleep(step.get("seconds", 0))
        self._note(f"{kind}-done", request)
        if "error" in step:
            context.abort(grpc.StatusCode.UNKNOWN, step["error"])
        if "partial" in step:
            fail_partially(context, *made, step["partial"])
        return step


def get_news(kind, request):
    """The inputs that a call of some kind is about."""
    names = {"create": "properties", "update": "news", "read": "inputs", "delete": "old_inputs"}
    return getattr(request, names[kind])


def fail_partially(context, identity, outputs, reasons):
    """End the call as a write that was accepted and then failed."""
    failed = provider_pb2.ErrorResourceInitFailed(id=identity, properties=to_struct(outputs), reasons=reasons)
    detail = any_pb2.Any()
    detail.Pack(failed)
    status = status_pb2.Status(code=2, message="resource partially created", details=[detail])
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    context.abort(grpc.StatusCode.UNKNOWN, "resource partially created")


def make_diff(changed, replaces, first=False):
    """A provider's answer to a diff, with both the short and the detailed form."""
    kinds = provider_pb2.PropertyDiff
    detailed = {
        key: kinds(kind=kinds.UPDATE_REPLACE if key in replaces else kinds.UPDATE, inputDiff=True) for key in changed
    }
    return provider_pb2.DiffResponse(
        changes=provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE,
        diffs=changed,
        replaces=replaces,
        deleteBeforeReplace=first,
        detailedDiff=detailed,
        hasDetailedDiff=True,
    )


def get_name(urn):
    return urn.rsplit("::", 1)[-1]


def to_dict(struct):
    return json_format.MessageToDict(struct) if struct is not None else {}


def to_struct(data):
    struct = struct_pb2.Struct()
    struct.update(data)
    return struct


def main():
    signal.signal(signal.SIGINT, lambda *_: os._exit(0))  # the CLI's way to end a plugin; it waits 5 s for it
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(64))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Scripted(Path(os.environ["SCRIPTED_PLUGIN"])), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    parent = os.getppid()
    while server.wait_for_termination(0.5):
        if os.getppid() != parent:
            os._exit(0)


if __name__ == "__main__":
    main()
