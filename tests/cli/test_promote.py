from __future__ import annotations

import json

from tests.cli.contoso import NEW, OLD

FILE = "stacks/prod.yaml"


def test_promotion_is_one_scalar_in_one_commit(committed):
    told = committed("promote", NEW, "--to", "prod")

    commit = committed.git("rev-parse", "--short", "HEAD").strip()
    assert (told.exit_code, told.error) == (0, "")
    assert told.out == (
        f"stacks/prod.yaml accounts.support.deployments.support-bot.model: {OLD} -> {NEW}\n"
        f"committed as {commit}\n"
        "next: `pulumi up -s prod`, or rehearse it with `rehearse up prod`\n"
    )
    assert committed.git("show", "--numstat", "--format=%s", "HEAD").splitlines() == [
        f"models: promote support-bot to {NEW.partition('@')[2]} in prod",
        "",
        f"1\t1\t{FILE}",
    ]


def test_promotion_twice_has_nothing_to_do(committed):
    committed("promote", NEW, "--to", "prod")
    before = committed.git("rev-parse", "HEAD")

    told = committed("promote", NEW, "--to", "prod")

    assert told.exit_code == 0
    assert told.out == f"nothing to do: {NEW} is in every stack of stage prod that runs its name\n"
    assert committed.git("rev-parse", "HEAD") == before


def test_what_else_is_staged_stays_staged(committed):
    committed.edit("stacks/dev.yaml", "# dev", "# my dev")
    committed.git("add", ".")

    committed("promote", NEW, "--to", "prod")

    assert committed.git("status", "--porcelain") == "M  stacks/dev.yaml\n"


def test_file_with_changes_is_refused_and_left_alone(committed):
    committed.edit(FILE, "# prod", "# my prod")

    told = committed("promote", NEW, "--to", "prod")

    assert told.exit_code == 1
    assert told.error.startswith("stacks/prod.yaml\nerror: this file has changes that are not committed\n")
    assert OLD in (committed.root / FILE).read_text()


def test_refusing_hook_leaves_the_files_as_they_were(committed):
    hook = committed.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho closed on Fridays >&2\nexit 1\n")
    hook.chmod(0o755)

    told = committed("promote", NEW, "--to", "prod")

    assert told.exit_code == 3
    assert "error: git refused the commit (exit code 1): closed on Fridays" in told.error
    assert committed.git("status", "--porcelain") == ""


def test_dry_run_needs_no_repository_and_changes_nothing(command):
    told = command("promote", NEW, "--to", "prod", "--dry-run", "--json")

    assert told.exit_code == 0
    assert json.loads(told.out)["commit"] is None
    assert [each["new"] for each in json.loads(told.out)["edits"]] == [NEW]
    assert OLD in (command.root / FILE).read_text()


def test_unknown_stage_gets_the_list(committed):
    told = committed("promote", NEW, "--to", "prd")

    assert told.exit_code == 1
    assert "allowed: dev, prod" in told.error
