"""What classes say of their attributes, in the strings below them."""

from __future__ import annotations

import ast
import inspect
import itertools


def list_attribute_docstrings(kind: type) -> dict[str, str]:
    """Attribute to docstring, inherited ones too: `{"rpm": "Requests a minute at the peak."}`."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if each.__module__.partition(".")[0] == __name__.partition(".")[0]:
            found |= _list_own(ast.parse(inspect.getsource(each)).body[0])
    return found


def _list_own(declared: ast.stmt) -> dict[str, str]:
    return {
        attribute.target.id: inspect.cleandoc(said.value.value)
        for attribute, said in itertools.pairwise(getattr(declared, "body", ()))
        if isinstance(attribute, ast.AnnAssign) and isinstance(attribute.target, ast.Name)
        if isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant) and isinstance(said.value.value, str)
    }
