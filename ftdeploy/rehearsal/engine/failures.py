"""What can go wrong, as the engine tells it."""

from __future__ import annotations


class EngineError(Exception):
    """The operation cannot go on; the text is for people, `urn` names the resource it is about."""

    def __init__(self, message: str, urn: str = "") -> None:
        super().__init__(message)
        self.urn = urn


class Refusal(EngineError):
    """Something that Pulumi can do and this engine cannot."""

    def __init__(self, what: str, urn: str = "") -> None:
        super().__init__(f"the embedded engine does not support {what}; use the Pulumi CLI for it", urn)


class Stopped(Exception):
    """Nothing new may begin: a step failed, or somebody interrupted. It has been told already."""
