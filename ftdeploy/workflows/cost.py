"""What stacks cost by list prices: each deployment, account and stack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ftdeploy.catalog.load import LOCK, load_facts
from ftdeploy.domain.cost import Costs, Priced, price_deployment
from ftdeploy.errors import InputError
from ftdeploy.files.load import list_stack_names, read_stacks


def price_stacks(root: Path, names: Sequence[str], *, today: date) -> Costs:
    """What these stacks cost in a month; all of them when there are no names.

    Raises:
        InputError: a file is not right; all problems at once.
    """
    facts = load_facts(today, lock=root / LOCK)
    loaded, problems = read_stacks(root, tuple(dict.fromkeys(names)) or list_stack_names(root), facts)
    if problems:
        raise InputError(problems)
    return Costs(
        deployments=tuple(
            Priced(
                stack=each.stack.name,
                account=account.id.name,
                deployment=deployment.key,
                sku=deployment.sku.value,
                capacity=deployment.capacity,
                cost=price_deployment(
                    base=deployment.model.base.name,
                    sku=deployment.sku,
                    capacity=deployment.capacity,
                    load=deployment.load,
                    facts=facts,
                ),
            )
            for each in loaded
            for account in each.stack.accounts
            for deployment in account.deployments
        )
    )
