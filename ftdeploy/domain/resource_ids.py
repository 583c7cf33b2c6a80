"""Azure Resource Manager ids of the things we name: accounts, and what lies below them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ACCOUNT = re.compile(
    r"/subscriptions/(?P<subscription>[^/]+)/resourceGroups/(?P<group>[^/]+)"
    r"/providers/Microsoft\.CognitiveServices/accounts/(?P<name>[^/]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountId:
    """An Azure OpenAI account's id.

    `/subscriptions/<guid>/resourceGroups/<group>/providers/Microsoft.CognitiveServices/accounts/<name>`
    """

    subscription: str
    resource_group: str
    name: str

    def __str__(self) -> str:
        return (
            f"/subscriptions/{self.subscription}/resourceGroups/{self.resource_group}"
            f"/providers/Microsoft.CognitiveServices/accounts/{self.name}"
        )

    def is_same(self, other: AccountId) -> bool:
        """Whether both name one account; Azure compares ids without regard to case."""
        return str(self).lower() == str(other).lower()


def find_account_id(text: str) -> AccountId | None:
    """The account that `text` names, in any letter case; None when it is not an account's id."""
    match = _ACCOUNT.fullmatch(text)
    if match is None:
        return None
    return AccountId(subscription=match["subscription"], resource_group=match["group"], name=match["name"])


def get_account_id(text: str) -> AccountId:
    """The account that `text` names.

    Raises:
        ValueError: it is not an account's id.
    """
    found = find_account_id(text)
    if found is None:
        raise ValueError(f"{text} is not an account's id")
    return found
