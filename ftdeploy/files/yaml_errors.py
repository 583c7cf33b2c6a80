"""The YAML library's refusals in our words: what stands there, and what to type."""

from __future__ import annotations

import yaml

from ftdeploy.errors import Place, Problem

# What libyaml 0.2.5 says (scanner.c, parser.c), and what we say instead.
_TRANSLATIONS = (
    ("found character that cannot start", "`{char}` cannot begin a value", "put the value in quotes"),
    (
        "mapping values are not allowed",
        "a `:` stands where no key is",
        "put the value in quotes, or begin a new line",
    ),
    ("could not find expected ':'", "the lines here are neither keys nor values", "write `key: value`"),
    ("did not find expected key", "the indentation does not fit the lines above", "align the key with its neighbours"),
    ("expected <document start>", "the indentation does not fit the lines above", "align the key with its neighbours"),
    ("did not find expected '-'", "the indentation does not fit the list above", "align the `-` with its neighbours"),
    ("did not find expected ','", "a `[` or `{{` is not closed", "close it, or add a `,`"),
    ("did not find expected node content", "a value is missing here", "write it, or close the `[` or `{{`"),
    ("unexpected end of stream", "a quote is opened and never closed", "close the quote"),
    ("escape", "`\\` begins no escape that YAML knows", "use single quotes, or write `\\\\`"),
    ("block sequence entries", "a `-` item cannot stand here", "put it on a line of its own below the key"),
    ("tag", "a tag stands here", "remove what begins with `!`"),
    ("directive", "a `%` directive stands here", "remove it"),
)
_DEFAULT = ("the YAML cannot be read here", "compare indentation, quotes and colons with the lines around")


def explain_yaml(error: yaml.MarkedYAMLError, text: str, name: str) -> Problem:
    """What the library refused, as a problem of ours."""
    mark = error.problem_mark or error.context_mark
    index = mark.index if mark is not None else 0
    char = text[index : index + 1]
    problem, fix = _translate(str(error.problem), char)
    if "end of stream" in str(error.problem) and error.context_mark is not None:
        mark = error.context_mark
    return Problem(problem=problem, where=Place(name=name, line=mark.line + 1 if mark else None), fix=fix)


def _translate(said: str, char: str) -> tuple[str, str]:
    if char == "\t":
        return "a tab stands where YAML wants spaces", "replace the tab with two spaces"
    for part, problem, fix in _TRANSLATIONS:
        if part in said:
            return problem.format(char=char), fix.format()
    return _DEFAULT
