"""Commits of exactly the files named, whatever else is staged or changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ftdeploy.errors import InputError, Place, Problem, ServiceRefused, refuse
from ftdeploy.git.program import Answer, Git

_UNFINISHED = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
}
"""What lies in Git's folder while an operation is unfinished, and the operation's name."""

_WHERE = "git commit"


@dataclass(frozen=True, slots=True)
class Commits:
    """The commits of the work tree that a folder is in."""

    git: Git

    def check_ready(self, paths: Sequence[str]) -> None:
        """Make sure that these files can be changed and committed on their own.

        Args:
            paths: relative to the folder, such as `stacks/prod-eu-swc.yaml`.

        Raises:
            InputError: the folder is in no work tree, an operation is unfinished, no branch is checked out, nobody is
                named as author, or one of the files has changes that are not committed; all such files at once.
        """
        self._check_work_tree()
        self._check_branch()
        self._check_author()
        problems = tuple(self._check_unchanged(paths))
        if problems:
            raise InputError(problems)

    def commit(self, paths: Sequence[str], message: str) -> str:
        """Commit these files, and nothing else; gives the commit's short id.

        Raises:
            ServiceRefused: git refused, for example a hook of the repository.
        """
        answer = self.git.run("commit", "--quiet", "--file=-", "--", *paths, entry=message)
        if not answer.is_good:
            raise _explain_refusal(answer)
        return self.git.run("rev-parse", "--short", "HEAD").text.strip()

    def _check_work_tree(self) -> None:
        answer = self.git.run("rev-parse", "--is-inside-work-tree")
        folder = str(self.git.folder)
        if answer.is_good and answer.text.strip() == "true":
            return
        if "dubious ownership" in answer.error_text:
            fix = f"run `git config --global --add safe.directory {folder}` if you trust it"
            raise refuse("the repository belongs to another user, and git refuses to use it", where=folder, fix=fix)
        raise refuse("this folder is in no Git work tree", where=folder, fix="run `git init`, and commit the files")

    def _check_branch(self) -> None:
        marks = list(_UNFINISHED)
        asked = [word for mark in marks for word in ("--git-path", mark)]
        paths = self.git.run("rev-parse", *asked).text.splitlines()
        for mark, path in zip(marks, paths, strict=True):
            if (self.git.folder / path).exists():
                name = _UNFINISHED[mark]
                fix = f"finish it with `git {name} --continue`, or give it up with `git {name} --abort`"
                raise refuse(f"a {name} is unfinished", where=_WHERE, fix=fix)
        if not self.git.run("symbolic-ref", "--quiet", "HEAD").is_good:
            raise refuse(
                "no branch is checked out, so the commit would belong to none",
                where=_WHERE,
                fix="run `git switch <branch>`, or `git switch -c <new branch>`",
            )

    def _check_author(self) -> None:
        if not all(self.git.run("var", each).is_good for each in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT")):
            raise refuse(
                "git does not know whose commit this is",
                where=_WHERE,
                fix='run `git config user.name "<your name>"` and `git config user.email <your address>`',
            )

    def _check_unchanged(self, paths: Sequence[str]) -> Iterator[Problem]:
        prefix = self.git.run("rev-parse", "--show-prefix").text.strip("\n")
        tracked = set(self.git.run("ls-files", "-z", "--", *paths).parts)
        status = self.git.run("status", "--porcelain=v1", "-z", "--no-renames", "--", *paths).parts
        changed = {each[3:].removeprefix(prefix) for each in status}
        for path in paths:
            if path not in tracked:
                yield _say_untracked(path)
            elif path in changed:
                yield _say_changed(path)


def open_commits(folder: Path, environment: Mapping[str, str]) -> Commits:
    """The commits of the work tree that `folder` is in, made by git with this environment."""
    return Commits(Git(folder=folder, environment=environment))


def _say_untracked(path: str) -> Problem:
    return Problem(
        problem="git does not know this file yet",
        where=Place(name=path),
        fix=f"run `git add -- {path}` and `git commit -- {path}`",
    )


def _say_changed(path: str) -> Problem:
    return Problem(
        problem="this file has changes that are not committed",
        where=Place(name=path),
        fix=f"keep them with `git commit -- {path}`, or drop them with `git restore --staged --worktree -- {path}`",
    )


def _explain_refusal(answer: Answer) -> ServiceRefused:
    lines = [line.strip() for line in answer.error_text.splitlines() if line.strip()]
    said = lines[0] if lines else "it gave no reason"
    if "index.lock" in answer.error_text:
        problem, fix = "another git command is running here", "try again when it has ended"
    else:
        problem = f"git refused the commit (exit code {answer.exit_code}): {said}"
        fix = "settle what it names, often a hook in `.git/hooks`, and run the same command again"
    error = ServiceRefused((Problem(problem=problem, where=Place(name=_WHERE), fix=fix),))
    error.add_note(f"git said:\n{answer.error_text}")
    return error
