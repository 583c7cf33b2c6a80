"""Nothing of the subscription that was asked survives in a recording."""

from __future__ import annotations

import json
import uuid

from hypothesis import given
from hypothesis import strategies as some

from ftdeploy.rehearsal.probe.redaction import Redaction
from ftdeploy.rehearsal.probe.wire import Exchange

NAME = "ftprobe0123456789"
IDS = some.uuids().map(str)
KEYS = some.text(alphabet="0123456789abcdefABCDEF", min_size=32, max_size=84)
HOSTS = some.from_regex(r"[a-z]{3,12}\.openai\.azure\.com", fullmatch=True)


def render(**parts: object) -> str:
    usual = {"method": "GET", "path": "/", "sent": None, "status": 200, "headers": {}, "body": None}
    return json.dumps(Redaction([NAME]).render(Exchange(**{**usual, **parts})))


@given(identity=IDS, key=KEYS, host=HOSTS)
def test_no_id_key_host_or_name_survives(identity: str, key: str, host: str) -> None:
    body = {
        "id": f"/subscriptions/{identity}/resourceGroups/rg-{NAME}/x",
        "properties": {"endpoint": f"https://{host}/", "note": f"{key} of {NAME.upper()}"},
        "key1": key,
        "systemData": {"createdBy": "jane@contoso.example"},
    }

    text = render(
        path=f"/subscriptions/{identity}/{NAME}?x=1",
        sent=body,
        body=[body],
        headers={"location": f"https://{host}/{identity}"},
    )

    for each in (identity, key, host, NAME, NAME.upper(), "jane@contoso.example"):
        assert each not in text


def test_tokens_addresses_and_other_headers_do_not_survive() -> None:
    token = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln"
    headers = {"x-ms-request-id": str(uuid.uuid4()), "retry-after": "7"}

    text = render(body={"said": f"{token} from 20.1.2.3"}, headers=headers)

    assert token not in text
    assert "20.1.2.3" not in text
    assert "x-ms-request-id" not in text
    assert '"retry-after": "7"' in text


def test_same_things_have_the_same_stand_in() -> None:
    one, other = str(uuid.uuid4()), str(uuid.uuid4())

    text = render(body=[one, other, one.upper()])

    assert '["<id-1>", "<id-2>", "<id-1>"]' in text


def test_nothing_of_people_survives() -> None:
    user = {"displayName": "Jane Roe", "userPrincipalName": "jane@contoso.example", "mail": None, "jobTitle": "Pilot"}
    event = {"caller": "jane@contoso.example", "claims": {"name": "Jane Roe", "ipaddr": "2001:db8::1"}}
    asked = {"httpRequest": {"clientIpAddress": "2001:db8::1"}, "mobilePhone": "+1 555 0100"}

    text = render(body={"value": [user, event, asked]})

    for each in ("Jane", "jane", "Pilot", "2001:db8", "555"):
        assert each not in text


def test_long_texts_are_cut() -> None:
    text = render(sent={"messages": [{"content": f"{NAME} {'word ' * 100_000}"}]})

    assert len(text) < 1000
    assert "characters)" in text
    assert NAME not in text


def test_azures_own_address_stays() -> None:
    assert "https://management.azure.com/x" in render(body="https://management.azure.com/x")
