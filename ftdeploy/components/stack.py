"""Everything that a stack wants, as components."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pulumi

from ftdeploy.components.access import RoleAssignment, RoleAssignmentArgs
from ftdeploy.components.account import Account, describe_account
from ftdeploy.components.deployment import Deployment, Home, describe_deployment
from ftdeploy.components.grants import Grants
from ftdeploy.components.order import plan_writes
from ftdeploy.components.providers import make_provider
from ftdeploy.components.retry import make_retry_hook
from ftdeploy.domain import stacks
from ftdeploy.domain.tags import list_deployment_tags, list_stack_tags


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltAccount:
    """An account, with what was built in it."""

    key: str
    account: Account
    deployments: Mapping[str, Deployment]
    """By key, in file order."""


def build_stack(stack: stacks.Stack, *, now: datetime | None = None) -> list[BuiltAccount]:
    """Declares the stack's accounts, with their deployments and access, to Pulumi; in file order.

    Args:
        stack: what is wanted.
        now: the present, where Azure's is not this machine's.
    """
    builder = _Builder(stack, Grants(now))
    return [builder.build(account) for account in stack.accounts]


class _Builder:
    """Holds what there is one of in a program: provider, error hook, grants."""

    def __init__(self, stack: stacks.Stack, grants: Grants) -> None:
        self._stack = stack
        self._grants = grants
        self._hooks = make_retry_hook(grants)
        self._provider = make_provider(stack)
        self._identity = f"{stack.tenant}/{stack.subscription}"

    def build(self, wanted: stacks.Account) -> BuiltAccount:
        args = describe_account(wanted, list_stack_tags(self._stack))
        opts = self._merge(pulumi.ResourceOptions(provider=self._provider, protect=wanted.protect))
        account = Account(wanted.key, args, opts)
        for access in wanted.access:
            self._grant(wanted, access, account)
        return BuiltAccount(key=wanted.key, account=account, deployments=self._deploy(wanted, account))

    def _grant(self, wanted: stacks.Account, access: stacks.Access, account: Account) -> None:
        """Access is never protected: taking it away must not need two changes."""
        args = RoleAssignmentArgs(
            scope=account.account_id,
            principal_id=access.principal,
            principal_type=access.principal_type,
            role_id=access.role_id,
        )
        opts = self._merge(pulumi.ResourceOptions(parent=account, protect=False))
        made = RoleAssignment(f"{wanted.key}.{access.role_id}.{access.principal}", args, opts).resources.assignment
        self._grants.watch(made.created_on, principal=access.principal, scope=str(wanted.id))

    def _deploy(self, wanted: stacks.Account, account: Account) -> dict[str, Deployment]:
        home = Home(
            id=wanted.id,
            tenant=self._stack.tenant,
            account_name=account.account_name,
            resource_group_name=account.resource_group_name,
        )
        made: dict[str, Deployment] = {}
        for write in plan_writes(wanted.deployments):
            earlier = [made[key].resources.deployment for key in write.after]
            own = pulumi.ResourceOptions(parent=account, protect=write.deployment.protect, depends_on=earlier)
            name = f"{wanted.key}.{write.deployment.key}"
            made[write.deployment.key] = Deployment(
                name,
                describe_deployment(write.deployment, home, list_deployment_tags(write.deployment, self._stack)),
                self._merge(own),
            )
        return {each.key: made[each.key] for each in wanted.deployments}

    def _merge(self, opts: pulumi.ResourceOptions) -> pulumi.ResourceOptions:
        """Options with what every write gets: the hook, and a replacement where tenant or subscription change.

        With a provider of another subscription Pulumi by itself shows no change, updates under the new id and deletes
        under the old one. Names of accounts are unique, so the old goes before the new comes.
        """
        every = pulumi.ResourceOptions(
            hooks=self._hooks, replacement_trigger=self._identity, delete_before_replace=True
        )
        return pulumi.ResourceOptions.merge(every, opts)
