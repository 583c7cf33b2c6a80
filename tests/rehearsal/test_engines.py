"""Both engines get the same order in their own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftdeploy.errors import InputError
from ftdeploy.rehearsal.engines import Engine, EngineChoice, Order, find_engine, get_command, write_shim
from ftdeploy.rehearsal.world import World


@pytest.fixture
def world(tmp_path):
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "PulumiPolicy.yaml").write_text("runtime: python\n", encoding="utf-8")
    return World(root=tmp_path, folder=tmp_path / ".rehearsal")


@pytest.fixture
def no_cli(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("no_cli")
def test_auto_takes_the_embedded_engine_without_a_cli():
    assert find_engine(EngineChoice.AUTO).is_embedded


@pytest.mark.usefixtures("no_cli")
def test_pulumi_that_is_missing_is_refused_with_the_other_choice():
    with pytest.raises(InputError, match="--engine embedded"):
        find_engine(EngineChoice.PULUMI)


def test_shim_is_not_taken_for_the_cli(world, monkeypatch):
    monkeypatch.setenv("PATH", str(write_shim(world)))

    assert find_engine(EngineChoice.AUTO).is_embedded


def test_policy_pack_goes_with_up_and_not_with_destroy(world):
    engine = Engine(is_embedded=True, executable="python")

    assert "--policy-pack" in get_command(engine, world, Order(operation="up", stack="dev"))
    assert "--policy-pack" not in get_command(engine, world, Order(operation="destroy", stack="dev"))


def test_cli_works_on_a_copy_of_its_stack_file(world):
    stacks = world.root / "stacks"
    stacks.mkdir()
    (stacks / "Pulumi.dev.yaml").write_text("encryptionsalt: v1\n", encoding="utf-8")
    engine = Engine(is_embedded=False, executable="/bin/pulumi")
    command = get_command(engine, world, Order(operation="up", stack="dev"))
    copy = Path(command[command.index("--config-file") + 1])

    assert copy.is_relative_to(world.folder)
    assert copy.read_text(encoding="utf-8") == "encryptionsalt: v1\n"
