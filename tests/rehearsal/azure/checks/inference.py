"""Checks of inference's behaviours."""

from __future__ import annotations

from collections.abc import Callable

from tests.rehearsal.azure.dataplane import chat
from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, READER


def check_key(pretend: Pretend) -> None:
    pretend.deploy()
    response = pretend.chat(**{"api-key": "guessed"})
    assert (response.status_code, get_code(response)) == (401, "401")


def check_data_role(pretend: Pretend) -> None:
    pretend.deploy()
    response = pretend.as_(READER).chat()
    assert (response.status_code, get_code(response)) == (401, "PermissionDenied")


def check_limits(pretend: Pretend) -> None:
    pretend.deploy(capacity=1)
    assert chat(pretend, max_tokens=1000).status_code == 429


def check_paused(pretend: Pretend) -> None:
    pretend.deploy()
    pretend.ask("POST", f"{ACCOUNT}/deployments/bot/pause")
    assert chat(pretend).status_code == 423


def check_retired(pretend: Pretend) -> None:
    pretend.world.settings.put("idleDays", 10_000)
    pretend.deploy()
    pretend.pass_seconds(40_000_000)
    assert chat(pretend).status_code == 410


def check_operation(pretend: Pretend) -> None:
    pretend.deploy()
    deployment = pretend.world.resources.find(f"{ACCOUNT}/deployments/bot")
    deployment.internal.update(baseName="babbage-002", baseVersion="1")
    pretend.world.resources.save(deployment)
    assert get_code(chat(pretend)) == "OperationNotSupported"


def check_new(pretend: Pretend) -> None:
    pretend.world.settings.put("deploymentReadySeconds", 300)
    pretend.deploy()
    assert get_code(chat(pretend)) == "DeploymentNotFound"


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "keys-are-checked": check_key,
    "model-calls-need-a-data-role": check_data_role,
    "models-have-operations": check_operation,
    "new-deployments-are-not-found-yet": check_new,
    "paused-deployments-are-locked": check_paused,
    "retired-models-are-gone": check_retired,
    "token-deployments-have-rate-limits": check_limits,
}
