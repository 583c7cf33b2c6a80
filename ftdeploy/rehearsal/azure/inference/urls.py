"""Which address goes to which handler, for the model endpoints."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.call import Handler
from ftdeploy.rehearsal.azure.inference import chat

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "/accounts/{account}/openai/deployments/{deployment}/chat/completions", chat.post_chat),
    ("POST", "/accounts/{account}/openai/v1/chat/completions", chat.post_chat_v1),
)
