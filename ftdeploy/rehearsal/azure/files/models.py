"""The files that an account holds, and what becomes of them by the clock."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from sqlite3 import Row

from ftdeploy.rehearsal.azure.agenda import Entry
from ftdeploy.rehearsal.azure.authoring import errors
from ftdeploy.rehearsal.azure.call import Call, Json
from ftdeploy.rehearsal.azure.files.jsonl import BYTE_ORDER_MARK, BadTrainingData, read_examples
from ftdeploy.rehearsal.azure.resources import Resource
from ftdeploy.rehearsal.azure.world import World

PROCESSED = "file-is-processed"
"""The kind of agenda entry that looks at a file; its subject is the account's id, a space and the file's id."""
TRAINING = "fine-tune"
RESULTS = "fine-tune-results"
_SENT_FOR = (TRAINING, "batch", "assistants")
_LINES = (TRAINING, "batch")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as the account holds it."""

    id: str
    purpose: str
    name: str
    created: int
    """Seconds since 1970."""
    status: str
    details: str
    """Why it is in error; else empty."""
    content: bytes

    def render(self) -> Json:
        """The body of an answer."""
        details = {"status_details": self.details} if self.details else {}
        return {
            "object": "file",
            "id": self.id,
            "purpose": self.purpose,
            "filename": self.name,
            "bytes": len(self.content),
            "created_at": self.created,
            "status": self.status,
            **details,
        }


def check_wanted(call: Call, purpose: str, name: str) -> None:
    """Whether a file of this purpose and name can be sent.

    Raises:
        AzureError: 400; the purpose is none, or the name does not fit it.
    """
    if purpose not in _SENT_FOR and call.leans_on("file-purposes-are-checked"):
        raise errors.invalid_payload("Invalid value for purpose.")
    if purpose in _LINES and not name.lower().endswith(".jsonl") and call.leans_on("training-files-end-in-jsonl"):
        raise errors.invalid_payload("fileName contains an invalid filename: wrong suffix.")


def check_room(call: Call, account: Resource, size: int) -> None:
    """Whether the account can take one more file of that many bytes.

    Raises:
        AzureError: 400; it holds too many, or too much.
    """
    row = call.world.store.find_row(
        "SELECT count(*) AS files, coalesce(sum(length(content)), 0) AS held FROM files WHERE account = ?", account.key
    )
    files, held = (int(row["files"]), int(row["held"])) if row else (0, 0)
    settings = call.world.settings
    most, total = settings.get_count("filesPerAccount"), settings.get_count("filesTotalBytes")
    if files >= most and call.leans_on("files-have-limits"):
        raise errors.quota_exceeded(f"The maximum number of {most} files of the resource has been reached.")
    if held + size > total and call.leans_on("files-have-limits"):
        raise errors.quota_exceeded(f"The maximum of {total} bytes for all files of the resource has been reached.")


def check_size(call: Call, size: int) -> None:
    """Whether a file of that many bytes can be sent at once.

    Raises:
        AzureError: 400; it is empty or too large.
    """
    most = call.world.settings.get_count("fileBytes")
    if size > most and call.leans_on("files-have-limits"):
        raise errors.invalid_payload(f"The file is larger than the maximum of {most} bytes.")
    if size == 0:
        raise errors.invalid_payload("The file is empty.")


def add_file(world: World, account_key: str, *, purpose: str, name: str, content: bytes) -> File:
    """Keep a file that was sent or imported; the clock processes it."""
    file = _build(world, purpose=purpose, name=name, content=content, status="pending")
    save_file(world, account_key, file)
    due = world.clock.now() + timedelta(seconds=world.settings.get_seconds("fileProcessingSeconds"))
    world.agenda.add(PROCESSED, due, f"{account_key} {file.id}")
    return file


def add_result(world: World, account_key: str, *, name: str, content: bytes) -> File:
    """Keep a file that the service made; it is ready."""
    file = _build(world, purpose=RESULTS, name=name, content=content, status="processed")
    save_file(world, account_key, file)
    return file


def save_file(world: World, account_key: str, file: File) -> None:
    """Write a file, new or changed."""
    world.store.write(
        "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        account_key,
        file.id,
        file.purpose,
        file.name,
        file.created,
        file.status,
        file.details,
        file.content,
    )


def find_file(world: World, account_key: str, file_id: str) -> File | None:
    """A file of the account."""
    row = world.store.find_row("SELECT * FROM files WHERE account = ? AND id = ?", account_key, file_id)
    return None if row is None else _read(row)


def list_files(world: World, account_key: str) -> list[File]:
    """Every file of the account, oldest first."""
    rows = world.store.list_rows("SELECT * FROM files WHERE account = ? ORDER BY created, rowid", account_key)
    return [_read(row) for row in rows]


def delete_file(world: World, account_key: str, file_id: str) -> bool:
    """Forget a file, also one that a job used; whether there was one."""
    return bool(world.store.write("DELETE FROM files WHERE account = ? AND id = ?", account_key, file_id))


def process_file(world: World, entry: Entry) -> None:
    """Look at a file when its time has come: it is processed, or in error."""
    account_key, _, file_id = entry.subject.rpartition(" ")
    row = world.store.find_row("SELECT * FROM files WHERE account = ? AND id = ?", account_key, file_id)
    if row is None or row["status"] != "pending":
        return
    details = find_fault(world, row["purpose"], row["content"])
    world.store.write(
        "UPDATE files SET status = ?, details = ? WHERE account = ? AND id = ?",
        "error" if details else "processed",
        details,
        account_key,
        file_id,
    )


def find_fault(world: World, purpose: str, content: bytes) -> str:
    """Why content is no training data; empty for what is, and for other purposes."""
    if purpose != TRAINING or not world.switches.leans_on("files-are-checked-after-upload"):
        return ""
    if world.settings.is_on("trainingFilesNeedByteOrderMark") and not content.startswith(BYTE_ORDER_MARK):
        return "Validation of jsonl file failed: The file has no byte order mark."
    try:
        read_examples(content)
    except BadTrainingData as error:
        return str(error)
    return ""


def _build(world: World, *, purpose: str, name: str, content: bytes, status: str) -> File:
    return File(
        id=f"file-{uuid.uuid4().hex}",
        purpose=purpose,
        name=name,
        created=int(world.clock.now().timestamp()),
        status=status,
        details="",
        content=content,
    )


def _read(row: Row) -> File:
    return File(
        id=row["id"],
        purpose=row["purpose"],
        name=row["name"],
        created=row["created"],
        status=row["status"],
        details=row["details"],
        content=bytes(row["content"]),
    )
