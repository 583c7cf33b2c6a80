"""A rehearsal's folder knows who uses it and where its pretend Azure listens."""

from __future__ import annotations

import json

import pytest

from ftdeploy.errors import InputError
from ftdeploy.rehearsal.world import find_world


@pytest.fixture
def world(tmp_path):
    (tmp_path / "Pulumi.yaml").write_text("name: contoso\n", encoding="utf-8")
    (tmp_path / "deep" / "down").mkdir(parents=True)
    return find_world(tmp_path / "deep" / "down", None)


def test_world_lies_beside_pulumi_yaml_above(world, tmp_path):
    assert world.folder == tmp_path / ".rehearsal"


def test_folder_without_project_is_refused_with_what_to_type(tmp_path):
    with pytest.raises(InputError) as refused:
        find_world(tmp_path, None)

    assert "rehearse -C DIR" in str(refused.value)


def test_world_has_users_while_one_holds_it(world):
    assert not world.has_users()
    with world.use():
        assert world.has_users()
    assert not world.has_users()


def test_two_commands_use_a_world_together(world):
    with world.use(), world.use():
        assert world.has_users()


def test_address_is_none_before_the_first_start(world):
    assert world.find_address() is None


def test_address_tells_host_and_trust(world):
    world.azure.mkdir(parents=True)
    told = {"url": "https://127.0.0.1:8443", "ca": "/ca.pem", "identityHeader": "h"}
    (world.azure / "address.json").write_text(json.dumps(told), encoding="utf-8")

    address = world.find_address()
    assert address is not None
    assert (address.host, address.ca) == ("127.0.0.1:8443", "/ca.pem")


def test_used_world_keeps_itself_out_of_git(world):
    with world.use():
        assert (world.folder / ".gitignore").read_text(encoding="utf-8") == "*\n"
