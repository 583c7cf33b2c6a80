"""Which commit lies here, and whether what decides a deployment is as it has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ftdeploy.errors import refuse
from ftdeploy.git.program import Git

_DECISIVE = ("Pulumi.yaml", "fleet.yaml", "stacks", "models", "infra", "policies")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A commit, and what was changed since."""

    commit: str
    """Its full id."""
    is_clean: bool
    """Whether stacks, models, program and policies are as the commit has them, without files that git does not know."""


def find_revision(root: Path, environment: Mapping[str, str]) -> Revision:
    """The revision that lies in a repository.

    Raises:
        InputError: the folder is in no work tree, or nothing was committed yet.
    """
    git = Git(folder=root, environment=environment)
    head = git.run("rev-parse", "--verify", "--quiet", "HEAD")
    if not head.is_good:
        raise refuse(
            "nothing is committed here", where=str(root), fix="commit what is to be rehearsed with `git commit`"
        )
    status = git.run("status", "--porcelain=v1", "-z", "--", *_DECISIVE)
    return Revision(commit=head.text.strip(), is_clean=status.is_good and not status.parts)
