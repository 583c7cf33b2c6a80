"""The probe as it is run, with a pretend Azure for Azure."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ftdeploy.rehearsal.cli import run_app
from ftdeploy.rehearsal.probe import __main__ as command
from tests.rehearsal.azure.pretend import Pretend, open_pretend
from tests.rehearsal.azure.scenarios import SUBSCRIPTION, TRAINING_SUBSCRIPTION, build_scenario
from tests.rehearsal.probe.laboratory import Given

PLACE = ("--region", "swedencentral", "--cap-eur", "1")
Run = Callable[..., int]


@pytest.fixture
def pretend(tmp_path: Path) -> Iterator[Pretend]:
    opened = open_pretend(tmp_path, build_scenario())
    yield opened
    opened.world.store.close()


@pytest.fixture
def probe(pretend: Pretend, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command; its exit code."""

    @contextmanager
    def sign_in(**_rest: Any) -> Iterator[Given]:
        yield Given(pretend)

    @contextmanager
    def open_http(**_rest: Any) -> Iterator[Any]:
        yield pretend.http

    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["probe", *arguments])
        with pytest.raises(SystemExit) as ended:
            run_app(command.probe, name="probe")
        return int(ended.value.code or 0)

    monkeypatch.setenv("ARM_METADATA_HOSTNAME", "127.0.0.1:20443")
    monkeypatch.setattr("azure.identity.DefaultAzureCredential", sign_in)
    monkeypatch.setattr(command.httpx, "Client", open_http)
    return run


def test_what_is_named_is_asked_and_told(probe: Run, capsys: pytest.CaptureFixture[str]) -> None:
    code = probe("--subscription", SUBSCRIPTION, *PLACE, "--only", "ptu-sizes", "--json")

    out, err = capsys.readouterr()
    seen = {"behaviour": "ptu-sizes", "result": "agrees", "seen": "400 InvalidCapacity"}
    assert (code, json.loads(out)) == (0, {"findings": [seen], "left": []})
    assert "1 probes, 0.00 EUR at most, in resource group rg-ftprobe" in err


def test_what_is_left_is_found_again_and_given_up(
    probe: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "left.json")

    left = probe("--subscription", SUBSCRIPTION, *PLACE, "--only", "uploads-expire", "--leave", file)
    early = probe("--return", file)
    over = probe("--return", file, "--give-up")

    err = capsys.readouterr().err
    assert (left, early, over) == (0, 0, 0)
    assert "left       uploads-expire: come back after" in err
    assert "not due    uploads-expire: come back after" in err
    assert not Path(file).exists()


def test_without_a_place_or_a_cap_nothing_is_asked(probe: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert probe("--subscription", SUBSCRIPTION) == 1
    assert "needs to know where, and how much at most" in capsys.readouterr().err


def test_subscription_that_may_not_be_written_is_told(probe: Run, capsys: pytest.CaptureFixture[str]) -> None:
    code = probe("--subscription", TRAINING_SUBSCRIPTION, *PLACE, "--only", "ptu-sizes")

    assert code == 3
    assert "the lab could not be made: 403 AuthorizationFailed" in capsys.readouterr().err
