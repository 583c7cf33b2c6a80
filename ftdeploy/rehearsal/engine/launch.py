"""Starts a phase's processes at once, before this process imports what it needs to speak with them."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ftdeploy.rehearsal.engine.children import Child, get_module_command
from ftdeploy.rehearsal.engine.project import ORGANIZATION, Project

_RUNNER = "ftdeploy.rehearsal.engine.runner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """A provider plugin that the engine was given."""

    package: str
    version: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One run of a program."""

    project: Project
    stack: str
    plugins: tuple[Plugin, ...]
    packs: tuple[Path, ...]
    parallel: int
    is_preview: bool
    is_destroy: bool = False


@dataclass(slots=True, kw_only=True)
class Launch:
    """The running processes of one order."""

    order: Order
    address: str
    """Where the engine will listen; nothing else can take the port meanwhile."""
    reserved: socket.socket
    program: Child | None = None
    packs: list[Child] = field(default_factory=list)
    plugins: dict[str, list[Child]] = field(default_factory=dict)

    def start_plugin(self, plugin: Plugin) -> Child:
        """Start one more process of a plugin."""
        command = [*plugin.command, self.address]
        return Child(command, environment=os.environ, folder=self.order.project.root)

    def run_program(self) -> None:
        """Let the program begin: the engine listens."""
        assert self.program is not None  # noqa: S101 started
        order = self.order
        told = {
            "monitor": self.address,
            "engine": self.address,
            "organization": ORGANIZATION,
            "project": order.project.name,
            "stack": order.stack,
            "root_directory": str(order.project.root),
            "parallel": order.parallel,
            "dry_run": order.is_preview,
        }
        self.program.tell(json.dumps({"main": str(order.project.main), "told": told}))


def launch(order: Order, packages: Iterable[str], *, has_program: bool = True) -> Launch:
    """Start everything: a plugin process for each of `packages`, and one of each plugin at least."""
    reserved = socket.socket()
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    reserved.bind(("127.0.0.1", 0))
    started = Launch(order=order, address=f"127.0.0.1:{reserved.getsockname()[1]}", reserved=reserved)
    environment = _make_environment(order)
    if has_program:
        command = get_module_command(_RUNNER, guarded=False)
        started.program = Child(command, environment=environment, folder=order.project.main)
    for folder in order.packs:
        command = get_module_command("pulumi.policy", started.address, str(folder))
        started.packs.append(Child(command, environment=environment, folder=folder))
    wanted = list(packages)
    for plugin in order.plugins:
        count = max(1, wanted.count(plugin.package)) if has_program else wanted.count(plugin.package)
        started.plugins[plugin.package] = [started.start_plugin(plugin) for _ in range(count)]
    return started


def _make_environment(order: Order) -> Mapping[str, str]:
    told = {
        "PULUMI_ORGANIZATION": ORGANIZATION,
        "PULUMI_PROJECT": order.project.name,
        "PULUMI_STACK": order.stack,
        "PULUMI_DRY_RUN": str(order.is_preview).lower(),
    }
    if order.project.config:
        told["PULUMI_CONFIG"] = json.dumps(order.project.config)
    return {**os.environ, **told}
