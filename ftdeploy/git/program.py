"""The git program, as it runs for a script: no pager, no prompt, no translation, paths taken literally."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ftdeploy.errors import refuse

_SCRIPTED = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
    "GIT_LITERAL_PATHSPECS": "1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one run of git said."""

    exit_code: int
    text: str
    error_text: str

    @property
    def is_good(self) -> bool:
        """Whether git did what was asked."""
        return self.exit_code == 0

    @property
    def parts(self) -> tuple[str, ...]:
        """The answer of a `-z` command, whose parts each end in NUL."""
        return tuple(each for each in self.text.split("\0") if each)


@dataclass(frozen=True, slots=True, kw_only=True)
class Git:
    """Git in one folder of a work tree."""

    folder: Path
    environment: Mapping[str, str]
    """What git inherits: its path, HOME, the author's name."""

    def run(self, *words: str, entry: str = "") -> Answer:
        """Run `git WORDS` with `entry` as its standard input; a refusal is an answer, not an error.

        Raises:
            InputError: there is no git program on the path.
        """
        command: Sequence[str] = ["git", "-C", str(self.folder), *words]
        try:
            done = subprocess.run(
                command,
                input=entry,
                env={**self.environment, **_SCRIPTED},
                capture_output=True,
                encoding="utf-8",
                errors="surrogateescape",
                check=False,
            )
        except FileNotFoundError as error:
            raise refuse(
                "there is no `git` on the path", where=f"git {words[0]}", fix="install git, or correct `PATH`"
            ) from error
        return Answer(exit_code=done.returncode, text=done.stdout, error_text=done.stderr)
