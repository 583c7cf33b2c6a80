"""What the installed azure-native SDK declares of a type, read from its source without running any of it.

That is api-version, properties and which of them must be given. Where a type lives is in no docstring of the Python SDK
(checked in 3.29.0; the registry's pages have it under "Import"), so `types.json` says it. Inner objects travel as the
program gives them, and every name as the SDK spells it: Azure's own differs here and there.
"""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path
from typing import Any

from ftdeploy.rehearsal.plugin.wire import PluginError

Values = dict[str, Any]
_ENVELOPE = {"id", "name", "type", "location", "tags", "sku", "kind", "identity", "plan", "zones", "managedBy"}
_ENVELOPE |= {"extendedLocation", "etag", "eTag"}
"""Stand beside `properties` on the wire, wherever the SDK shows both at the top."""
_VERSION = re.compile(r"Uses Azure REST API version ([\w-]+)\.")
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def read_entry(token: str, entry: Values) -> Values:
    """The whole entry of `storage:StorageAccount`, of which `entry` has the path only."""
    module, _, name = token.partition(":")
    text = _read_source(module, f"{_WORD_START.sub('_', name).lower()}.py")
    version = _VERSION.search(text)
    classes = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]  # `…Args` or `…InitArgs` first
    inputs, outputs = (_list_properties(each) for each in classes) if len(classes) == 2 else ({}, {})  # noqa: PLR2004
    parts = set(re.findall(r"{(\w+)}", entry["path"]))
    if version is None or not parts <= {"subscriptionId", *inputs}:
        raise PluginError(f"the stand-in azure-native plugin cannot read {token!r} in the installed azure-native SDK")
    wanted = [each for each in inputs if each not in parts]
    both = [each for each in wanted if each in outputs]
    return {
        "path": entry["path"],
        "apiVersion": version[1],
        "required": [each for each in wanted if inputs[each] or each == "location"],
        "createOnly": [each for each in wanted if each == "location"],
        "flat": "properties" not in outputs,
        "root": sorted(_ENVELOPE.difference(entry.get("inside", ()))),
        "shape": {
            "both": both,
            "answers": [each for each in outputs if each not in both],
            "orders": [each for each in wanted if each not in both],
        },
    }


def _read_source(module: str, file: str) -> str:
    found = importlib.util.find_spec("pulumi_azure_native")
    path = Path(str(found and found.origin)).parent / module / file
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _list_properties(declared: ast.ClassDef) -> dict[str, bool]:
    """Wire name of each property, and whether it must be given: `{"kind": True, "accessTier": False}`."""
    found = {}
    for method in (node for node in declared.body if isinstance(node, ast.FunctionDef) and node.returns):
        for getter in (each for each in method.decorator_list if "pulumi.getter" in ast.unparse(each)):
            named = [ast.literal_eval(each.value) for each in getter.keywords] if isinstance(getter, ast.Call) else []
            is_optional = ast.unparse(method.returns or method).startswith("pulumi.Input[Optional[")
            found[str((*named, method.name)[0])] = not is_optional
    return found
