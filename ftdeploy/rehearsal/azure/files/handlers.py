"""Files: sent, listed, read and deleted.

Not emulated: files for assistants beyond keeping them, and expiry.
"""

from __future__ import annotations

from ftdeploy.rehearsal.azure.authoring import errors
from ftdeploy.rehearsal.azure.authoring.cursor import cut_page, sort_by_order
from ftdeploy.rehearsal.azure.authoring.routes import build_location
from ftdeploy.rehearsal.azure.bucket import take_call
from ftdeploy.rehearsal.azure.call import Call, Reply
from ftdeploy.rehearsal.azure.files import models
from ftdeploy.rehearsal.azure.files.models import File
from ftdeploy.rehearsal.azure.files.multipart import read_form
from ftdeploy.rehearsal.azure.inference.access import Need, get_account
from ftdeploy.rehearsal.azure.inference.errors import rate_limited
from ftdeploy.rehearsal.azure.resources import Resource

ACTIONS = "Microsoft.CognitiveServices/accounts/OpenAI/files"
_PAGE = 10_000


def post_file(call: Call) -> Reply:
    """A form with `purpose` and `file`."""
    account = get_account(call, Need(action=f"{ACTIONS}/write", operation="POST /openai/files"))
    _check_pace(call, account)
    form = read_form(call)
    if "file" not in form or not form["file"].file_name:
        raise errors.invalid_payload("The request has no file.")
    file, purpose = form["file"], form["purpose"].text if "purpose" in form else ""
    models.check_wanted(call, purpose, file.file_name)
    if not file.content_type and call.leans_on("file-parts-say-their-type"):
        raise errors.invalid_payload("The file has no or an empty content type specified.")
    models.check_size(call, len(file.content))
    models.check_room(call, account, len(file.content))
    made = models.add_file(call.world, account.key, purpose=purpose, name=file.file_name, content=bytes(file.content))
    return Reply(status=201, body=made.render(), headers={"Location": build_location(call, made.id)})


def _check_pace(call: Call, account: Resource) -> None:
    """Whether the account takes one more file now.

    Raises:
        AzureError: 429; too many were sent within a second.
    """
    if call.leans_on("file-uploads-have-a-pace"):
        most = call.world.settings.get_count("fileUploadsPerSecond")
        taken = take_call(call.world, f"files|{account.key}", size=most, per_second=most)
        if taken.wait_seconds:
            raise rate_limited(call, account, "files", kind="call", seconds=taken.wait_seconds)


def list_files(call: Call) -> Reply:
    """Every file, newest first; `purpose` asks for some."""
    account = get_account(call, Need(action=f"{ACTIONS}/read", operation="GET /openai/files"))
    purpose = call.query.get("purpose", "")
    found = [each.render() for each in models.list_files(call.world, account.key) if purpose in ("", each.purpose)]
    return Reply(body=cut_page(call, sort_by_order(call, found, usual="desc"), size=_PAGE))


def get_file(call: Call) -> Reply:
    """One file's description."""
    return Reply(body=_get(call, "GET /openai/files/{file-id}").render())


def get_content(call: Call) -> Reply:
    """One file's bytes."""
    file = _get(call, "GET /openai/files/{file-id}/content")
    headers = {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": f'attachment; filename="{file.name}"',
    }
    return Reply(content=file.content, headers=headers)


def delete_file(call: Call) -> Reply:
    """Forget one file."""
    account = get_account(call, Need(action=f"{ACTIONS}/delete", operation="DELETE /openai/files/{file-id}"))
    name = call.parameters["file"]
    if not models.delete_file(call.world, account.key, name):
        raise errors.not_found("file", name)
    return Reply(body={"object": "file", "id": name, "deleted": True})


def _get(call: Call, operation: str) -> File:
    account = get_account(call, Need(action=f"{ACTIONS}/read", operation=operation))
    file = models.find_file(call.world, account.key, call.parameters["file"])
    if file is None:
        raise errors.not_found("file", call.parameters["file"])
    return file
