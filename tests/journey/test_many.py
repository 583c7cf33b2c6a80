"""Many accounts from several stacks at once: nothing is lost, and nobody sees Azure's one write at a time."""

from __future__ import annotations

from tests.journey.estate import Estate


def test_stacks_at_once_make_everything_without_a_conflict(tmp_path):
    estate = Estate(accounts=4, deployments_per_account=11, stacks=3)  # more than Azure grants first
    repository = estate.write(tmp_path / "contoso", operationSeconds=0.1, fineTunedDeploymentsPerAccount=11)
    repository.rehearse("preview", estate.stack_names[0], "--scenario", "scenario.yaml", "--engine", "embedded")

    started = [repository.start("up", name, "--engine", "embedded") for name in estate.stack_names]
    told = [each.communicate(timeout=120)[0] for each in started]

    assert [each.returncode for each in started] == [0, 0, 0], "\n".join(told)
    assert set(estate.list_ids()) <= repository.made()
    assert [each for each in repository.ask("requests?after=0")["requests"] if each["status"] in (409, 429)] == []
