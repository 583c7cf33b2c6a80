"""What a deployment request wants, as a record; and the parts that accounts and deployments have alike."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from ftdeploy.rehearsal.azure.call import Call, Json
from ftdeploy.rehearsal.azure.clock import render_time
from ftdeploy.rehearsal.azure.cognitiveservices.witness import spell_sku
from ftdeploy.rehearsal.azure.errors import unreadable_body
from ftdeploy.rehearsal.azure.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a deployment request wants."""

    model_format: str
    model_name: str
    model_version: str
    source: str
    """`properties.model.source`: the id of the account that holds the model; empty for the account itself."""
    source_account: str
    """`properties.model.sourceAccount`: as `source`, as the documents name it across tenants."""
    sku: str
    capacity: int
    """PTU, or thousands of tokens a minute."""

    @property
    def source_id(self) -> str:
        """The account that holds the model, however it is named; empty for the account itself."""
        return self.source_account or self.source


def read_wish(body: Json) -> Wish:
    """What a body wants; without a `sku` at its root it wants the smallest Standard, as Azure understands it.

    Raises:
        AzureError: 400; a part is missing or of the wrong kind.
    """
    properties = read_object(body, "properties")
    model = read_object(properties, "model")
    sku = read_object(body, "sku")
    capacity = sku.get("capacity", 1)
    if isinstance(capacity, str) and capacity.isdecimal():
        capacity = int(capacity)  # azure-cli sends a text, and Azure takes it
    if not isinstance(capacity, int) or isinstance(capacity, bool):
        raise unreadable_body("sku.capacity is not a whole number")
    return Wish(
        model_format=str(model.get("format") or ""),
        model_name=str(model.get("name") or ""),
        model_version=str(model.get("version") or ""),
        source=str(model.get("source") or "").rstrip("/"),
        source_account=str(model.get("sourceAccount") or "").rstrip("/"),
        sku=spell_sku(str(sku.get("name") or "Standard")),
        capacity=capacity,
    )


def make_etag() -> str:
    """A new etag, quotes and all."""
    return f'"{uuid.uuid4()}"'


def stamp(call: Call, existing: Resource | None) -> Json:
    """`systemData`: who made it when, who changed it last."""
    who, now = call.get_caller().client_id, render_time(call.world.clock.now())
    changed = {"lastModifiedBy": who, "lastModifiedByType": "Application", "lastModifiedAt": now}
    made = {"createdBy": who, "createdByType": "Application", "createdAt": now}
    return {**made, **(existing.body.get("systemData", {}) if existing else {}), **changed}


def read_object(body: Json, name: str) -> dict[str, Any]:
    """A part of a body; empty when it was not sent.

    Raises:
        AzureError: 400; it is no object.
    """
    found = body.get(name) or {}
    if not isinstance(found, dict):
        raise unreadable_body(f"{name} is not an object")
    return found
