"""Accounts are encrypted with a key of one's own where that is demanded."""

from __future__ import annotations

from collections.abc import Iterator

from ftdeploy.domain.rule import Rule, Sample
from ftdeploy.domain.terms import Terms
from ftdeploy.domain.wishes import AccountWish
from ftdeploy.errors import Problem


def _check(wish: AccountWish, terms: Terms) -> Iterator[Problem]:
    if terms.limits.require_customer_managed_key and wish.is_new and wish.has_customer_managed_key is False:
        yield Problem(
            problem="the account is encrypted with Microsoft's key, and a key of your own is demanded here",
            where=wish.place("customerManagedKey"),
            fix="write `customerManagedKey:` with vault, key and identity",
        )


RULE = Rule(
    id="customer-managed-key",
    title="A key of one's own where that is demanded",
    why="Who holds the key can take the weights and training data out of reach in a moment",
    source="https://learn.microsoft.com/azure/ai-services/openai/encrypt-data-at-rest",
    judges=AccountWish,
    check=_check,
    limits=("require_customer_managed_key",),
    good=Sample(
        account=(
            "{customerManagedKey: {vault: https://contoso.vault.azure.net/, key: openai, version: abc, identity: "
            "/subscriptions/10000000-0000-4000-8000-0000000000d1/resourceGroups/rg-x"
            "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/openai, "
            "identityClientId: 10000000-0000-4000-8000-00000000c0de}}"
        ),
        fleet="rules: [{match: {}, limits: {requireCustomerManagedKey: true}}]",
    ),
    bad=Sample(fleet="rules: [{match: {}, limits: {requireCustomerManagedKey: true}}]"),
)
