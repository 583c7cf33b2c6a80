"""Model calls on the wire."""

from __future__ import annotations

import json

from tests.rehearsal.azure.pretend import MODELS, Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, OTHER_TENANT, OWN_MODEL

V1 = "/accounts/contoso-dev/openai/v1/chat/completions"
CHAT = {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Who are you?"}]}


def test_answer_names_the_fine_tuned_model_and_counts_tokens(pretend: Pretend) -> None:
    pretend.deploy()

    body = pretend.chat().json()

    assert body["model"] == OWN_MODEL
    assert "Hello?" in body["choices"][0]["message"]["content"]
    assert body["usage"]["prompt_tokens"] == 2
    assert body["usage"]["total_tokens"] == body["usage"]["prompt_tokens"] + body["usage"]["completion_tokens"]


def test_v1_finds_the_deployment_by_model(pretend: Pretend) -> None:
    pretend.deploy()
    headers = {"Authorization": f"Bearer {pretend.get_token('https://ai.azure.com')}"}

    found = pretend.http.post(V1, json={**CHAT, "model": "bot"}, headers=headers)
    missed = pretend.http.post(V1, json={**CHAT, "model": "nobody"}, headers=headers)

    assert found.json()["usage"]["prompt_tokens"] == 7
    assert (missed.status_code, get_code(missed)) == (404, "DeploymentNotFound")


def test_deployment_answers_when_it_is_made_and_goes_on_while_changed(slow: Pretend) -> None:
    slow.deploy()
    early = slow.chat()
    slow.pass_seconds(61)
    slow.deploy(capacity=20)

    assert get_code(early) == "DeploymentNotFound"
    assert slow.chat().status_code == 200


def test_key_opens_and_wrong_key_does_not(pretend: Pretend) -> None:
    pretend.deploy()
    keys = pretend.ask("POST", f"{ACCOUNT}/listKeys").json()

    statuses = [pretend.chat(**{"api-key": key}).status_code for key in (keys["key1"], keys["key2"], "guessed")]

    assert statuses == [200, 200, 401]


def test_key_may_come_as_a_bearer(pretend: Pretend) -> None:
    pretend.deploy()
    key = pretend.ask("POST", f"{ACCOUNT}/listKeys").json()["key1"]

    response = pretend.http.post(V1, json={**CHAT, "model": "bot"}, headers={"Authorization": f"Bearer {key}"})

    assert response.status_code == 200


def test_token_of_another_tenant_is_refused(pretend: Pretend) -> None:
    pretend.deploy()

    response = pretend.chat(Authorization=f"Bearer {pretend.in_(OTHER_TENANT).get_token(MODELS)}")

    assert response.status_code == 401


def test_call_without_api_version_or_messages_is_refused(pretend: Pretend) -> None:
    pretend.deploy()
    headers = {"Authorization": f"Bearer {pretend.get_token(MODELS)}"}
    address = "/accounts/contoso-dev/openai/deployments/bot/chat/completions"

    unversioned = pretend.http.post(address, json=CHAT, headers=headers)
    empty = pretend.http.post(f"{address}?api-version=2024-10-21", json={}, headers=headers)

    assert (unversioned.status_code, empty.status_code) == (404, 400)


def test_stream_has_the_same_words_and_the_usage_when_asked(pretend: Pretend) -> None:
    pretend.deploy()
    headers = {"Authorization": f"Bearer {pretend.get_token(MODELS)}"}
    body = {**CHAT, "model": "bot", "stream": True, "stream_options": {"include_usage": True}}

    lines = [line for line in pretend.http.post(V1, json=body, headers=headers).text.split("\n\n") if line]
    chunks = [json.loads(line.removeprefix("data: ")) for line in lines[:-1]]

    assert lines[-1] == "data: [DONE]"
    text = "".join(each["choices"][0]["delta"].get("content", "") for each in chunks if each["choices"])
    assert text == f"This is {OWN_MODEL}, in a rehearsal. You asked: Who are you?"
    assert chunks[-1]["usage"]["prompt_tokens"] == 7


def test_account_of_no_such_name_is_not_found(pretend: Pretend) -> None:
    assert pretend.chat(account="nobody").status_code == 404
