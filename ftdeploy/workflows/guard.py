"""Guard what an update would take away, before it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ftdeploy.catalog.load import LOCK, load_facts
from ftdeploy.domain.guard import LostDeployment, Surroundings, check_losses
from ftdeploy.domain.resource_ids import AccountId
from ftdeploy.errors import Place, Problem
from ftdeploy.files.load import LoadedStack, list_stack_names, load_fleet, read_stacks
from ftdeploy.files.models import load_models
from ftdeploy.state.preview import Preview, parse_preview


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """What a guard found."""

    stack: str
    loss_count: int
    """Deployments, accounts and resource groups that the update would delete or make anew."""
    problems: tuple[Problem, ...]

    @property
    def has_passed(self) -> bool:
        """Whether the update may go on."""
        return not any(each.level == "mandatory" for each in self.problems)


def guard_preview(root: Path, text: str, *, name: str, today: date) -> Guarded:
    """Whether what a preview would take away may go.

    Args:
        root: the repository.
        text: what `pulumi preview --json` printed.
        name: where it is from, for refusals.
        today: on which allowances end.

    Raises:
        InputError: the preview, or a file of the repository, cannot be read.
    """
    preview = parse_preview(text, name)
    problems = [_say_failed(preview.errors, name)] if preview.errors else []
    problems += check_losses(preview.losses, _look_around(root, preview, today))
    return Guarded(stack=preview.stack, loss_count=len(preview.losses), problems=tuple(problems))


def _look_around(root: Path, preview: Preview, today: date) -> Surroundings:
    """A stack that is being taken down whole may have no file any more; then nothing allows its removal."""
    facts = load_facts(today, lock=root / LOCK)
    loaded, _ = read_stacks(root, list_stack_names(root), facts)
    mine = next((each for each in loaded if each.stack.name == preview.stack), None)
    holders = [origin.account for model in load_models(root, facts) for origin in model.origins]
    holders += [each for stack in loaded for each in _list_holders(stack)]
    holders += [
        AccountId(subscription="", resource_group="", name=each.account)
        for each in preview.losses
        if isinstance(each, LostDeployment)
    ]
    return Surroundings(
        stage=mine.stack.stage if mine else "",
        guarded_stages=load_fleet(root).guarded_stages,
        holders=tuple(holders),
        removals=mine.stack.removals if mine else (),
        where=Place(name=f"stacks/{preview.stack}.yaml"),
        today=today,
    )


def _list_holders(loaded: LoadedStack) -> list[AccountId]:
    """Accounts that models come from, and those that deployments are in."""
    accounts = loaded.stack.accounts
    sources = [deployment.model.account for account in accounts for deployment in account.deployments]
    return [*sources, *(each.id for each in accounts if each.deployments)]


def _say_failed(errors: tuple[str, ...], name: str) -> Problem:
    first = errors[0].removeprefix("error: ").partition("\n")[0]
    return Problem(
        problem=f"the preview failed, so it does not show everything: {first}",
        where=Place(name=name),
        fix="mend that, and preview again",
        rule="preview-whole",
    )
