"""Every provider of an update: one plugin process for each provider resource."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor

from ftdeploy.rehearsal.engine.children import Child
from ftdeploy.rehearsal.engine.failures import EngineError
from ftdeploy.rehearsal.engine.launch import Launch
from ftdeploy.rehearsal.engine.provider import Outcome, Provider, drop_internal
from ftdeploy.rehearsal.engine.resource import Properties, Resource, get_package
from ftdeploy.rehearsal.engine.step import Diff


class Registry:
    """Starts plugins ahead of need, and finds the provider of a reference."""

    def __init__(self, launch: Launch) -> None:
        self._launch = launch
        self._pool = ThreadPoolExecutor(max_workers=16)
        self._lock = threading.RLock()
        self._checked: dict[str, Provider] = {}
        """URN to a provider that has checked its inputs and is not configured yet."""
        self._ready: dict[str, Provider] = {}
        """Reference to a configured provider."""
        self._all: list[Provider] = []
        self._spare = {package: list(map(self._connect, children)) for package, children in launch.plugins.items()}

    def _connect(self, child: Child) -> Future[Provider]:
        provider = Provider(child)
        self._all.append(provider)
        return self._pool.submit(provider.connect, self._launch.address)

    def _take(self, resource: Resource) -> Provider:
        package, version = get_package(resource.type), str(resource.inputs.get("version", ""))
        plugin = next((each for each in self._launch.order.plugins if each.package == package), None)
        if plugin is None or version not in {"", plugin.version}:
            given = ", ".join(f"{each.package} {each.version}" for each in self._launch.order.plugins) or "none"
            raise EngineError(f"no plugin for {package} {version}: this engine was given {given}")
        with self._lock:
            spare = self._spare[package]
            ahead = spare.pop(0) if spare else self._connect(self._launch.start_plugin(plugin))
        return ahead.result()

    def check(self, new: Resource, olds: Properties | None) -> Properties:
        """A provider resource's inputs, checked by a process of its own."""
        provider = self._checked.get(new.urn) or self._take(new)
        checked = provider.check(new, olds)
        self._checked[new.urn] = provider
        return {key: new.inputs[key] for key in ("__internal", "version") if key in new.inputs} | checked

    def diff(self, old: Resource, new: Resource) -> Diff:
        """What differs between a provider resource as recorded and as wanted."""
        found = self._checked[new.urn].diff_config(old, new)
        return found or Diff(has_changes=old.outputs != drop_internal(new.inputs))

    def configure(self, new: Resource, identity: str) -> Outcome:
        """Make a checked provider ready under an id."""
        provider = self._checked.pop(new.urn)
        provider.configure(new, identity)
        self._ready[f"{new.urn}::{identity}"] = provider
        return Outcome(id=identity, outputs=drop_internal(new.inputs))

    def get(self, provider: Resource) -> Provider:
        """The provider of a resource; configured now when only the state knows it, to read or delete what it made."""
        with self._lock:
            reference = f"{provider.urn}::{provider.id}"
            if reference not in self._ready:
                started = self._take(provider)
                started.configure(provider, provider.id)
                self._ready[reference] = started
            return self._ready[reference]

    def close(self) -> None:
        """End every plugin, all at once."""
        list(self._pool.map(Provider.close, self._all))
        self._pool.shutdown()
