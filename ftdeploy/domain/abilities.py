"""What callers may need of a deployment."""

from __future__ import annotations

from enum import StrEnum


class Ability(StrEnum):
    """What callers may need of a deployment."""

    STRUCTURED_OUTPUT = "structuredOutput"
    VISION = "vision"
    TOOLS = "tools"
