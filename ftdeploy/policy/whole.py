"""All resources of a stack, as the policy SDK hands them over at the end, as the record that rules for sums judge.

What Azure answers does not repeat the account that a deployment is in; so it is found by what Pulumi knows: the input
that names it, the resource that this input came from, or the component around.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pulumi_policy import PolicyResource

from ftdeploy.domain.facts import Facts, Role
from ftdeploy.domain.resource_ids import AccountId, find_account_id
from ftdeploy.domain.wishes import AccessWish, AccountWish, DeploymentWish, Scope, StackWish
from ftdeploy.errors import Place
from ftdeploy.policy.properties import find_text
from ftdeploy.policy.wishes import find_account, find_deployment, find_scope, find_type, is_account, is_deployment

_ROLE_ASSIGNMENT = ("authorization", "RoleAssignment")
_DIAGNOSTICS = "DiagnosticSetting"


@dataclass(slots=True)
class _Parts:
    """What belongs to one account."""

    wish: AccountWish
    deployments: list[DeploymentWish] = field(default_factory=list)
    access: list[AccessWish] = field(default_factory=list)
    has_diagnostics: bool = False


def find_stack(resources: Iterable[PolicyResource], facts: Facts) -> StackWish:
    """Everything that a stack wants of Azure OpenAI."""
    reader = _Reader(facts)
    listed = list(resources)
    for each in listed:
        if is_account(each.resource_type):
            wish = find_account(each.urn, each.props)
            reader.by_urn[each.urn] = _Parts(wish=replace(wish, id=_find_id(each)))
    for each in listed:
        reader.read(each)
    accounts = tuple(
        replace(
            parts.wish,
            deployments=tuple(parts.deployments),
            access=tuple(parts.access),
            has_diagnostics=parts.has_diagnostics,
        )
        for parts in reader.by_urn.values()
    )
    scopes = [each.scope for account in accounts for each in account.deployments]
    scopes += [each.scope for each in accounts]
    scope = next(iter(scopes), Scope())
    return StackWish(place=lambda _: Place(name=""), scope=scope, subscription=None, accounts=accounts)


class _Reader:
    """Puts deployments, roles and diagnostics to their accounts."""

    def __init__(self, facts: Facts) -> None:
        self._roles: Mapping[str, tuple[str, Role]] = {each.guid: (name, each) for name, each in facts.roles.items()}
        self.by_urn: dict[str, _Parts] = {}

    def read(self, resource: PolicyResource) -> None:
        """Adds a resource to what its account has."""
        if is_deployment(resource.resource_type):
            self._read_deployment(resource)
        elif find_type(resource.resource_type) == _ROLE_ASSIGNMENT:
            self._read_access(resource)
        elif find_type(resource.resource_type)[1] == _DIAGNOSTICS:
            self._read_diagnostics(resource)

    def _read_deployment(self, resource: PolicyResource) -> None:
        parts = self._find_parts(resource, "accountName")
        wish = find_deployment(resource.urn, resource.props, account=parts.wish.name, region=parts.wish.region)
        if wish is not None:
            parts.deployments.append(wish)

    def _read_access(self, resource: PolicyResource) -> None:
        scope = find_account_id(find_text(resource.props, "scope") or "")
        made = _find_dependency(resource, "scope")
        if scope is None and made is None:
            return
        parts = self._find_parts(resource, "scope", name=scope.name if scope else "")
        guid = (find_text(resource.props, "roleDefinitionId") or "").rpartition("/")[2].lower()
        name, role = self._roles.get(guid, (guid, None))
        place = Place(name=resource.urn)
        parts.access.append(
            AccessWish(
                place=lambda _: place,
                principal=find_text(resource.props, "principalId"),
                role=name,
                rights=role.rights if role else frozenset(),
            )
        )

    def _read_diagnostics(self, resource: PolicyResource) -> None:
        made = _find_dependency(resource, "resourceUri")
        scope = find_account_id(find_text(resource.props, "resourceUri") or "")
        if made is not None or scope is not None:
            self._find_parts(resource, "resourceUri", name=scope.name if scope else "").has_diagnostics = True

    def _find_parts(self, resource: PolicyResource, key: str, *, name: str = "") -> _Parts:
        made = _find_dependency(resource, key)
        if made is not None and made.urn in self.by_urn:
            return self.by_urn[made.urn]
        name = name or find_text(resource.props, "accountName") or _find_name_above(resource)
        for parts in self.by_urn.values():
            if name and (parts.wish.name or "").lower() == name.lower():
                return parts
        return self.by_urn.setdefault(name or resource.urn, _Parts(wish=_make_existing(resource, name)))


def _find_dependency(resource: PolicyResource, key: str) -> PolicyResource | None:
    """The account that an input came from; None where it came from none."""
    found = resource.property_dependencies.get(key, [])
    return next((each for each in found if is_account(each.resource_type)), None)


def _find_name_above(resource: PolicyResource) -> str:
    """What the nearest component around calls its account; empty where none does."""
    above = resource.parent
    while above is not None:
        name = find_text(above.props, "accountName")
        if name:
            return name
        above = above.parent
    return ""


def _make_existing(resource: PolicyResource, name: str) -> AccountWish:
    """An account of which only its name is known, if that."""
    place = Place(name=resource.urn)
    return AccountWish(
        place=lambda _: place,
        scope=find_scope(resource.urn, {}),
        name=name or None,
        id=None,
        region=None,
        is_new=False,
        owner=None,
    )


def _find_id(resource: PolicyResource) -> AccountId | None:
    text = find_text(resource.props, "id")
    return find_account_id(text) if text else None
