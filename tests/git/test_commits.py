from __future__ import annotations

import pytest

from ftdeploy.errors import InputError, ServiceRefused

PROD = "stacks/prod.yaml"


def get_problem(work_tree, path=PROD):
    with pytest.raises(InputError) as caught:
        work_tree.commits.check_ready([path])
    return caught.value.problems[0]


def test_clean_file_is_ready(work_tree):
    work_tree.commits.check_ready([PROD])


def test_commit_takes_named_file_and_leaves_what_is_staged(work_tree):
    work_tree.write("stacks/other.yaml", "model: mine\n")
    work_tree.git("add", ".")
    work_tree.write(PROD, "model: new\n")

    commit = work_tree.commits.commit([PROD], "models: promote\n\none line\n")

    assert work_tree.git("show", "--name-only", "--format=%h %s %b", "HEAD").split() == [
        *(commit, "models:", "promote", "one", "line", PROD)
    ]
    assert work_tree.git("status", "--porcelain") == "M  stacks/other.yaml\n"


def test_repository_above_the_folder_serves_too(work_tree):
    work_tree.write("fleet/stacks/prod eu.yaml", "model: old\n")
    work_tree.git("add", ".")
    work_tree.git("commit", "-q", "-m", "more")
    work_tree.path /= "fleet"
    work_tree.write("stacks/prod eu.yaml", "model: new\n")

    assert "not committed" in get_problem(work_tree, "stacks/prod eu.yaml").problem
    assert work_tree.commits.commit(["stacks/prod eu.yaml"], "models: promote")


@pytest.mark.parametrize("staged", [True, False], ids=["staged", "unstaged"])
def test_changed_file_is_refused_with_both_ways_out(work_tree, staged):
    work_tree.write(PROD, "model: mine\n")
    work_tree.git("add", "." if staged else "stacks/other.yaml")

    assert str(get_problem(work_tree)) == (
        "stacks/prod.yaml\n"
        "error: this file has changes that are not committed\n"
        "hint: keep them with `git commit -- stacks/prod.yaml`, "
        "or drop them with `git restore --staged --worktree -- stacks/prod.yaml`"
    )


def test_staged_change_undone_in_the_work_tree_is_refused(work_tree):
    """Compared with the last commit the file looks unchanged; what is staged would be lost."""
    work_tree.write(PROD, "model: mine\n")
    work_tree.git("add", ".")
    work_tree.write(PROD, "model: old\n")

    assert "not committed" in get_problem(work_tree).problem


@pytest.mark.parametrize("ignored", ["", "*.yaml\n"], ids=["new", "ignored"])
def test_file_unknown_to_git_is_refused(work_tree, ignored):
    work_tree.write(".gitignore", ignored)
    work_tree.write("stacks/new.yaml", "model: old\n")

    problem = get_problem(work_tree, "stacks/new.yaml")

    assert problem.problem == "git does not know this file yet"
    assert problem.fix == "run `git add -- stacks/new.yaml` and `git commit -- stacks/new.yaml`"


def test_folder_without_repository_is_refused(bare_folder):
    problem = get_problem(bare_folder)

    assert problem.problem == "this folder is in no Git work tree"
    assert problem.fix == "run `git init`, and commit the files"


def test_missing_author_is_refused(work_tree):
    work_tree.git("config", "--unset", "user.email")
    work_tree.git("config", "user.useConfigOnly", "true")

    assert get_problem(work_tree).problem == "git does not know whose commit this is"


def test_detached_head_is_refused(work_tree):
    work_tree.git("switch", "-q", "--detach")

    assert get_problem(work_tree).problem == "no branch is checked out, so the commit would belong to none"


def test_unfinished_merge_is_refused(work_tree):
    work_tree.git("switch", "-q", "-c", "side")
    work_tree.write(PROD, "model: side\n")
    work_tree.git("commit", "-q", "-a", "-m", "side")
    work_tree.git("switch", "-q", "main")
    work_tree.write(PROD, "model: main\n")
    work_tree.git("commit", "-q", "-a", "-m", "main")
    work_tree.git("merge", "-q", "side")

    problem = get_problem(work_tree)

    assert problem.problem == "a merge is unfinished"
    assert problem.fix == "finish it with `git merge --continue`, or give it up with `git merge --abort`"


def test_missing_git_is_told(work_tree, tmp_path):
    work_tree.environment["PATH"] = str(tmp_path)

    assert get_problem(work_tree).problem == "there is no `git` on the path"


def test_refusing_hook_is_told_with_its_first_line(work_tree):
    work_tree.write(".git/hooks/pre-commit", "#!/bin/sh\necho no promotions on Fridays >&2\nexit 1\n")
    (work_tree.path / ".git/hooks/pre-commit").chmod(0o755)
    work_tree.write(PROD, "model: new\n")

    with pytest.raises(ServiceRefused) as caught:
        work_tree.commits.commit([PROD], "models: promote")

    assert "git refused the commit (exit code 1): no promotions on Fridays" in str(caught.value)
    assert work_tree.git("diff", "--cached", "--name-only") == ""
