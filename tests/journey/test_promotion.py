"""A model goes from dev to prod: one scalar in one file, then a provisioned deployment beside its neighbours."""

from __future__ import annotations

import subprocess


def test_promotion_changes_one_scalar_and_prod_follows(git_repository):
    repository = git_repository
    model = next(iter(repository.up("dev")["outputs"]["models"].values()))
    repository.rehearse("exec", "--", "ftdeploy", "promote", model, "--to", "prod")
    shown = subprocess.run(
        ["git", "show", "--numstat", "--format=%s", "HEAD"],
        cwd=repository.path,
        capture_output=True,
        text=True,
        check=True,
    )
    prod = repository.up("prod-eu-swc")
    made = repository.made()

    assert all(line.split("\t")[:2] == ["1", "1"] for line in shown.stdout.splitlines() if "\t" in line)
    assert "stacks/prod-eu-swc.yaml" in shown.stdout
    assert prod["outputs"]["models"] == {"support.support-bot": model}
    assert any("contoso-support-prod-swc/deployments/support-bot" in each for each in made)


def test_promotion_twice_has_nothing_to_do(git_repository):
    repository = git_repository
    model = next(iter(repository.up("dev")["outputs"]["models"].values()))
    repository.rehearse("exec", "--", "ftdeploy", "promote", model, "--to", "prod")
    again = repository.rehearse("exec", "--", "ftdeploy", "promote", model, "--to", "prod")

    assert "nothing to do" in again.stdout + again.stderr


def test_source_in_another_tenant_needs_and_gets_a_second_token(repository):
    repository.up("prod-us-ncu")

    assert any(each.endswith("/deployments/support-bot") for each in repository.made())


def test_protected_stack_is_not_destroyed(repository):
    repository.up("prod-eu-swc")
    refused = repository.rehearse("destroy", "prod-eu-swc", "--engine", repository.engine, expect=None)

    assert refused.returncode == 1
    assert "protect" in refused.stderr
    assert any(each.endswith("/deployments/support-bot") for each in repository.made())
