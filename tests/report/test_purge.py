from __future__ import annotations

from datetime import UTC, datetime

from ftdeploy.domain.observations import DeletedAccount
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.report.purge import render_deleted, to_json

ID = AccountId(subscription="s", resource_group="g", name="contoso")
DELETED = DeletedAccount(
    id=ID,
    region="swedencentral",
    deleted_at=datetime(2026, 11, 26, 10, tzinfo=UTC),
    purge_at=datetime(2026, 11, 28, 10, tzinfo=UTC),
)


def test_listed_accounts_say_until_when_and_how_to_purge():
    assert render_deleted("dev", [DELETED], is_purged=False) == (
        f"{ID}: deleted 2026-11-26T10:00+00:00, kept until 2026-11-28T10:00+00:00\n"
        "nothing was purged; it cannot be undone: run `ftdeploy purge dev --yes` to do it"
    )


def test_purged_accounts_are_named():
    assert render_deleted("dev", [DELETED], is_purged=True) == f"{ID}: purged"


def test_nothing_deleted_is_said():
    assert render_deleted("dev", [], is_purged=True) == "nothing to purge: Azure keeps no deleted account of stack dev"


def test_json_has_every_time():
    assert to_json("dev", [DELETED], is_purged=True) == {
        "stack": "dev",
        "purged": True,
        "accounts": [
            {
                "account": str(ID),
                "region": "swedencentral",
                "deletedAt": "2026-11-26T10:00+00:00",
                "purgeAt": "2026-11-28T10:00+00:00",
            }
        ],
    }
