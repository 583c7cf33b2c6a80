"""Resource Manager's paths: which resource, collection or action a path names, in any letter case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Words whose spelling Azure knows; ids are answered with these, whatever the letter case of the request.
_SPELLINGS = {
    word.lower(): word
    for word in (
        "subscriptions",
        "resourceGroups",
        "providers",
        "accounts",
        "deployments",
        "roleAssignments",
        "roleDefinitions",
        "Microsoft.Authorization",
        "Microsoft.CognitiveServices",
        "Microsoft.Insights",
        "Microsoft.Resources",
    )
}
_SUBSCRIPTION = re.compile(r"/subscriptions/([^/]+)", re.IGNORECASE)
_GROUP = re.compile(r"/subscriptions/[^/]+/resourceGroups/([^/]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmPath:
    """What a path names.

    `/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a/deployments/d` has the type
    `Microsoft.CognitiveServices/accounts/deployments`, the name `d`, and the account's id as parent. A collection or an
    action (`…/accounts/a/listKeys`) has no name, and is a type of its own.
    """

    id: str
    """Without a slash at the end; known words in Azure's spelling."""
    type: str
    name: str
    """Empty for a collection or an action."""
    parent: str
    """The id of the scope or resource around it; empty at the tenant's root."""

    @property
    def key(self) -> str:
        """The id as compared: Azure ignores letter case."""
        return self.id.lower()

    @property
    def type_key(self) -> str:
        """The type as compared."""
        return self.type.lower()

    @property
    def subscription(self) -> str:
        """The subscription's id in lower case; empty when the path is outside of any."""
        found = _SUBSCRIPTION.match(self.id)
        return found[1].lower() if found else ""

    @property
    def group(self) -> str:
        """The resource group's name as sent; empty when the path is outside of any."""
        found = _GROUP.match(self.id)
        return found[1] if found else ""

    @property
    def is_extension(self) -> bool:
        """Whether it hangs on a resource of another provider, as role assignments and metrics may."""
        return self.id.lower().count("/providers/") > 1

    @property
    def short_type(self) -> str:
        """The type without its namespace: `accounts/deployments`."""
        return self.type.partition("/")[2]

    @property
    def qualified_name(self) -> str:
        """`Microsoft.CognitiveServices/accounts/a/deployments/d`, as Azure's messages name a resource."""
        position = self.key.rfind("/providers/")
        return self.id[position + len("/providers/") :] if position >= 0 else self.id


@lru_cache(maxsize=4096)
def parse_arm_path(path: str) -> ArmPath:
    """What `path` names; never fails, because unknown words are types of their own."""
    parts = [part for part in path.split("/") if part]
    lowered = [part.lower() for part in parts]
    if "providers" not in lowered:
        return _build([], "Microsoft.Resources", parts)
    start = len(lowered) - 1 - lowered[::-1].index("providers")
    scope = _spell_pairs(parts[:start])
    namespace = _spell(parts[start + 1]) if start + 1 < len(parts) else ""
    return _build([*scope, "providers", namespace], namespace, parts[start + 2 :])


def _build(head: list[str], namespace: str, rest: list[str]) -> ArmPath:
    pairs = _spell_pairs(rest)
    is_item = bool(pairs) and len(pairs) % 2 == 0
    around = pairs[:-2] if is_item else pairs[:-1]
    head_of_parent = head[:-2] if not around and "providers" in head else head
    return ArmPath(
        id=_join([*head, *pairs]),
        type="/".join([namespace, *pairs[::2]]),
        name=pairs[-1] if is_item else "",
        parent=_join([*head_of_parent, *around]),
    )


def _join(parts: list[str]) -> str:
    return "".join(f"/{part}" for part in parts)


def _spell(word: str) -> str:
    return _SPELLINGS.get(word.lower(), word)


def _spell_pairs(parts: list[str]) -> list[str]:
    """Type words stand at even places when counted from the last `providers/namespace`; names are left as they are."""
    spelled: list[str] = []
    is_word = True
    after_providers = False
    for part in parts:
        spelled.append(_spell(part) if is_word or after_providers else part)
        if is_word and part.lower() == "providers":
            after_providers = True
        elif after_providers:
            after_providers = False
            is_word = True
            continue
        is_word = not is_word
    return spelled
