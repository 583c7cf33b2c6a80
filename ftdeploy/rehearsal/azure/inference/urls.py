"""Which address goes to which handler, for the model endpoints."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.authoring.routes import serve_both
from ftdeploy.rehearsal.azure.call import Handler
from ftdeploy.rehearsal.azure.inference import chat, completions, responses

_DATED, _V1 = "/accounts/{account}/openai/deployments/{deployment}", "/accounts/{account}/openai/v1"
_RESPONSE = "/responses/{response}"

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("POST", f"{_DATED}/chat/completions", chat.post_chat),
    ("POST", f"{_V1}/chat/completions", chat.post_chat_v1),
    ("POST", f"{_DATED}/completions", completions.post_completion),
    ("POST", f"{_V1}/completions", completions.post_completion_v1),
    ("POST", f"{_DATED}/embeddings", completions.post_embeddings),
    ("POST", f"{_V1}/embeddings", completions.post_embeddings),
    *serve_both("POST", "/responses", responses.create_response),
    *serve_both("GET", _RESPONSE, responses.get_response),
    *serve_both("DELETE", _RESPONSE, responses.delete_response),
    *serve_both("POST", f"{_RESPONSE}/cancel", responses.cancel_response),
    *serve_both("GET", f"{_RESPONSE}/input_items", responses.list_input_items),
)
