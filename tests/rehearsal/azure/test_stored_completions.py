"""Stored completions on the wire."""

from __future__ import annotations

import pytest

from tests.rehearsal.azure.checks.storedcompletions import count_stored, store
from tests.rehearsal.azure.dataplane import ask_dated, ask_plane
from tests.rehearsal.azure.pretend import MODELS, Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, READER, SUBSCRIPTION

CHATS = "/chat/completions"


def test_list_says_how_many_there_are_and_goes_on_after_an_id(pretend: Pretend) -> None:
    pretend.deploy()
    ids = [store(pretend, metadata={"user": name}) for name in ("ada", "bob", "eve")]

    first = ask_dated(pretend, "GET", CHATS, limit="2").json()
    second = ask_dated(pretend, "GET", CHATS, limit="2", after=first["last_id"]).json()

    assert (first["total"], first["has_more"], first["first_id"], first["last_id"]) == (3, True, ids[0], ids[1])
    assert ([each["id"] for each in second["data"]], second["has_more"]) == ([ids[2]], False)


def test_list_is_filtered_by_metadata_and_ordered(pretend: Pretend) -> None:
    pretend.deploy()
    ids = [store(pretend, metadata={"Team": team}) for team in ("red", "blue", "red")]

    found = ask_plane(pretend, "GET", f"{CHATS}?metadata[Team]=red&order=desc").json()["data"]

    assert [each["id"] for each in found] == [ids[2], ids[0]]


def test_messages_are_those_that_were_asked(pretend: Pretend) -> None:
    pretend.deploy()
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Why?"}]
    name = store(pretend, messages=messages)

    found = ask_plane(pretend, "GET", f"{CHATS}/{name}/messages").json()

    assert [(each["id"], each["role"], each["content"]) for each in found["data"]] == [
        (f"{name}-0", "system", "Be brief."),
        (f"{name}-1", "user", "Why?"),
    ]


def test_kept_chat_has_what_was_asked_and_not_what_filters_found(pretend: Pretend) -> None:
    pretend.deploy()
    name = store(pretend, temperature=0.2, seed=7)

    body = ask_plane(pretend, "GET", f"{CHATS}/{name}").json()

    [choice] = body["choices"]
    assert (body["temperature"], body["top_p"], body["seed"]) == (0.2, 1, 7)
    assert set(choice) == {"index", "message", "finish_reason", "logprobs"}
    assert set(choice["message"]) == {"role", "content", "refusal", "audio", "function_call", "tool_calls"}
    assert "prompt_filter_results" not in body


def test_update_adds_metadata_and_delete_forgets(pretend: Pretend) -> None:
    pretend.deploy()
    name = store(pretend, metadata={"user": "admin"})

    updated = ask_plane(pretend, "POST", f"{CHATS}/{name}", {"metadata": {"fizz": "buzz"}}).json()
    deleted = ask_plane(pretend, "DELETE", f"{CHATS}/{name}").json()

    assert updated["metadata"] == {"user": "admin", "fizz": "buzz"}
    assert deleted == {"object": "chat.completion.deleted", "id": name, "deleted": True}
    assert get_code(ask_plane(pretend, "GET", f"{CHATS}/{name}")) == "notFound"


def test_streamed_chat_is_kept_whole_and_other_chats_are_not(pretend: Pretend) -> None:
    pretend.deploy()
    body = {"model": "bot", "messages": [{"role": "user", "content": "Hello?"}]}

    ask_plane(pretend, "POST", CHATS, {**body, "stream": True, "store": True})
    ask_plane(pretend, "POST", CHATS, body)

    found = ask_plane(pretend, "GET", CHATS).json()["data"]
    assert [each["choices"][0]["message"]["content"].endswith("Hello?") for each in found] == [True]


@pytest.mark.parametrize(
    ("role", "expected"),
    [("5e0bd9bd-7b93-4f28-af87-19fc36ad61bd", 401), ("a001fd3d-188f-4b5d-821b-7da978bf7442", 200)],
    ids=["Cognitive Services OpenAI User", "Cognitive Services OpenAI Contributor"],
)
def test_reading_and_deleting_need_their_data_actions(pretend: Pretend, role: str, expected: int) -> None:
    pretend.deploy()
    name = store(pretend)
    properties = {
        "roleDefinitionId": f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{role}",
        "principalId": READER["objectId"],
        "principalType": "ServicePrincipal",
    }
    assignment = f"{ACCOUNT}/providers/Microsoft.Authorization/roleAssignments/99999999-0000-4000-8000-000000000001"
    reader = pretend.as_(READER)

    before = ask_plane(reader, "GET", f"{CHATS}/{name}").status_code
    assert pretend.put(f"{assignment}?api-version=2022-04-01", {"properties": properties}).is_success

    assert before == 401
    assert ask_plane(reader, "GET", f"{CHATS}/{name}").status_code == expected
    assert ask_plane(reader, "DELETE", f"{CHATS}/{name}").status_code == expected


def test_purged_account_forgets_its_chats_and_a_restored_one_has_them(pretend: Pretend) -> None:
    pretend.deploy()
    store(pretend)
    pretend.delete(ACCOUNT)
    pretend.put(ACCOUNT, {"location": "swedencentral", "properties": {"restore": True}})
    restored = count_stored(pretend)

    pretend.world.deleted.purge(ACCOUNT)

    assert (restored, count_stored(pretend)) == (1, 0)


def test_dated_address_needs_a_version(pretend: Pretend) -> None:
    headers = {"Authorization": f"Bearer {pretend.get_token(MODELS)}"}

    response = pretend.http.get(f"/accounts/contoso-dev/openai{CHATS}", headers=headers)

    assert response.status_code == 404


def test_nonsense_is_refused(pretend: Pretend) -> None:
    pretend.deploy()
    name = store(pretend)

    codes = [
        get_code(ask_plane(pretend, "GET", f"{CHATS}?{query}")) for query in ("limit=0", "after=nobody", "order=up")
    ]

    assert codes == ["invalidPayload"] * 3
    assert get_code(ask_plane(pretend, "POST", f"{CHATS}/{name}", {"metadata": {"n": 1}})) == "invalidPayload"
