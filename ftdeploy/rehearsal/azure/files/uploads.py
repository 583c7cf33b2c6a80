"""Uploads: large files in parts, which become a file when they are completed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import uuid
from sqlite3 import Row

from ftdeploy.rehearsal.azure.authoring import errors
from ftdeploy.rehearsal.azure.authoring.routes import build_location
from ftdeploy.rehearsal.azure.call import Call, Json, Reply
from ftdeploy.rehearsal.azure.files import models
from ftdeploy.rehearsal.azure.files.multipart import read_form
from ftdeploy.rehearsal.azure.inference.access import Need, get_account
from ftdeploy.rehearsal.azure.resources import Resource

_ACTIONS = "Microsoft.CognitiveServices/accounts/OpenAI/uploads"


def post_upload(call: Call) -> Reply:
    """`{"purpose": "fine-tune", "filename": "train.jsonl", "bytes": 2097152, "mime_type": "text/plain"}`."""
    account = get_account(call, Need(action=f"{_ACTIONS}/write", operation="POST /openai/uploads"))
    sent = errors.read_payload(call)
    size = _check_start(call, sent)
    now = int(call.world.clock.now().timestamp())
    upload_id = f"{sent['purpose']}-{uuid.uuid4().hex}"
    values = (account.key, upload_id, sent["purpose"], sent["filename"], size, now)
    expires = now + int(call.world.settings.get_seconds("uploadSeconds"))
    call.world.store.write("INSERT INTO uploads VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', '')", *values, expires)
    headers = {"Location": build_location(call, upload_id)}
    return Reply(body=_render(call, _find(call, account, upload_id)), headers=headers)


def post_part(call: Call) -> Reply:
    """Add a part: a form with `data`."""
    account, upload = _get_pending(call, "parts")
    form = read_form(call)
    if "data" not in form:
        raise errors.invalid_payload("The request has no data.")
    content = bytes(form["data"].content)
    models.check_size(call, len(content))
    part_id, block = uuid.uuid4().hex, base64.b64encode(uuid.uuid4().bytes).decode()
    now = int(call.world.clock.now().timestamp())
    values = (account.key, f"uplprt-{part_id}", upload["id"], block, now, content)
    call.world.store.write("INSERT INTO upload_parts VALUES (?, ?, ?, ?, ?, ?)", *values)
    body = {"object": "upload.part", "id": f"uplprt-{part_id}", "upload_id": upload["id"], "azure_block_id": block}
    return Reply(body={**body, "created_at": now})


def complete_upload(call: Call) -> Reply:
    """Make a file of the parts in the order of `part_ids`, each named by its id or its block's; `md5` is checked."""
    account, upload = _get_pending(call, "complete")
    sent = errors.read_payload(call)
    content = b"".join(_read_part(call, upload, str(each)) for each in sent.get("part_ids") or ())
    if len(content) != upload["size"] and call.leans_on("uploads-are-whole"):
        raise errors.invalid_payload(f"The parts have {len(content)} bytes, the upload was to have {upload['size']}.")
    if sent.get("md5") and not _is_digest(str(sent["md5"]), content):
        raise errors.invalid_payload("The md5 does not match the uploaded content.")
    models.check_room(call, account, len(content))
    file = models.add_file(call.world, account.key, purpose=upload["purpose"], name=upload["name"], content=content)
    return _end(call, account, upload, status="completed", file_id=file.id)


def cancel_upload(call: Call) -> Reply:
    """Forget the parts."""
    account, upload = _get_pending(call, "cancel")
    return _end(call, account, upload, status="cancelled", file_id="")


def _check_start(call: Call, sent: Json) -> int:
    models.check_wanted(call, str(sent.get("purpose") or ""), str(sent.get("filename") or ""))
    size, most = sent.get("bytes"), call.world.settings.get_count("uploadBytes")
    if not isinstance(size, int) or size < 1:
        raise errors.invalid_payload("Invalid value for bytes.")
    if not sent.get("mime_type"):
        raise errors.invalid_payload("Invalid value for mime_type.")
    if size > most and call.leans_on("files-have-limits"):
        raise errors.invalid_payload(f"The upload is larger than the maximum of {most} bytes.")
    return size


def _get_pending(call: Call, step: str) -> tuple[Resource, Row]:
    """The upload that the address names, which must still take parts."""
    need = Need(action=f"{_ACTIONS}/write", operation=f"POST /openai/uploads/{{upload-id}}/{step}")
    account = get_account(call, need)
    upload = _find(call, account, call.parameters["upload"])
    status = _get_status(call, upload)
    if status != "pending":
        raise errors.unexpected_state(f"The upload '{upload['id']}' is {status}.")
    return account, upload


def _get_status(call: Call, upload: Row) -> str:
    is_late = call.world.clock.now().timestamp() >= upload["expires"]
    if upload["status"] == "pending" and is_late and call.leans_on("uploads-expire"):
        return "expired"
    return str(upload["status"])


def _read_part(call: Call, upload: Row, part: str) -> bytes:
    row = call.world.store.find_row(
        "SELECT content FROM upload_parts WHERE account = ? AND upload = ? AND ? IN (id, block)",
        upload["account"],
        upload["id"],
        part,
    )
    if row is None:
        raise errors.not_found("upload part", part)
    return bytes(row["content"])


def _end(call: Call, account: Resource, upload: Row, *, status: str, file_id: str) -> Reply:
    store, place = call.world.store, (account.key, upload["id"])
    store.write("UPDATE uploads SET status = ?, file = ? WHERE account = ? AND id = ?", status, file_id, *place)
    store.write("DELETE FROM upload_parts WHERE account = ? AND upload = ?", *place)
    return Reply(body=_render(call, _find(call, account, upload["id"])))


def _find(call: Call, account: Resource, upload_id: str) -> Row:
    row = call.world.store.find_row("SELECT * FROM uploads WHERE account = ? AND id = ?", account.key, upload_id)
    if row is None:
        raise errors.not_found("upload", upload_id)
    return row


def _render(call: Call, upload: Row) -> Json:
    file = models.find_file(call.world, upload["account"], upload["file"])
    return {
        "object": "upload",
        "id": upload["id"],
        "bytes": upload["size"],
        "filename": upload["name"],
        "purpose": upload["purpose"],
        "status": _get_status(call, upload),
        "created_at": upload["created"],
        "expires_at": upload["expires"],
        "file": file.render() if file else None,
    }


def _is_digest(text: str, content: bytes) -> bool:
    """Whether a digest in hexadecimal or base64 is that of the content."""
    digest = hashlib.md5(content, usedforsecurity=False).digest()
    if text.lower() == digest.hex():
        return True
    try:
        return base64.b64decode(text, validate=True) == digest
    except binascii.Error:
        return False
