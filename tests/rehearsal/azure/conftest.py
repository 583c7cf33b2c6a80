"""A pretend Azure in this process (`pretend`), one with slow operations (`slow`), one as users meet it (`emulator`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rehearsal.azure.pretend import Pretend, open_pretend
from tests.rehearsal.azure.processes import Emulator, start
from tests.rehearsal.azure.scenarios import build_scenario


@pytest.fixture
def pretend(tmp_path: Path) -> Iterator[Pretend]:
    """Writes are done when answered."""
    opened = open_pretend(tmp_path, build_scenario())
    yield opened
    opened.world.store.close()


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Pretend]:
    """Writes take a minute of the emulator's own time."""
    opened = open_pretend(tmp_path, build_scenario(), operation_seconds=60)
    yield opened
    opened.world.store.close()


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """A process, one for each test module."""
    running = start(tmp_path_factory.mktemp("azure"), build_scenario())
    yield running
    running.stop()
