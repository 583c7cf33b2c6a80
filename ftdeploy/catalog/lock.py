"""Writing `catalog.lock.yaml`: live figures in, and everything else left as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ftdeploy.domain.offerings import LiveEnd, LiveSize

SOURCE = "https://learn.microsoft.com/rest/api/aiservices/accountmanagement/models/list"
"""The API that tells sizes and ends."""
_HEAD = "# Figures that win over the catalogue's. `ftdeploy catalog refresh` writes `ptu` and `lifecycles`.\n"


def write_lock(text: str, sizes: Iterable[LiveSize], ends: Iterable[LiveEnd], *, today: date) -> str:
    """The lock's text with these figures; other lists, comments and order stay.

    Args:
        text: what the file holds; empty where there is none.
        sizes: all that differ from the catalogue.
        ends: all that differ from the catalogue.
        today: when they were asked for.
    """
    lines = text or _HEAD
    lines = _replace(lines, "ptu", [line for each in sizes for line in _render_size(each, today)])
    return _replace(lines, "lifecycles", [line for each in ends for line in _render_end(each, today)])


def _replace(text: str, key: str, block: list[str]) -> str:
    """The list below a top-level key in place of the one there, or at the end; without entries the key goes."""
    before: list[str] = []
    after: list[str] = []
    here = before
    for line in text.splitlines(keepends=True):
        is_top = line[:1] not in (" ", "-", "#", "\n", "\r")
        if is_top and line.startswith(f"{key}:"):
            here = []
            continue
        if is_top and here is not before and here is not after:
            here = after
        here.append(line)
    new = [f"{key}:\n", *block] if block else []
    return "".join([*before, *new, *after])


def _render_size(size: LiveSize, today: date) -> Iterator[str]:
    known = size.known
    yield f"  - id: {size.base}-live\n"
    yield f"    base: {size.base}\n"
    yield f"    regional: {{minimum_ptu: {size.regional[0]}, step_ptu: {size.regional[1]}}}\n"
    yield f"    shared: {{minimum_ptu: {size.shared[0]}, step_ptu: {size.shared[1]}}}\n"
    yield f"    input_tpm_per_ptu: {known.input_tpm_per_ptu}\n"
    yield f"    output_weight_input_tokens: {known.output_weight}\n"
    yield f'    latency_target: "{known.latency_target}"\n'
    yield from _render_about(today)


def _render_end(end: LiveEnd, today: date) -> Iterator[str]:
    yield f"  - id: {end.model.name}-{end.model.version}-live\n"
    yield f"    name: {end.model.name}\n"
    yield f'    version: "{end.model.version}"\n'
    if end.training_retires:
        yield f'    training_retires: "{end.training_retires}"\n'
    if end.deployment_retires:
        yield f'    deployment_retires: "{end.deployment_retires}"\n'
    yield from _render_about(today)


def _render_about(today: date) -> Iterator[str]:
    yield f'    from: "{today}"\n'
    yield f"    source: {SOURCE}\n"
    yield f'    checked: "{today}"\n'
