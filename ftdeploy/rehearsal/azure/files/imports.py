"""Files imported by address: from a blob with its signature, or from anywhere else.

The rehearsal reaches no address outside of it: it reads what `PUT /_rehearsal/blobs?url=…` gave it for an address.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from ftdeploy.rehearsal.azure.agenda import Entry
from ftdeploy.rehearsal.azure.authoring import errors
from ftdeploy.rehearsal.azure.authoring.routes import build_location
from ftdeploy.rehearsal.azure.call import Call, Reply
from ftdeploy.rehearsal.azure.errors import AzureError
from ftdeploy.rehearsal.azure.files import models
from ftdeploy.rehearsal.azure.files.handlers import ACTIONS
from ftdeploy.rehearsal.azure.inference.access import Need, get_account
from ftdeploy.rehearsal.azure.world import World

IMPORTED = "file-is-imported"
"""The kind of agenda entry that reads an address; its subject is as that of `models.PROCESSED`, its detail the url."""


def post_import(call: Call) -> Reply:
    """`{"purpose": "fine-tune", "filename": "train.jsonl", "content_url": "https://…"}`."""
    account = get_account(call, Need(action=f"{ACTIONS}/import/action", operation="POST /openai/files/import"))
    sent = errors.read_payload(call)
    purpose, name, url = (str(sent.get(key) or "") for key in ("purpose", "filename", "content_url"))
    models.check_wanted(call, purpose, name)
    if urlsplit(url).scheme not in ("http", "https"):
        raise errors.invalid_payload("Invalid value for content_url.")
    models.check_room(call, account, 0)
    call.needs("imports-are-read-later")
    made = models.add_file(call.world, account.key, purpose=purpose, name=name, content=b"")
    subject = f"{account.key} {made.id}"
    call.world.agenda.drop(models.PROCESSED, subject)
    seconds = call.world.settings.get_seconds("fileProcessingSeconds")
    call.world.agenda.add(IMPORTED, call.world.clock.now() + timedelta(seconds=seconds), subject, url=url)
    location = build_location(call, made.id).replace("/files/import/", "/files/")
    return Reply(status=201, body=made.render(), headers={"Location": location})


def read_import(world: World, entry: Entry) -> None:
    """Read an address when its time has come."""
    account_key, _, file_id = entry.subject.rpartition(" ")
    file = models.find_file(world, account_key, file_id)
    if file is None:
        return
    blob = world.store.find_row("SELECT content FROM blobs WHERE url = ?", entry.detail["url"])
    content = bytes(blob["content"]) if blob is not None else b""
    most = world.settings.get_count("fileBytes")
    if blob is None:
        details = "Import of file failed: the content could not be read from the given url."
    elif len(content) > most:
        details = f"Import of file failed: the file is larger than the maximum of {most} bytes."
    else:
        details = models.find_fault(world, file.purpose, content)
    status = "error" if details else "processed"
    models.save_file(world, account_key, replace(file, content=content, status=status, details=details))


def put_blob(call: Call) -> Reply:
    """The emulator's own: the body is what the address `url` holds from now on."""
    url = call.query.get("url", "")
    if not url:
        raise AzureError(400, "BadQuery", "url says which address holds the body")
    call.world.store.write("INSERT OR REPLACE INTO blobs VALUES (?, ?)", url, call.body)
    return Reply(body={"url": url, "bytes": len(call.body)})
