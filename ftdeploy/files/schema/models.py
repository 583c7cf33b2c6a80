"""Shape of `models/<name>/<id>/model.yaml` and of the origin files beside it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ftdeploy.files.schema.fields import AccountIdText, Digest, Guid, Schema, Sha256


class BaseEntry(Schema):
    """What was fine-tuned."""

    name: Annotated[str, Field(examples=["gpt-4o-mini"])]
    """Name of the base model."""
    version: Annotated[str, Field(examples=['"2024-07-18"'])]
    """Version of the base model: a date, in quotes."""


class ModelFile(Schema):
    """A model that is promoted. Never changed: its folder's name is the digest of this file's bytes."""

    base: BaseEntry
    """The base model that was fine-tuned."""
    training_data_sha256: Sha256
    """Digest of the training data."""


class OriginFile(Schema):
    """Where the model's weights are for one geography. Its name is `<geography>.<digest of its bytes>.yaml`."""

    account: AccountIdText
    """The account that holds the fine-tuned model."""
    name: Annotated[str, Field(examples=["gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678"])]
    """Name of the fine-tuned model or checkpoint in that account."""
    tenant: Guid | None = None
    """Tenant of that account, when it is not the tenant of the stack that deploys."""
    region: str | None = None
    """Region of that account; needed where a stage says how far data may go."""
    supersedes: Digest | None = None
    """Digest of the origin of the same geography that this one takes the place of."""
