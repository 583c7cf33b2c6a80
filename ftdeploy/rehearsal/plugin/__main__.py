"""`python -m ftdeploy.rehearsal.plugin [ENGINE_ADDRESS]`: prints its port, serves, and ends when its parent has."""

from __future__ import annotations

import importlib
import importlib.util
import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import grpc


def main() -> None:
    """Serve until the process that started this one is gone."""
    parent = os.getppid()
    signal.signal(signal.SIGINT, lambda *_: os._exit(0))  # the CLI's way to end a plugin; it waits 5 s for it
    found = importlib.util.find_spec("pulumi")
    for name in ("pulumi", "pulumi.runtime", "pulumi.runtime.proto"):  # without the SDK, which costs 0.25 s
        if name in sys.modules:  # in a fork, which has it already
            break
        sys.modules[name] = hollow = ModuleType(name)
        hollow.__path__ = [str(Path(str(found and found.origin)).parent.joinpath(*name.split(".")[1:]))]
    service = importlib.import_module("ftdeploy.rehearsal.plugin.service")
    limits = [(f"grpc.max_{way}_message_length", 400 << 20) for way in ("send", "receive")]  # the Pulumi CLI's own
    server = grpc.server(ThreadPoolExecutor(max_workers=64), [service.Provider().get_handler()], options=limits)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    os.write(sys.stdout.fileno(), f"{port}\n".encode())
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)  # without waiting for calls that nobody hears any more


if __name__ == "__main__":
    main()
