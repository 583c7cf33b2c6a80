"""The tables of behaviours and settings in README.md; `python -m ftdeploy.rehearsal.azure.readme` writes it anew."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from ftdeploy.rehearsal.azure.behaviours import list_behaviours
from ftdeploy.rehearsal.azure.settings import list_settings

README = Path(__file__).parent / "README.md"
_BEGIN = "<!-- {name}: begin, written by python -m ftdeploy.rehearsal.azure.readme -->"
_END = "<!-- {name}: end -->"


def render_readme(text: str) -> str:
    """The text with the tables as the registries have them now."""
    return _replace(_replace(text, "behaviours", render_behaviours()), "settings", render_settings())


def _replace(text: str, name: str, table: str) -> str:
    begin, end = _BEGIN.format(name=name), _END.format(name=name)
    head, _, rest = text.partition(begin)
    tail = rest.partition(end)[2]
    return f"{head}{begin}\n{table}{end}{tail}"


def render_settings() -> str:
    """One line a setting; dated defaults in their order."""
    lines = ["| setting | what it is | kind | default | how surely | source |", "|---|---|---|---|---|---|"]
    for each in list_settings():
        defaults = ", ".join(_render_default(since, value) for since, value in each.defaults)
        lines.append(f"| `{each.id}` | {each.title} | {each.kind} | {defaults} | {each.tag} | {each.source} |")
    return "\n".join(lines) + "\n"


def _render_default(since: datetime, value: object) -> str:
    text = f"`{json.dumps(value)}`"
    return text if since.year == 1 else f"{text} from {since:%Y-%m-%d}"


def render_behaviours() -> str:
    """One line a behaviour."""
    lines = ["| behaviour | what Azure does | how surely | source |", "|---|---|---|---|"]
    for each in list_behaviours():
        lines.append(f"| `{each.id}` | {each.title} | {each.tag} | {each.source} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    README.write_text(render_readme(README.read_text(encoding="utf-8")), encoding="utf-8")
