"""The table of behaviours in README.md; `python -m ftdeploy.rehearsal.azure.readme` writes it anew."""

from __future__ import annotations

from pathlib import Path

from ftdeploy.rehearsal.azure.behaviours import list_behaviours

README = Path(__file__).parent / "README.md"
_BEGIN = "<!-- behaviours: begin, written by python -m ftdeploy.rehearsal.azure.readme -->"
_END = "<!-- behaviours: end -->"


def render_readme(text: str) -> str:
    """The text with the table as the registry has it now."""
    head, _, rest = text.partition(_BEGIN)
    tail = rest.partition(_END)[2]
    return f"{head}{_BEGIN}\n{render_table()}{_END}{tail}"


def render_table() -> str:
    """One line a behaviour."""
    lines = ["| behaviour | what Azure does | how surely | can be off | source |", "|---|---|---|---|---|"]
    for each in list_behaviours():
        can_be_off = "yes" if each.can_be_off else ""
        lines.append(f"| `{each.id}` | {each.title} | {each.tag} | {can_be_off} | {each.source} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    README.write_text(render_readme(README.read_text(encoding="utf-8")), encoding="utf-8")
