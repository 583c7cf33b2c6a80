"""The two engines that can run a rehearsal, and how each is started: one set of words, two command lines."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ftdeploy.errors import refuse
from ftdeploy.rehearsal.world import World

COMPARED_CLI = "3.260.0"
"""The Pulumi CLI that the golden transcripts were recorded with."""
COMPARED_SDK = "3.272.0"
"""The Pulumi SDK that the program ran on then."""
PLUGIN_VERSION = "3.29.0"
"""The azure-native release that the stand-in plugin stands in for."""
_PLUGIN_MODULE = "ftdeploy.rehearsal.plugin"


class EngineChoice(StrEnum):
    """Which engine runs the program."""

    AUTO = "auto"
    EMBEDDED = "embedded"
    PULUMI = "pulumi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """An engine that is there."""

    is_embedded: bool
    executable: str

    @property
    def title(self) -> str:
        """What the first line of a rehearsal calls it."""
        if self.is_embedded:
            return "embedded engine"
        return f"Pulumi CLI at {self.executable}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One operation on one stack: `up`, `preview`, `destroy`, `refresh`, `import` or `cancel`."""

    operation: str
    stack: str
    event_log: Path | None = None
    extra: tuple[str, ...] = ()
    """Further flags that both engines know."""


def find_engine(choice: EngineChoice) -> Engine:
    """The engine that is meant; `auto` takes the Pulumi CLI where it is on the path.

    Raises:
        InputError: the Pulumi CLI was asked for and is not there.
    """
    found = shutil.which("pulumi")
    if found is not None and _is_shim(Path(found)):
        found = None
    if choice is EngineChoice.EMBEDDED or (choice is EngineChoice.AUTO and found is None):
        return Engine(is_embedded=True, executable=sys.executable)
    if found is None:
        raise refuse(
            "the Pulumi CLI is not on the path",
            where="--engine pulumi",
            fix="install it from https://www.pulumi.com/docs/install/, or use `--engine embedded`",
        )
    return Engine(is_embedded=False, executable=found)


def get_command(engine: Engine, world: World, order: Order) -> list[str]:
    """The command line that carries out `order`."""
    if engine.is_embedded:
        return [sys.executable, "-m", "ftdeploy.rehearsal.engine", *list_embedded_words(world, order)]
    return _get_pulumi(engine, world, order)


def list_embedded_words(world: World, order: Order) -> list[str]:
    """The words by which the embedded engine carries out `order`."""
    words = [order.operation, "--project", str(world.root), "--stack", order.stack, "--backend", str(world.backend)]
    words += ["--plugin", f"azure-native={PLUGIN_VERSION}=-m:{_PLUGIN_MODULE}"]
    if order.operation in {"up", "preview"}:
        words += _get_policy_pack(world)
    if order.event_log is not None:
        words += ["--event-log", str(order.event_log)]
    return [*words, *order.extra]


def _get_pulumi(engine: Engine, world: World, order: Order) -> list[str]:
    command = [engine.executable, order.operation, "--cwd", str(world.root), "--stack", order.stack]
    if order.operation == "cancel":
        return [*command, "--yes"]
    command += ["--non-interactive", "--config-file", str(_copy_config(world, order.stack)), "--color", "never"]
    if order.operation != "preview":
        command += ["--yes"]
    if order.operation == "import":
        command += ["--generate-code=false"]
    if order.operation in {"up", "preview"}:
        command += _get_policy_pack(world)
    if order.event_log is not None:
        command += ["--event-log", str(order.event_log)]
    return [*command, *order.extra]


def _get_policy_pack(world: World) -> list[str]:
    pack = world.root / "policies"
    return ["--policy-pack", str(pack)] if (pack / "PulumiPolicy.yaml").exists() else []


def prepare_pulumi(world: World, project: str, stack: str) -> None:
    """Lay out what the Pulumi CLI expects: the stack, and the plugin in a home of the rehearsal's own."""
    checkpoint = world.backend / ".pulumi" / "stacks" / project / f"{stack}.json"
    if not checkpoint.exists():
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        empty = f'{{"version":3,"checkpoint":{{"stack":"organization/{project}/{stack}","latest":null}}}}'
        checkpoint.write_text(empty, encoding="utf-8")
    plugin = world.folder / "home" / "plugins" / f"resource-azure-native-v{PLUGIN_VERSION}"
    write_script(plugin / "pulumi-resource-azure-native", _PLUGIN_MODULE)


def write_shim(world: World) -> Path:
    """A folder whose `pulumi` answers for the embedded engine, for programs that call the Pulumi CLI."""
    folder = world.folder / "bin"
    write_script(folder / "pulumi", "ftdeploy.rehearsal.pulumi_shim")
    return folder


def write_script(path: Path, module: str) -> None:
    """An executable that runs a module of ours with this very Python."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n', encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def _is_shim(path: Path) -> bool:
    return path.stat().st_size < 1024 and b"ftdeploy.rehearsal" in path.read_bytes()  # noqa: PLR2004 a script, not a binary


def _copy_config(world: World, stack: str) -> Path:
    """A copy of Pulumi's own stack file: the CLI rewrites what it is given."""
    name = f"Pulumi.{stack}.yaml"
    source, copy = world.root / "stacks" / name, world.folder / "config" / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    if source.exists():
        shutil.copyfile(source, copy)
    elif not copy.exists():
        copy.write_text("{}\n", encoding="utf-8")
    return copy


def get_pulumi_path(engine: Engine, environment: Mapping[str, str]) -> str:
    """PATH for the Pulumi CLI: its own folder first, where its language host lies."""
    return os.pathsep.join([str(Path(engine.executable).parent), environment.get("PATH", "")])
