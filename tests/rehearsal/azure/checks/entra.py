"""Checks of entra's behaviours."""

from __future__ import annotations

from collections.abc import Callable

from tests.rehearsal.azure.pretend import Pretend
from tests.rehearsal.azure.scenarios import PIPELINE, SECRET, TENANT


def check_secret(pretend: Pretend) -> None:
    form = {"grant_type": "client_credentials", "client_id": PIPELINE["clientId"], "client_secret": f"not {SECRET}"}
    response = pretend.http.post(
        f"/{TENANT}/oauth2/v2.0/token", data={**form, "scope": "https://management.azure.com/.default"}
    )
    assert response.status_code == 401


CHECKS: dict[str, Callable[[Pretend], None]] = {
    "secrets-are-checked": check_secret,
}
