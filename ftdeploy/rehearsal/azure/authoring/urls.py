"""What no other address of an account's data plane answers."""

from __future__ import annotations

import re

from ftdeploy.rehearsal.azure.authoring.routes import Route
from ftdeploy.rehearsal.azure.call import Call, Reply
from ftdeploy.rehearsal.azure.errors import AzureError, not_emulated

_LEFT_OUT = re.compile(
    r"(v1/)?(deployments/[^/]+/)?"
    r"(assistants|audio|batches|completions|containers|conversations|embeddings|evals|images|realtime|responses"
    r"|threads|vector_stores|videos)(/.*)?"
)


def refuse(call: Call) -> Reply:
    """501 for what Azure has and the rehearsal has not; else 404, as Azure's gateway answers what it does not know."""
    rest = call.parameters["rest"]
    left_out = _LEFT_OUT.fullmatch(rest)
    if left_out:
        raise not_emulated(f"{call.method} of {left_out[3]} on the data plane")
    call.needs("unknown-calls-are-not-found")
    raise AzureError(404, "404", "Resource not found")


ROUTES: tuple[Route, ...] = tuple(
    (verb, "/accounts/{account}/openai/{rest:path}", refuse) for verb in ("GET", "PUT", "PATCH", "POST", "DELETE")
)
