"""Pulumi's protobuf modules without the SDK around them, which takes longer to import than all the rest."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType


def skip_sdk() -> None:
    """Let `pulumi.runtime.proto` be imported alone; the program and the packs run elsewhere and have the whole SDK."""
    for name in ("pulumi", "pulumi.runtime"):
        found = importlib.util.find_spec(name) if name not in sys.modules else None
        if found is not None and found.submodule_search_locations is not None:
            bare = ModuleType(name)
            bare.__path__ = list(found.submodule_search_locations)
            sys.modules[name] = bare
