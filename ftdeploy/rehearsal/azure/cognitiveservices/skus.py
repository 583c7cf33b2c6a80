"""The SKUs of accounts, thin: what the emulator takes.

Not emulated: kinds and SKUs that hold no fine-tuned models, capacities and restrictions of SKUs.
"""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Call, Reply
from ftdeploy.rehearsal.azure.cognitiveservices.accounts import get_account_of
from ftdeploy.rehearsal.azure.cognitiveservices.types import ACCOUNT_TYPE
from ftdeploy.rehearsal.azure.ids import ArmPath
from ftdeploy.rehearsal.azure.paging import page
from ftdeploy.rehearsal.azure.resourcemanager.directory import read_locations

_KINDS = ("OpenAI", "AIServices")
_SKU = {"name": "S0", "tier": "Standard"}


def list_skus(call: Call, path: ArmPath) -> Reply:
    """Which SKUs there are for which kind of account in which region."""
    call.needs("skus-are-listed-thin")
    value = [
        {"resourceType": "accounts", **_SKU, "kind": kind, "locations": [each["name"].upper()], "restrictions": []}
        for kind in _KINDS
        for each in read_locations()
    ]
    return Reply(body=page(call, value))


def list_account_skus(call: Call, path: ArmPath) -> Reply:
    """What the SKU of an account may be changed to."""
    call.needs("skus-are-listed-thin")
    get_account_of(call, path)
    return Reply(body=page(call, [{"resourceType": ACCOUNT_TYPE, "sku": dict(_SKU)}]))
