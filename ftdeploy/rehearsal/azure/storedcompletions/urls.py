"""Which address goes to which handler, for stored completions."""

from __future__ import annotations

from ftdeploy.rehearsal.azure.authoring.routes import Route, serve_both
from ftdeploy.rehearsal.azure.storedcompletions import handlers

_ONE = "/chat/completions/{completion}"

ROUTES: tuple[Route, ...] = (
    *serve_both("GET", "/chat/completions", handlers.list_completions),
    *serve_both("GET", _ONE, handlers.get_completion),
    *serve_both("GET", f"{_ONE}/messages", handlers.list_messages),
    *serve_both("POST", _ONE, handlers.update_completion),
    *serve_both("DELETE", _ONE, handlers.delete_completion),
)
