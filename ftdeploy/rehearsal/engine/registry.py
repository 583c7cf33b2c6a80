"""Every provider of an update: one plugin process for each provider resource."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import Future, ThreadPoolExecutor

from ftdeploy.rehearsal.engine.children import Child
from ftdeploy.rehearsal.engine.failures import EngineError
from ftdeploy.rehearsal.engine.launch import Launch
from ftdeploy.rehearsal.engine.provider import Diff, Outcome, Provider, drop_internal
from ftdeploy.rehearsal.engine.resource import Properties, Resource, get_package
from ftdeploy.rehearsal.engine.values import UNKNOWN


class Registry:
    """Starts plugins ahead of need, and finds the provider of a reference."""

    def __init__(self, launch: Launch) -> None:
        self._launch = launch
        self._pool = ThreadPoolExecutor(max_workers=16)
        self._lock = threading.RLock()
        self._spare: dict[str, list[Future[Provider]]] = {}
        self._checked: dict[str, Provider] = {}
        """URN to a provider that has checked its inputs and is not configured yet."""
        self._ready: dict[str, Provider] = {}
        """Reference to a configured provider."""
        self._all: list[Provider] = []
        for package, children in launch.plugins.items():
            self._spare[package] = [self._connect(child) for child in children]

    def _connect(self, child: Child) -> Future[Provider]:
        provider = Provider(child)
        self._all.append(provider)
        return self._pool.submit(provider.connect, self._launch.address)

    def _take(self, package: str, version: str) -> Provider:
        plugin = self._launch.find_plugin(package)
        if plugin is None or version not in {"", plugin.version}:
            raise EngineError(f"no plugin for {package} {version}: this engine was given {self._launch.given}")
        with self._lock:
            spare = self._spare[package]
            ahead = spare.pop(0) if spare else self._connect(self._launch.start_plugin(plugin))
        return ahead.result()

    def check(self, new: Resource, olds: Properties | None) -> Properties:
        """A provider resource's inputs, checked by a process of its own."""
        version = str(new.inputs.get("version", ""))
        provider = self._checked.get(new.urn) or self._take(get_package(new.type), version)
        checked = provider.check_config(new.urn, drop_internal(olds or {}), drop_internal(new.inputs))
        self._checked[new.urn] = provider
        own = {key: new.inputs[key] for key in ("__internal", "version") if key in new.inputs}
        return own | checked

    def diff(self, old: Resource, new: Resource) -> Diff:
        """What differs between a provider resource as recorded and as wanted."""
        news = drop_internal(new.inputs)
        diff = self._checked[new.urn].diff_config(old, news, new.urn)
        return diff or Diff(has_changes=old.outputs != news)

    def diff_references(self, old: Resource, new: Resource) -> Diff:
        """What differs between the providers of one resource, when it has another than before."""
        diff = self._ready[f"{new.urn}::{new.id}"].diff_config(old, drop_internal(new.inputs), new.urn)
        return diff or Diff()

    def create(self, new: Resource, *, is_preview: bool) -> Outcome:
        """Configure a new provider; it gets a random id."""
        identity = UNKNOWN if is_preview else str(uuid.uuid4())
        self._configure(new.urn, identity, drop_internal(new.inputs))
        return Outcome(id=identity, outputs=drop_internal(new.inputs))

    def update(self, old: Resource, new: Resource) -> Outcome:
        """Configure a known provider anew."""
        self._configure(new.urn, old.id, drop_internal(new.inputs))
        return Outcome(id=old.id, outputs=drop_internal(new.inputs))

    def keep(self, old: Resource, urn: str) -> None:
        """Configure a provider that is as it was."""
        self._configure(urn, old.id, drop_internal(old.inputs))

    def _configure(self, urn: str, identity: str, inputs: Properties) -> None:
        provider = self._checked.pop(urn)
        provider.configure(urn, identity, inputs)
        self._ready[f"{urn}::{identity}"] = provider

    def ensure(self, recorded: Resource) -> None:
        """Configure a provider that only the state knows, so that what it made can be read or deleted."""
        with self._lock:
            reference = f"{recorded.urn}::{recorded.id}"
            if reference not in self._ready:
                provider = self._take(get_package(recorded.type), str(recorded.inputs.get("version", "")))
                provider.configure(recorded.urn, recorded.id, drop_internal(recorded.inputs))
                self._ready[reference] = provider

    def get(self, reference: str) -> Provider:
        """The provider of a reference.

        Raises:
            EngineError: it was never registered.
        """
        provider = self._ready.get(reference)
        if provider is None:
            raise EngineError(f"unknown provider '{reference}'")
        return provider

    def close(self) -> None:
        """End every plugin, all at once."""
        list(self._pool.map(Provider.close, self._all))
        self._pool.shutdown()
