"""`ftdeploy size` and `ftdeploy cost`, as commands."""

from __future__ import annotations

import json

import pytest

from tests.cli.contoso import NEW

LOAD = ("--rpm", "1000", "--prompt-tokens", "200", "--completion-tokens", "50")


def test_sizes_of_a_base_model_follow_the_day(command):
    now = json.loads(command("size", "--model", "gpt-4o", *LOAD, "--json").out)
    then = json.loads(command("size", "--model", "gpt-4o", *LOAD, "--json", "--as-of", "2025-03-01").out)

    assert [each["ptu"] for each in now["types"]] == [200, 160, 160]
    assert [each["ptu"] for each in then["types"]] == [150, 140, 140]


@pytest.mark.parametrize("model", ["gpt-4o-mini-2024-07-18.ft-" + "a" * 32 + ":suffix", NEW], ids=["name", "reference"])
def test_fine_tuned_models_are_told_what_they_cannot_have(command, model):
    found = json.loads(command("size", "--model", model, *LOAD, "--json").out)

    assert found["base"] == "gpt-4o-mini"
    assert [each["isOffered"] for each in found["types"]] == [True, False, False]


def test_table_says_what_is_not_known(command):
    told = command("size", "--model", "gpt-4o", *LOAD, "--cache-rate", "0.5")

    assert told.exit_code == 0
    assert "price unknown" in told.out
    assert "catalog.lock.yaml" in told.error


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("--model", "gpt-4p", *LOAD), "did you mean `--model gpt-4o`?", id="model"),
        pytest.param(("--model", "ftchkpt-" + "a" * 32, *LOAD), "no sizes", id="checkpoint"),
        pytest.param(("--model", "gpt-4o", "--rpm", "1"), "give `--rpm`", id="half a load"),
        pytest.param(("--model", "gpt-4o", *LOAD, "--cache-rate", "2"), "from 0 to 1", id="rate"),
        pytest.param(("--model", "gpt-4o", *LOAD, "--cache-rate", "1/0"), "from 0 to 1", id="no rate"),
        pytest.param(("--model", "gpt-4o", "--traffic", "none.csv"), "there is no file", id="no file"),
    ],
)
def test_bad_input_is_refused(command, words, said):
    told = command("size", *words)

    assert told.exit_code == 1
    assert said in told.error


@pytest.fixture
def traffic(tmp_path):
    rows = [f"2026-11-02T{each // 60:02}:{each % 60:02}:00Z,10,{each * 100},{each}" for each in range(600)]
    path = tmp_path / "traffic.csv"
    path.write_text("\n".join(["time,requests,prompt_tokens,completion_tokens", *rows]), encoding="utf-8")
    return str(path)


def test_traffic_is_sized_and_drawn(command, traffic, tmp_path):
    picture = tmp_path / "traffic.svg"

    told = command("size", "--model", "gpt-4o", "--traffic", traffic, "--plot", str(picture), "--json")

    levels = json.loads(told.out)["types"]["ProvisionedManaged"]
    assert [each["level"] for each in levels] == ["peak", "p99", "p95"]
    assert "<svg" in picture.read_text(encoding="utf-8")


def test_picture_of_another_kind_is_refused(command, traffic):
    told = command("size", "--model", "gpt-4o", "--traffic", traffic, "--plot", "traffic.txt")

    assert (told.exit_code, "`.svg` or `.png`" in told.error) == (1, True)


def test_costs_are_added_up_and_gaps_named(command):
    found = json.loads(command("cost", "--json").out)
    table = command("cost", "dev")

    assert found["stacks"]["dev"]["hostingUsd"] == "1241.00"
    assert found["total"]["leastUsd"] == "2482.00"
    assert found["total"]["gaps"] == ["tokens of gpt-4o-mini on Standard"]
    assert "1,241.00 + ?" in table.out
    assert "price unknown: tokens of gpt-4o-mini on Standard" in table.error
    assert "list prices of 2026-03-19, without" in table.error


def test_costs_of_a_broken_file_are_refused(command):
    command.edit("stacks/dev.yaml", "stage: dev", "stage: dve")

    assert command("cost").exit_code == 1
