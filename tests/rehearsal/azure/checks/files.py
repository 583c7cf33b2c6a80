"""Checks of files."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from tests.rehearsal.azure.dataplane import ask_plane
from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.trainingdata import write_lines

TYPE = "application/octet-stream"


def send(
    pretend: Pretend, content: bytes = b"", *, name: str = "train.jsonl", purpose: str = "fine-tune", kind: str = TYPE
) -> httpx.Response:
    """Send a file, ten examples if not told otherwise."""
    files = {"file": (name, content or write_lines(), kind)}
    return ask_plane(pretend, "POST", "/files", files=files, data={"purpose": purpose})


def start_upload(pretend: Pretend, size: int) -> str:
    body = {"purpose": "fine-tune", "filename": "train.jsonl", "bytes": size, "mime_type": "application/json"}
    return str(ask_plane(pretend, "POST", "/uploads", body).json()["id"])


def add_part(pretend: Pretend, upload: str, content: bytes) -> httpx.Response:
    files = {"data": ("part", content, TYPE)}
    return ask_plane(pretend, "POST", f"/uploads/{upload}/parts", files=files)


def check_purpose(pretend: Pretend) -> None:
    assert "Invalid value for purpose." in send(pretend, purpose="fun").text


def check_suffix(pretend: Pretend) -> None:
    assert "wrong suffix" in send(pretend, name="train.pdf").text


def check_type(pretend: Pretend) -> None:
    assert "empty content type" in send(pretend, kind="").text


def check_validation(pretend: Pretend) -> None:
    name = send(pretend, b"nonsense").json()["id"]
    found = ask_plane(pretend, "GET", f"/files/{name}").json()
    assert found["status"] == "error"
    assert "Line 1 is not" in found["status_details"]


def check_limits(pretend: Pretend) -> None:
    pretend.world.settings.put("filesPerAccount", 0)
    assert get_code(send(pretend)) == "quotaExceeded"


def check_pace(pretend: Pretend) -> None:
    pretend.world.settings.put("fileUploadsPerSecond", 2)
    assert [send(pretend).status_code for _ in range(3)] == [201, 201, 429]
    pretend.pass_seconds(1)
    assert send(pretend).status_code == 201


def check_whole(pretend: Pretend) -> None:
    upload = start_upload(pretend, 5)
    part = add_part(pretend, upload, b"1234").json()["id"]
    response = ask_plane(pretend, "POST", f"/uploads/{upload}/complete", {"part_ids": [part]})
    assert get_code(response) == "invalidPayload"


def check_expiry(pretend: Pretend) -> None:
    upload = start_upload(pretend, 5)
    pretend.pass_seconds(7200)
    pretend._tokens.clear()
    assert get_code(add_part(pretend, upload, b"12345")) == "unexpectedEntityState"


def check_import(pretend: Pretend) -> None:
    body = {"purpose": "fine-tune", "filename": "train.jsonl", "content_url": "https://contoso.example/gone.jsonl"}
    made = ask_plane(pretend, "POST", "/files/import", body)
    assert made.status_code == 201, made.text
    assert ask_plane(pretend, "GET", f"/files/{made.json()['id']}").json()["status"] == "error"


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "file-parts-say-their-type": check_type,
    "file-purposes-are-checked": check_purpose,
    "file-uploads-have-a-pace": check_pace,
    "files-are-checked-after-upload": check_validation,
    "files-have-limits": check_limits,
    "imports-are-read-later": check_import,
    "training-files-end-in-jsonl": check_suffix,
    "uploads-are-whole": check_whole,
    "uploads-expire": check_expiry,
}
