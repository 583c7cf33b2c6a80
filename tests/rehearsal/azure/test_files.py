"""Files, uploads in parts and imports on the wire."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftdeploy.rehearsal.azure.files.jsonl import BadTrainingData, read_examples
from tests.rehearsal.azure.checks.files import add_part, send, start_upload
from tests.rehearsal.azure.dataplane import ask_dated, ask_plane
from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, READER, WORKLOAD
from tests.rehearsal.azure.trainingdata import CHAT, COMPLETION, PREFERENCE, PROMPT, write_lines

USER, ASSISTANT = {"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}
IMAGE = {"type": "image_url", "image_url": {"url": "https://contoso.example/a.png"}}


def get_file(pretend: Pretend, name: str) -> dict:
    return ask_plane(pretend, "GET", f"/files/{name}").json()


def give_blob(pretend: Pretend, url: str, content: bytes) -> None:
    pretend.http.put("/_rehearsal/blobs", params={"url": url}, content=content)


def test_file_is_pending_then_processed_and_comes_back_byte_for_byte(pretend: Pretend) -> None:
    content = write_lines() + b"\r\n\n\r"

    sent = send(pretend, content)

    name = sent.json()["id"]
    assert (sent.status_code, sent.json()["status"]) == (201, "pending")
    assert sent.headers["location"].endswith(f"/openai/v1/files/{name}")
    assert get_file(pretend, name)["status"] == "processed"
    assert ask_dated(pretend, "GET", f"/files/{name}/content").content == content


@given(content=st.binary(min_size=1, max_size=200))
def test_any_bytes_survive_a_form(content: bytes) -> None:
    from ftdeploy.rehearsal.azure.call import Call
    from ftdeploy.rehearsal.azure.files.multipart import read_form

    body = (
        b'--XX\r\nContent-Disposition: form-data; name="file"; filename="a/b.jsonl"\r\nContent-Type: text/plain\r\n\r\n'
    )
    end = b"\r\n--XX--\r\n"
    headers = {"content-type": "multipart/form-data; boundary=XX"}
    call = Call(
        world=None, method="POST", path="/", query={}, headers=headers, body=body + content + end, base_url="https://x"
    )

    part = read_form(call)["file"]

    is_cut = b"\r\n--XX" in content
    assert is_cut or (bytes(part.content), part.file_name) == (content, "b.jsonl")


def test_file_waits_as_long_as_the_setting_says(pretend: Pretend) -> None:
    pretend.world.settings.put("fileProcessingSeconds", 90)
    name = send(pretend).json()["id"]

    early = get_file(pretend, name)["status"]
    pretend.pass_seconds(91)

    assert (early, get_file(pretend, name)["status"]) == ("pending", "processed")


@pytest.mark.parametrize(
    "example", [CHAT, PREFERENCE, PROMPT, COMPLETION], ids=["chat", "preference", "prompt", "text"]
)
def test_each_format_is_taken(pretend: Pretend, example: dict) -> None:
    name = send(pretend, write_lines(example)).json()["id"]

    assert get_file(pretend, name)["status"] == "processed"


@pytest.mark.parametrize(
    ("example", "words"),
    [
        ({"messages": [USER, {**ASSISTANT, "weight": 2}]}, "weight of a message can only be 0 or 1"),
        ({"messages": [ASSISTANT, {"role": "system", "content": "c"}, {"role": "boss"}]}, "must have a role"),
        ({"messages": []}, "at least one message"),
        ({"messages": [USER, {"role": "system", "content": "c"}]}, "at least one message of role assistant"),
        ({"messages": [USER, {"role": "assistant"}]}, "must have content"),
        ({"messages": [USER, {"role": "assistant", "content": [IMAGE]}]}, "cannot contain images"),
        ({"messages": [{"role": "user", "content": [IMAGE] * 65}, ASSISTANT]}, "at most 64 images"),
        ({**PREFERENCE, "note": "x"}, "exactly the properties"),
        ({**PREFERENCE, "preferred_output": [USER]}, "at least one message of role assistant"),
        ({**PREFERENCE, "preferred_output": [ASSISTANT, USER]}, "only contain roles"),
        ({**PREFERENCE, "input": {}}, "must contain messages"),
        ({"completion": "x", "mood": "y"}, '("context" or "prompt") and "completion"'),
        ("[1]", "Line 1 is not a valid json object"),
        ("{{", "Line 1 is not a valid json object"),
        ("", "No valid json line found in file"),
    ],
)
def test_bad_training_data_is_explained(example: dict | str, words: str) -> None:
    with pytest.raises(BadTrainingData) as refused:
        read_examples(write_lines(example))

    assert words in str(refused.value)


def test_mixed_formats_and_other_encodings_are_explained() -> None:
    with pytest.raises(BadTrainingData, match="same format"):
        read_examples(write_lines(CHAT) + write_lines(COMPLETION)[3:])
    with pytest.raises(BadTrainingData, match="UTF-8"):
        read_examples("é".encode("utf-16"))


def test_byte_order_mark_is_asked_for_when_set(pretend: Pretend) -> None:
    pretend.world.settings.put("trainingFilesNeedByteOrderMark", True)

    name = send(pretend, write_lines()[3:]).json()["id"]

    assert "no byte order mark" in get_file(pretend, name)["status_details"]


def test_list_is_newest_first_by_purpose_and_in_pages(pretend: Pretend) -> None:
    ids = [send(pretend).json()["id"] for _ in range(3)]
    other = send(pretend, b"x", purpose="assistants", name="a.pdf").json()["id"]

    first = ask_plane(pretend, "GET", "/files?purpose=fine-tune&limit=2").json()
    second = ask_plane(pretend, "GET", f"/files?purpose=fine-tune&limit=2&after={ids[1]}").json()

    assert ([each["id"] for each in first["data"]], first["has_more"]) == ([ids[2], ids[1]], True)
    assert ([each["id"] for each in second["data"]], second["has_more"]) == ([ids[0]], False)
    assert other in [each["id"] for each in ask_dated(pretend, "GET", "/files").json()["data"]]


def test_deleted_file_is_gone(pretend: Pretend) -> None:
    name = send(pretend).json()["id"]

    deleted = ask_plane(pretend, "DELETE", f"/files/{name}")

    assert deleted.json() == {"object": "file", "id": name, "deleted": True}
    codes = [get_code(ask_plane(pretend, verb, f"/files/{name}")) for verb in ("GET", "DELETE")]
    assert codes == ["notFound", "notFound"]


def test_files_too_large_too_many_bytes_or_empty_are_refused(pretend: Pretend) -> None:
    pretend.world.settings.put("fileBytes", 10)
    large = send(pretend)
    pretend.world.settings.put("fileBytes", 512)
    pretend.world.settings.put("filesTotalBytes", 10)
    full = send(pretend, b"{}" * 20)
    empty = ask_plane(pretend, "POST", "/files", data={"purpose": "fine-tune"}, files={"file": ("a.jsonl", b"", "x/y")})

    assert [get_code(each) for each in (large, full, empty)] == ["invalidPayload", "quotaExceeded", "invalidPayload"]


def test_request_that_is_no_form_is_refused(pretend: Pretend) -> None:
    plain = ask_plane(pretend, "POST", "/files", {"purpose": "fine-tune"})
    without = ask_plane(pretend, "POST", "/files", files={"purpose": (None, "fine-tune")})
    broken = ask_plane(
        pretend, "POST", "/files", content=b"--X\r\nnope", headers={"Content-Type": "multipart/form-data; boundary=X"}
    )

    assert [each.status_code for each in (plain, without, broken)] == [400, 400, 400]


@pytest.mark.parametrize(("principal", "statuses"), [(WORKLOAD, [200, 401]), (READER, [401, 401])])
def test_reading_and_sending_need_their_data_actions(
    pretend: Pretend, principal: dict[str, str], statuses: list[int]
) -> None:
    asking = pretend.as_(principal)
    if principal is WORKLOAD:
        pretend.world.store.write("UPDATE principals SET secret = 'pipeline-secret'")

    found = [ask_plane(asking, "GET", "/files").status_code, send(asking).status_code]

    assert found == statuses


def test_upload_in_parts_becomes_a_file(pretend: Pretend) -> None:
    content = write_lines()
    upload = start_upload(pretend, len(content))
    second = add_part(pretend, upload, content[40:]).json()
    first = add_part(pretend, upload, content[:40]).json()
    digest = base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()

    body = {"part_ids": [first["id"], second["azure_block_id"]], "md5": digest}
    done = ask_plane(pretend, "POST", f"/uploads/{upload}/complete", body).json()

    assert (done["status"], done["file"]["filename"]) == ("completed", "train.jsonl")
    assert ask_plane(pretend, "GET", f"/files/{done['file']['id']}/content").content == content
    assert get_code(add_part(pretend, upload, b"more")) == "unexpectedEntityState"


def test_cancelled_upload_takes_nothing_more(pretend: Pretend) -> None:
    upload = start_upload(pretend, 5)

    cancelled = ask_dated(pretend, "POST", f"/uploads/{upload}/cancel").json()

    assert (cancelled["status"], cancelled["file"]) == ("cancelled", None)
    assert get_code(add_part(pretend, upload, b"12345")) == "unexpectedEntityState"


def test_upload_with_a_wrong_digest_or_part_is_refused(pretend: Pretend) -> None:
    upload = start_upload(pretend, 5)
    part = add_part(pretend, upload, b"12345").json()["id"]

    wrong = ask_plane(pretend, "POST", f"/uploads/{upload}/complete", {"part_ids": [part], "md5": "00"})
    other = ask_plane(pretend, "POST", f"/uploads/{upload}/complete", {"part_ids": ["nobody"]})

    assert [get_code(wrong), get_code(other)] == ["invalidPayload", "notFound"]


@pytest.mark.parametrize("change", [{"bytes": 0}, {"mime_type": ""}, {"bytes": 10**10}, {"purpose": "fun"}])
def test_upload_that_cannot_be_is_not_started(pretend: Pretend, change: dict) -> None:
    body = {"purpose": "fine-tune", "filename": "a.jsonl", "bytes": 5, "mime_type": "application/json", **change}

    assert get_code(ask_plane(pretend, "POST", "/uploads", body)) == "invalidPayload"


def test_import_reads_the_address_later(pretend: Pretend) -> None:
    url = "https://contoso.blob.core.windows.net/data/train.jsonl?sv=signed"
    give_blob(pretend, url, write_lines())
    body = {"purpose": "fine-tune", "filename": "train.jsonl"}

    made = ask_dated(pretend, "POST", "/files/import", {**body, "content_url": url})
    missing = ask_dated(pretend, "POST", "/files/import", {**body, "content_url": "https://nowhere.example/a"})

    found = get_file(pretend, made.json()["id"])
    assert (made.status_code, made.json()["status"]) == (201, "pending")
    assert (found["status"], found["bytes"]) == ("processed", len(write_lines()))
    assert made.headers["location"].endswith(f"/openai/files/{made.json()['id']}")
    assert get_file(pretend, missing.json()["id"])["status"] == "error"


def test_import_of_too_much_or_of_no_address_fails(pretend: Pretend) -> None:
    give_blob(pretend, "https://x.example/a", write_lines())
    pretend.world.settings.put("fileBytes", 10)
    body = {"purpose": "fine-tune", "filename": "train.jsonl"}

    large = ask_plane(pretend, "POST", "/files/import", {**body, "content_url": "https://x.example/a"}).json()["id"]
    wrong = ask_plane(pretend, "POST", "/files/import", {**body, "content_url": "train.jsonl"})

    assert "larger than" in get_file(pretend, large)["status_details"]
    assert get_code(wrong) == "invalidPayload"


def test_purged_account_holds_no_files(pretend: Pretend) -> None:
    name = send(pretend).json()["id"]
    pretend.delete(ACCOUNT)
    pretend.put(ACCOUNT, {"location": "swedencentral", "properties": {"restore": True}})
    kept = get_file(pretend, name)["status"]

    pretend.world.deleted.purge(ACCOUNT)

    assert (kept, get_code(ask_plane(pretend, "GET", f"/files/{name}"))) == ("processed", "notFound")
