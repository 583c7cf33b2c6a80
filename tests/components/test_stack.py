"""A whole stack as Pulumi hears of it."""

from __future__ import annotations

from dataclasses import replace

from ftdeploy.components.stack import build_stack as declare
from ftdeploy.domain.skus import Sku
from tests.components.builders import build_account, build_deployment, build_stack
from tests.components.pulumi_mocks import DEPLOYMENT_TYPE, Recorder

BOTS = (
    build_deployment(key="bought", sku=Sku.PROVISIONED, api_sku="ProvisionedManaged", capacity=50),
    build_deployment(key="second"),
    build_deployment(key="first"),
)


def list_waits(recorder: Recorder) -> dict[str, set[str]]:
    """Deployment to the deployments that it depends on."""
    found = {each.name: each.depends_on for each in recorder.declared if each.type == DEPLOYMENT_TYPE}
    head = f"{DEPLOYMENT_TYPE} "
    return {name: {each.removeprefix(head) for each in waits if each.startswith(head)} for name, waits in found.items()}


def test_each_deployment_depends_on_all_earlier_ones_of_its_account():
    recorder = Recorder().run(lambda: declare(build_stack(accounts=(build_account(deployments=BOTS),))))

    assert list_waits(recorder) == {
        "support.first": set(),
        "support.second": {"support.first"},
        "support.bought": {"support.first", "support.second"},
    }


def test_accounts_do_not_wait_for_each_other():
    left = build_account(key="left", deployments=BOTS[:2])
    right = replace(left, key="right", id=replace(left.id, name="contoso-right-dev"))
    recorder = Recorder().run(lambda: declare(build_stack(accounts=(left, right))))

    assert list_waits(recorder)["right.bought"] == {"right.second"}
    assert list_waits(recorder)["left.second"] == set()


def test_protection_of_the_account_does_not_reach_its_deployments():
    account = build_account(protect=True, deployments=BOTS)
    recorder = Recorder().run(lambda: declare(build_stack(accounts=(account,))))

    assert not any(each.protect for each in recorder.declared if each.type == DEPLOYMENT_TYPE)


def test_everything_goes_through_the_explicit_provider():
    recorder = Recorder().run(lambda: declare(build_stack()))

    made = [each for each in recorder.declared if each.type.startswith("azure-native:")]
    assert len(made) == 4
    assert {each.provider for each in made} == {recorder.get("pulumi:providers:azure-native").name}


def test_one_hook_is_registered_and_every_write_has_it():
    accounts = tuple(build_account(key=key, deployments=BOTS) for key in ("left", "right"))
    recorder = Recorder().run(lambda: declare(build_stack(accounts=accounts)))

    writes = [each for each in recorder.declared if each.type.startswith("azure-native:")]
    assert recorder.hooks == ["retry-refused-writes"]
    assert {tuple(each.hooks) for each in writes} == {("retry-refused-writes",)}
    assert not any(each.hooks or each.depends_on for each in recorder.declared if each.type.startswith("ftdeploy:"))
