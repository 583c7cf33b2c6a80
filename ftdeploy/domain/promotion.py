"""Which scalars of which files bring a model to a stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ftdeploy.domain.models import Model
from ftdeploy.domain.stacks import Deployment, Stack
from ftdeploy.errors import Place, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One scalar of one file, and what it becomes."""

    file: str
    """From the repository's root, such as `stacks/prod-eu-swc.yaml`."""
    path: tuple[str | int, ...]
    """Keys down to the scalar; names may hold dots."""
    old: str
    new: str

    @property
    def key(self) -> str:
        """The path as people read it, such as `accounts.support.deployments.support-bot.model`."""
        return ".".join(str(step) for step in self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """What to change; nothing when there are problems, or when all is done already."""

    edits: tuple[Edit, ...] = ()
    """Sorted by file, then in file order."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetView:
    """Everything that a promotion looks at."""

    stages: Mapping[str, tuple[str, ...]]
    """Stage to the stages that come before it."""
    stacks: Sequence[Stack]
    models: Sequence[Model]


def plan_promotion(reference: str, *, stage: str, fleet: FleetView) -> Promotion:
    """The edits that bring a model to all deployments of that model's name in a stage.

    Promoting twice is promoting once: what is there already is not edited, and when all is there, there is nothing to
    edit and no problem either.

    Args:
        reference: the model, such as `support-bot@7c1f9a2b41d0`.
        stage: where it is to run.
        fleet: stages, stacks and models as they are now.
    """
    where = Place(name="fleet.yaml", key=f"stages.{stage}")
    if stage not in fleet.stages:
        problem, known = f"there is no stage `{stage}`", tuple(fleet.stages)
        return _refuse(problem, Place(name="promote", key="--to"), fix="name a stage of `fleet.yaml`", allowed=known)
    model = next((each for each in fleet.models if each.reference == reference), None)
    if model is None:
        return _refuse_unknown_model(reference, fleet)
    problems = (*_check_preceding(model, stage, fleet), *_check_origins(model, stage, fleet))
    if problems:
        return Promotion(problems=problems)
    targets = list(_list_targets(model, stage, fleet))
    if not targets:
        fix = f"add a deployment with `model: {reference}` to a stack of stage {stage}"
        return _refuse(f"no deployment of `{model.name}` is in stage {stage}", where, fix=fix)
    edits = tuple(_edit(stack, path, deployment, reference) for stack, path, deployment in targets)
    changes = tuple(each for each in edits if each.old != each.new)
    return Promotion(edits=changes)


def _refuse(problem: str, where: Place, *, fix: str, allowed: tuple[str, ...] = ()) -> Promotion:
    return Promotion(problems=(Problem(problem=problem, where=where, fix=fix, allowed=allowed),))


def _refuse_unknown_model(reference: str, fleet: FleetView) -> Promotion:
    name = reference.partition("@")[0]
    known = tuple(each.reference for each in fleet.models if each.name == name)
    known = known or tuple(each.reference for each in fleet.models)
    fix = f"name one of them, or add `models/{reference.replace('@', '/')}`"
    return _refuse(f"there is no model `{reference}`", Place(name="models"), fix=fix, allowed=known)


def _check_preceding(model: Model, stage: str, fleet: FleetView) -> Iterator[Problem]:
    """Every stage that comes directly before has to run the model somewhere."""
    for before in fleet.stages[stage]:
        deployments = (each for stack in fleet.stacks if stack.stage == before for _, each in _list_deployments(stack))
        if not any(each.model_id == model.reference for each in deployments):
            yield Problem(
                problem=f"`{model.reference}` is not deployed in stage {before}, which comes before {stage}",
                where=Place(name="fleet.yaml", key=f"stages.{stage}.after"),
                fix=f"run `ftdeploy promote {model.reference} --to {before}` first, and bring that stage up",
            )


def _check_origins(model: Model, stage: str, fleet: FleetView) -> Iterator[Problem]:
    """Every stack that would get the model needs an origin for its geography."""
    stacks = dict.fromkeys(stack.name for stack, _, _ in _list_targets(model, stage, fleet))
    for stack in (each for each in _sort(fleet.stacks) if each.name in stacks):
        if model.find_origin(stack.geography) is None:
            folder = f"models/{model.name}/{model.id}/origins"
            yield Problem(
                problem=f"`{model.reference}` has no origin for geography {stack.geography}",
                where=Place(name=_name_file(stack), key="geography"),
                fix=f"say where its weights are in `{folder}/{stack.geography}.<digest>.yaml`",
                allowed=tuple(each.geography for each in model.origins),
            )


def _list_targets(model: Model, stage: str, fleet: FleetView) -> Iterator[tuple[Stack, tuple[str, ...], Deployment]]:
    """Deployments of the model's name in a stage, whatever its id, with the path of each."""
    for stack in _sort(fleet.stacks):
        for path, deployment in _list_deployments(stack):
            if stack.stage == stage and deployment.model_id.partition("@")[0] == model.name:
                yield stack, path, deployment


def _list_deployments(stack: Stack) -> Iterator[tuple[tuple[str, ...], Deployment]]:
    for account in stack.accounts:
        for deployment in account.deployments:
            yield ("accounts", account.key, "deployments", deployment.key), deployment


def _sort(stacks: Sequence[Stack]) -> list[Stack]:
    return sorted(stacks, key=lambda each: each.name)


def _edit(stack: Stack, path: tuple[str, ...], deployment: Deployment, reference: str) -> Edit:
    return Edit(file=_name_file(stack), path=(*path, "model"), old=deployment.model_id, new=reference)


def _name_file(stack: Stack) -> str:
    return f"stacks/{stack.name}.yaml"
