"""Probes of files and uploads; none of them costs anything."""

from __future__ import annotations

from ftdeploy.rehearsal.probe.examples import TYPE, check_file, forget, send_file
from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.plane import Plane, open_plane
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict, compare, refused
from ftdeploy.rehearsal.probe.wire import Exchange

_MOST_FILES = 100


def _judge(plane: Plane, sent: Exchange) -> Verdict:
    forget(plane, sent)
    return refused(sent)


def _ask_purpose(lab: Lab) -> Verdict:
    plane = open_plane(lab)
    return _judge(plane, send_file(plane, purpose="fun"))


def _ask_type(lab: Lab) -> Verdict:
    plane = open_plane(lab)
    return _judge(plane, send_file(plane, kind=""))


def _ask_suffix(lab: Lab) -> Verdict:
    plane = open_plane(lab)
    return _judge(plane, send_file(plane, name="train.pdf"))


def _ask_check(lab: Lab) -> Verdict:
    plane = open_plane(lab)
    sent = send_file(plane, b"nonsense")
    checked = check_file(plane, sent)
    forget(plane, sent)
    agrees = sent.body["status"] != "error" and checked["status"] == "error" and bool(checked["status_details"])
    seen = f"{sent.body['status']}, then {checked['status']}: {checked.get('status_details')}"
    return Verdict(agrees=agrees, seen=seen)


def _ask_amount(lab: Lab) -> Verdict:
    """One file more than an account holds, in an account of their own."""
    with lab.own_account("f") as account:
        plane = open_plane(lab, account)
        taken = 0
        while taken <= _MOST_FILES and send_file(plane, name=f"train-{taken}.jsonl").status < 400:  # noqa: PLR2004 HTTP
            taken += 1
    return compare(taken, _MOST_FILES)


def _ask_import(lab: Lab) -> Verdict:
    """From an address that does not exist."""
    plane = open_plane(lab)
    body = {"purpose": "fine-tune", "filename": "train.jsonl"}
    sent = plane.ask("POST", "/files/import", {**body, "content_url": f"https://{lab.mark}.blob.core.windows.net/a/b"})
    if sent.code:
        return Verdict(agrees=False, seen=f"{sent.status} {sent.code}")
    checked = check_file(plane, sent)
    forget(plane, sent)
    return Verdict(
        agrees=sent.body["status"] != "error" and checked["status"] == "error",
        seen=f"{sent.status} {sent.body['status']}, then {checked['status']}",
    )


def start_upload(plane: Plane, size: int) -> str:
    """Begin an upload of so many bytes; its id."""
    body = {"purpose": "fine-tune", "filename": "train.jsonl", "bytes": size, "mime_type": "application/json"}
    return str(plane.ask("POST", "/uploads", body).body["id"])


def add_part(plane: Plane, upload: str, content: bytes) -> Exchange:
    """Send a part of an upload."""
    return plane.ask("POST", f"/uploads/{upload}/parts", form={}, files={"data": ("part", content, TYPE)})


def _ask_whole(lab: Lab) -> Verdict:
    plane = open_plane(lab)
    upload = start_upload(plane, 5)
    part = add_part(plane, upload, b"1234").body["id"]
    answer = plane.ask("POST", f"/uploads/{upload}/complete", {"part_ids": [part]})
    plane.ask("POST", f"/uploads/{upload}/cancel")
    return refused(answer)


PROBES = (
    Probe(behaviour="file-parts-say-their-type", ask=_ask_type),
    Probe(behaviour="file-purposes-are-checked", ask=_ask_purpose),
    Probe(behaviour="files-are-checked-after-upload", ask=_ask_check),
    Probe(behaviour="files-have-limits", ask=_ask_amount),
    Probe(behaviour="imports-are-read-later", ask=_ask_import),
    Probe(behaviour="training-files-end-in-jsonl", ask=_ask_suffix),
    Probe(behaviour="uploads-are-whole", ask=_ask_whole),
)
