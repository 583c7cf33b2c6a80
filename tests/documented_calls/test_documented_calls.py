"""Makes every documented call, each with an account of its own."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.documented_calls.world import build_world, open_world
from tests.rehearsal.azure.processes import Emulator, start

FOLDER = Path(__file__).parent
CALLS = [f"{path.parent.name}.{path.stem}" for path in sorted(FOLDER.glob("*/*.py")) if not path.name.startswith("__")]
PRINTED = "_as_printed"


def load(name: str) -> ModuleType:
    return importlib.import_module(f"tests.documented_calls.{name}")


@pytest.fixture(scope="module")
def emulators(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Emulator]]:
    """A pretend Azure for each day that a page is of, started when first asked for."""
    running: dict[str, Emulator] = {}

    def find_or_start(day: str) -> Emulator:
        if day not in running:
            running[day] = start(tmp_path_factory.mktemp("documented"), build_world(day))
        return running[day]

    yield find_or_start
    for each in running.values():
        each.stop()


@pytest.mark.parametrize("call", CALLS)
def test_documented_call(call: str, emulators: Callable[[str], Emulator]) -> None:
    day = load(call.partition(".")[0]).DAY

    with open_world(emulators(day)) as world:
        load(call).call(world)


@pytest.mark.parametrize("call", CALLS)
def test_call_names_its_page(call: str) -> None:
    module = load(call)

    assert module.PAGE.startswith("https://learn.microsoft.com/azure/")
    assert module.__doc__
    assert call.endswith(PRINTED) == hasattr(module, "DEFECT")


@pytest.mark.parametrize("call", [call for call in CALLS if call.endswith(PRINTED)])
def test_what_is_printed_wrongly_is_also_there_rightly(call: str) -> None:
    assert call.removesuffix(PRINTED) in CALLS
