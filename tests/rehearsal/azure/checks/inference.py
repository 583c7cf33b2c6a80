"""Checks of inference's behaviours."""

from __future__ import annotations

from collections.abc import Callable

from tests.rehearsal.azure.dataplane import ask_dated, ask_plane, chat
from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, READER, build_deployment


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


def check_failed(pretend: Pretend) -> None:
    pretend.deploy("better")
    pretend.http.put("/_rehearsal/faults", json={"kind": "operation-fails", "count": 2})
    pretend.deploy("better", capacity=12)
    pretend.pass_seconds(1)
    pretend.deploy()
    pretend.pass_seconds(1)
    assert [pretend.chat(name).status_code for name in ("better", "bot")] == [200, 404]


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


def check_prompt_filter(pretend: Pretend) -> None:
    pretend.deploy()
    assert get_code(chat(pretend, "filter this prompt")) == "content_filter"


def check_answer_filter(pretend: Pretend) -> None:
    pretend.deploy()
    assert chat(pretend, "filter this answer").json()["choices"][0]["finish_reason"] == "content_filter"


def check_cache(pretend: Pretend) -> None:
    pretend.deploy()
    usages = [chat(pretend, "word " * 1100).json()["usage"] for _ in range(2)]
    assert usages[1]["prompt_tokens_details"]["cached_tokens"] == 1024


def provision(pretend: Pretend, name: str, version: str) -> None:
    body = build_deployment(sku="ProvisionedManaged", capacity=50)
    body["properties"]["model"] = {"format": "OpenAI", "name": name, "version": version}
    pretend.put(f"{ACCOUNT}/deployments/bot", body)


def check_full(pretend: Pretend) -> None:
    provision(pretend, "gpt-4o", "2024-08-06")
    chat(pretend, "word " * 130_000)
    assert chat(pretend).status_code == 429


def check_spillover(pretend: Pretend) -> None:
    pretend.deploy("spare")
    provision(pretend, "gpt-4o", "2024-08-06")
    headers = {"x-ms-spillover-deployment": "spare"}
    chat(pretend, "word " * 130_000)
    assert chat(pretend, headers=headers).headers.get("x-ms-spillover-from-deployment") == "bot"


def check_long_prompt(pretend: Pretend) -> None:
    provision(pretend, "gpt-4.1", "2025-04-14")
    assert get_code(chat(pretend, "word " * 130_000)) == "context_length_exceeded"


def check_kept_response(pretend: Pretend) -> None:
    pretend.deploy()
    made = ask_plane(pretend, "POST", "/responses", {"model": "bot", "input": "Hello?"}).json()
    assert ask_plane(pretend, "GET", f"/responses/{made['id']}").status_code == 200


def check_background(pretend: Pretend) -> None:
    pretend.deploy()
    asked = {"model": "bot", "input": "Hello?", "background": True}
    assert ask_plane(pretend, "POST", "/responses", asked).json()["status"] == "queued"


def check_pretend_answer(pretend: Pretend) -> None:
    pretend.deploy()
    assert "You asked: Hello?" in chat(pretend).text


def check_response_action(pretend: Pretend) -> None:
    pretend.deploy()
    asked = {"model": "bot", "input": "Hello?"}
    refused = ask_plane(pretend.as_(READER), "POST", "/responses", asked)
    assert ask_plane(pretend, "POST", "/responses", asked).status_code == 200
    assert "accounts/OpenAI/responses/write" in refused.text


def check_unknown_call(pretend: Pretend) -> None:
    assert ask_plane(pretend, "GET", "/nothing").status_code == 404


def check_arguments(pretend: Pretend) -> None:
    pretend.deploy()
    assert "Unrecognized request argument supplied: topP" in chat(pretend, topP=1).text


def check_tool_messages(pretend: Pretend) -> None:
    pretend.deploy()
    asked = {"messages": [{"role": "tool", "tool_call_id": "one", "content": "7"}]}
    assert chat(pretend, **asked).status_code == 400


def check_json_mode(pretend: Pretend) -> None:
    pretend.deploy()
    assert chat(pretend, response_format={"type": "json_object"}).status_code == 400


def check_strict_schema(pretend: Pretend) -> None:
    pretend.deploy()
    form = {"type": "json_schema", "json_schema": {"name": "x", "strict": True, "schema": {"type": "object"}}}
    assert chat(pretend, response_format=form).status_code == 400


def check_bounds(pretend: Pretend) -> None:
    pretend.deploy()
    assert chat(pretend, temperature=3).status_code == 400


def check_models_version(pretend: Pretend) -> None:
    assert ask_dated(pretend, "GET", "/files", **{"api-version": "2023-12-01"}).status_code == 404


def check_feature_version(pretend: Pretend) -> None:
    pretend.deploy()
    assert ask_dated(pretend, "POST", "/responses", {"model": "bot", "input": "Hello?"}).status_code == 400


def check_least_tokens(pretend: Pretend) -> None:
    pretend.deploy()
    asked = {"model": "bot", "input": "Hello?", "max_output_tokens": 15}
    assert get_code(ask_plane(pretend, "POST", "/responses", asked)) == "integer_below_min_value"


def check_role(pretend: Pretend) -> None:
    pretend.deploy()
    assert get_code(chat(pretend, messages=[{"role": "robot", "content": "Hello?"}])) == "invalid_value"


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "answers-are-filtered": check_answer_filter,
    "answers-are-pretend": check_pretend_answer,
    "background-responses-take-time": check_background,
    "failed-creations-do-not-answer": check_failed,
    "features-need-an-api-version": check_feature_version,
    "full-deployments-spill-over": check_spillover,
    "json-mode-needs-the-word": check_json_mode,
    "keys-are-checked": check_key,
    "long-prompts-are-not-provisioned": check_long_prompt,
    "model-calls-need-a-data-role": check_data_role,
    "models-api-versions-are-known": check_models_version,
    "models-have-operations": check_operation,
    "new-deployments-are-not-found-yet": check_new,
    "numbers-have-bounds": check_bounds,
    "paused-deployments-are-locked": check_paused,
    "prompts-are-cached": check_cache,
    "prompts-are-filtered": check_prompt_filter,
    "provisioned-deployments-fill-up": check_full,
    "responses-are-kept": check_kept_response,
    "responses-need-their-own-data-action": check_response_action,
    "responses-take-16-tokens": check_least_tokens,
    "retired-models-are-gone": check_retired,
    "strict-schemas-are-closed": check_strict_schema,
    "roles-are-known": check_role,
    "token-deployments-have-rate-limits": check_limits,
    "tool-messages-answer-calls": check_tool_messages,
    "unknown-arguments-are-refused": check_arguments,
    "unknown-calls-are-not-found": check_unknown_call,
}
