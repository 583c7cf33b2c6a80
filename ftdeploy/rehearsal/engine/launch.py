"""Starts a phase's processes at once, before this process imports what it needs to speak with them."""

from __future__ import annotations

import itertools
import json
import os
import socket
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ftdeploy.rehearsal.engine.children import Child, import_sdk, start_module
from ftdeploy.rehearsal.engine.project import ORGANIZATION, Project
from ftdeploy.rehearsal.engine.resource import ROOT_TYPE, Resource, make_urn

_RUNNER = "ftdeploy.rehearsal.engine.runner"


@dataclass(frozen=True, slots=True)
class Plugin:
    """A provider plugin that the engine was given."""

    package: str
    version: str
    executable: str
    """A file, or `-m:` and the name of a module for this very Python."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One run of a program."""

    project: Project
    stack: str
    plugins: tuple[Plugin, ...]
    packs: tuple[tuple[Path, Mapping[str, Any]], ...]
    """Folder and settings of each policy pack."""
    parallel: int
    is_preview: bool = False
    is_destroy: bool = False
    targets: frozenset[str] = frozenset()
    """URNs; when there are any, nothing else is changed."""
    replaces: frozenset[str] = frozenset()
    """URNs of what is replaced in any case."""

    @property
    def names(self) -> dict[str, str]:
        """What is deployed, as the program, the packs and the monitor's callers are told alike."""
        return {"organization": ORGANIZATION, "project": self.project.name, "stack": self.stack}

    def make_urn(self, parent: str, kind: str, name: str) -> str:
        """The URN of a resource of the stack."""
        return make_urn(self.stack, self.project.name, parent=parent, kind=kind, name=name)

    def is_about(self, resource: Resource) -> bool:
        """Whether a resource may change: it is a target; providers and the stack itself always are."""
        is_inner = resource.is_provider or resource.type == ROOT_TYPE
        return not self.targets or is_inner or resource.urn in self.targets


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

    def start_program(self) -> None:
        """Start the program, which waits for `run_program`, and the packs."""
        order, environment = self.order, _make_environment(self.order)
        import_sdk()
        self.program = start_module([_RUNNER], environment, order.project.main)
        words = ("pulumi.policy", self.address)
        self.packs = [start_module([*words, str(each)], environment, each) for each, _ in order.packs]

    def start_plugin(self, plugin: Plugin) -> Child:
        """Start one more process of a plugin."""
        words, folder = [plugin.executable.removeprefix("-m:"), self.address], self.order.project.root
        if words[0] == plugin.executable:
            return Child(words, cwd=folder)
        return start_module(words, dict(os.environ), folder, can_fork=self.reserved.fileno() >= 0)  # nothing runs yet

    def kill(self) -> None:
        """End them all."""
        for child in filter(None, (self.program, *self.packs, *itertools.chain(*self.plugins.values()))):
            child.kill()

    def run_program(self) -> None:
        """Let the program begin: the engine listens."""
        assert self.program is not None  # noqa: S101 started
        order = self.order
        run = {"root_directory": str(order.project.root), "parallel": order.parallel, "dry_run": order.is_preview}
        told = {"monitor": self.address, "engine": self.address, **order.names, **run}
        self.program.tell(json.dumps({"main": str(order.project.main), "told": told}))


def launch(orders: Iterable[Order], packages: Sequence[str], *, has_program: bool = True) -> list[Launch]:
    """Start everything for runs that follow each other: what loads longest first.

    Of plugins that is a process for each of `packages`, and one of each plugin at least where there is a program.
    """
    launches = [_reserve(each) for each in orders]
    for each in launches if has_program else ():
        each.start_program()
    for each in launches:
        for plugin in each.order.plugins:
            count = max(int(has_program), packages.count(plugin.package))
            each.plugins[plugin.package] = [each.start_plugin(plugin) for _ in range(count)]
    return launches


def _reserve(order: Order) -> Launch:
    reserved = socket.socket()
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    reserved.bind(("127.0.0.1", 0))
    return Launch(order=order, address=f"127.0.0.1:{reserved.getsockname()[1]}", reserved=reserved)


def _make_environment(order: Order) -> Mapping[str, str]:
    told = order.names | {"dry_run": str(order.is_preview).lower()}
    told |= {"config": json.dumps(order.project.config)} if order.project.config else {}
    return {**os.environ, **{f"PULUMI_{key.upper()}": value for key, value in told.items()}}
