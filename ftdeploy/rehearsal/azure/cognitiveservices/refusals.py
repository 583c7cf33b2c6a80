"""Why a deployment is refused, beside its size and quota; where the words are ours, it says so."""

from __future__ import annotations

from collections.abc import Iterable

from ftdeploy.rehearsal.azure.cognitiveservices.models import Wish
from ftdeploy.rehearsal.azure.errors import AzureError


def model_retired(wish: Wish) -> AzureError:
    """Its base is retired."""
    return AzureError(
        400,
        "DeploymentModelNotSupported",
        f"Creating account deployment is not supported by the model '{wish.model_name}'. This is usually because there "
        "are better models available for the similar functionality.",
    )


def model_unsafe() -> AzureError:
    """The safety evaluation after the training did not pass it; the code is assumed, the words are the job's."""
    return AzureError(
        400,
        "BadRequest",
        "This model is unable to be deployed. Model evaluation identified that this fine tuned model scores above "
        "acceptable thresholds for [Violence, Self Harm]. Please review your training data set and resubmit the job.",
    )


def too_many_deployments(limit: int) -> AzureError:
    """The account takes no more; code and words are assumed."""
    return AzureError(
        400,
        "DeploymentQuotaExceeded",
        f"The limit of {limit} deployments in the account has been reached. Delete a deployment before creating a new "
        "one.",
    )


def model_deployed_already(model: str) -> AzureError:
    """One deployment for each fine-tuned model, as it was until February 2025; code and words are assumed."""
    return AzureError(400, "BadRequest", f"Only one deployment is permitted for the customized model '{model}'.")


def policy_not_found(name: str) -> AzureError:
    """The account has no such content filter; the words are assumed."""
    return AzureError(400, "InvalidResourceProperties", f"The specified RAI policy '{name}' is not found.")


def unknown_word(name: str, found: str, known: Iterable[str]) -> AzureError:
    """A property is one of a few words, and this is none of them; the words of the refusal are ours."""
    return AzureError(
        400,
        "InvalidResourceProperties",
        f"The specified {name} '{found}' is not valid. Valid values are: {', '.join(known)}.",
    )


def bad_spillover(name: str) -> AzureError:
    """From a provisioned deployment to one of a token SKU in the same account; the words are ours."""
    return AzureError(
        400,
        "InvalidResourceProperties",
        f"The spillover deployment '{name}' must be a standard deployment in the same resource, and only provisioned "
        "deployments can spill over.",
    )


def deployment_failed(name: str) -> AzureError:
    """A failed deployment is deleted before it is made again."""
    return AzureError(
        400, "BadRequest", f"The deployment '{name}' is in 'Failed' state, please delete it before creating a new one."
    )


def no_capacity(sku: str, location: str) -> AzureError:
    """The region has no more of it, quota or not; code and words are assumed, no answer of Azure is known."""
    return AzureError(
        400,
        "InsufficientCapacity",
        f"The selected region '{location}' does not have sufficient capacity for the SKU '{sku}'.",
    )


def cannot_pause(sku: str) -> AzureError:
    """Only token SKUs can be paused; the words are ours."""
    return AzureError(400, "BadRequest", f"A deployment of the SKU '{sku}' cannot be paused.")


def bad_capacity_query(name: str) -> AzureError:
    """Three parameters say which model; the words are ours."""
    return AzureError(400, "InvalidRequest", f"The query parameter '{name}' is required and names part of a model.")
