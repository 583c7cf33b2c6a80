"""Why a job fails before its training, and whether its model may be deployed after it."""

from __future__ import annotations

from dataclasses import dataclass

from ftdeploy.rehearsal.azure.files.jsonl import BadTrainingData, Example, get_kind, read_examples
from ftdeploy.rehearsal.azure.files.models import File
from ftdeploy.rehearsal.azure.finetuning.models import Job
from ftdeploy.rehearsal.azure.world import World

_LEAST_EXAMPLES = 10  # azure-ai-docs articles/ai-services/openai/how-to/fine-tuning.md (2024)
HARMFUL_MODEL = (
    "This model is unable to be deployed. Model evaluation identified that this fine tuned model scores above "
    "acceptable thresholds for [Violence, Self Harm]. Please review your training data set and resubmit the job."
)
_HARMFUL_DATA = (
    "The provided training data failed RAI checks for harm types: [hate_fairness, self_harm, violence]. "
    "Please fix the data and try again."
)
_LEGACY = ("babbage-002", "davinci-002")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a job fails, as its `error` says."""

    code: str
    message: str
    field: str | None = "training_file"

    @staticmethod
    def of_service() -> Problem:
        """The service failed; the words are those of the error code's description."""
        return Problem(code="internalFailure", message="Internal error. Please retry.", field=None)

    @staticmethod
    def of_missing_file() -> Problem:
        """A file was deleted before the job came to it."""
        return Problem(code="notFound", message="The training file does not exist any more.")


def find_problem(world: World, job: Job, training: File | None, validation: File | None) -> Problem | None:
    """What is wrong with the files of a job; None when it can be trained."""
    if training is None:
        return Problem.of_missing_file()
    for file, field in ((training, "training_file"), (validation, "validation_file")):
        problem = _check_file(world, job, file, field) if file is not None else None
        if problem is not None:
            return problem
    return _check_amount(world, training) or _check_harm(world, training)


def count_examples(file: File) -> int:
    """How many examples a file has; at least one."""
    try:
        return max(1, len(read_examples(file.content)))
    except BadTrainingData:
        return 1


def makes_training_fail(world: World, training: File) -> bool:
    """Whether the service will fail while it trains."""
    return _has_any(training, world.settings.get_words("wordsOfFailingTraining"))


def makes_harmful_model(world: World, training: File) -> bool:
    """Whether the model will not pass its evaluation."""
    return _has_any(training, world.settings.get_words("wordsOfHarmfulModels"))


def _check_file(world: World, job: Job, file: File, field: str) -> Problem | None:
    if file.status == "error":
        return Problem(code="jsonlValidationFailed", message=file.details, field=field)
    if not world.switches.leans_on("data-fits-the-method"):
        return None
    method = str(job.internal["method"])
    wanted = "completion" if job.internal["baseName"] in _LEGACY else "preference" if method == "dpo" else "chat"
    try:
        examples = read_examples(file.content)
    except BadTrainingData as error:
        return Problem(code="jsonlValidationFailed", message=str(error), field=field)
    if all(get_kind(each) == wanted and _fits(each, method) for each in examples):
        return None
    message = f"The {field} does not have the format of the method {method}."
    return Problem(code="jsonlValidationFailed", message=message, field=field)


def _fits(example: Example, method: str) -> bool:
    """Supervised training learns from what the assistant says, reinforcement from what the user asks last."""
    if "messages" not in example:
        return True
    last = str(example["messages"][-1]["role"])
    return last == ("user" if method == "reinforcement" else "assistant")


def _check_amount(world: World, training: File) -> Problem | None:
    count = count_examples(training)
    if count >= _LEAST_EXAMPLES or not world.switches.leans_on("ten-examples-at-least"):
        return None
    message = f"The training file has {count} example(s), but at least {_LEAST_EXAMPLES} are required."
    return Problem(code="jsonlValidationFailed", message=message)


def _check_harm(world: World, training: File) -> Problem | None:
    words = world.settings.get_words("wordsOfHarmfulData")
    if not _has_any(training, words) or not world.switches.leans_on("training-data-is-evaluated"):
        return None
    return Problem(code="contentFilter", message=_HARMFUL_DATA)


def _has_any(file: File, words: tuple[str, ...]) -> bool:
    return any(word.encode() in file.content for word in words)
