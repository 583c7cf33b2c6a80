"""The process: ready, restarted, killed, locked out, ended by its last user."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.rehearsal.azure.processes import Emulator, launch, start
from tests.rehearsal.azure.scenarios import (
    ACCOUNT,
    OWN_MODEL,
    PIPELINE,
    SECRET,
    TENANT,
    build_deployment,
    build_scenario,
)

BOT = f"{ACCOUNT}/deployments/bot?api-version=2025-06-01"


def test_everything_is_the_same_after_a_restart(tmp_path: Path) -> None:
    first = start(tmp_path / "azure", build_scenario())
    with first.open_http() as http:
        http.put(BOT, json=build_deployment(), headers=_sign_in(http))
    assert first.stop() == 0

    second = start(tmp_path / "azure", {"tenants": [{"id": "never-read"}]})

    assert (second.url, second.ca, second.identity_header) == (first.url, first.ca, first.identity_header)
    with second.open_http() as http:
        assert http.get(BOT, headers=_sign_in(http)).json()["properties"]["model"]["name"] == OWN_MODEL
    second.stop()


def test_operations_of_a_killed_emulator_end_in_time(tmp_path: Path) -> None:
    first = start(tmp_path / "azure", build_scenario(), "--operation-seconds", "0.6")
    with first.open_http() as http:
        answer = http.put(BOT, json=build_deployment(), headers=_sign_in(http))
    first.kill()

    second = start(tmp_path / "azure", None)
    with second.open_http() as http:
        statuses = list(_follow(http, answer.headers["Azure-AsyncOperation"]))
    second.stop()

    assert answer.json()["properties"]["provisioningState"] == "Creating"
    assert statuses[-1] == "Succeeded"


def test_port_taken_is_an_error_that_names_it(tmp_path: Path) -> None:
    running = start(tmp_path / "azure", build_scenario())

    second = launch(tmp_path / "azure")
    output, error = second.communicate(timeout=10)
    running.stop()

    port = running.url.rpartition(":")[2]
    assert (second.returncode, output) == (1, "")
    assert error.startswith(f"error: port {port} on 127.0.0.1")


def test_emulator_ends_when_its_last_user_does(tmp_path: Path) -> None:
    lock = os.open(tmp_path / "users.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_SH)
    running = start(tmp_path / "azure", build_scenario(), "--users-lock", str(tmp_path / "users.lock"))
    with running.open_http() as http:
        alive = http.get("/_rehearsal/health").status_code

    os.close(lock)

    assert (alive, running.wait()) == (200, 0)


def test_emulator_that_lingers_serves_the_next_user_and_ends_when_the_lock_file_is_removed(tmp_path: Path) -> None:
    lock = tmp_path / "users.lock"
    running = start(tmp_path / "azure", build_scenario(), "--users-lock", str(lock), "--linger-seconds", "60")
    time.sleep(1)  # several looks at a lock that nobody holds
    with running.open_http() as http:
        alive = http.get("/_rehearsal/health").status_code

    lock.unlink()

    assert (alive, running.wait()) == (200, 0)


@pytest.mark.parametrize(
    ("scenario", "arguments", "named"),
    [
        ({"tenant": []}, (), "unknown key tenant"),
        ({"subscriptions": [{"id": "s", "tenant": "nobody"}]}, (), "no tenant has the id nobody"),
        ({"tenants": [{}]}, (), "tenants: an entry lacks 'id'"),
        ({}, ("--without", "ptu-size"), "did you mean ptu-sizes?"),
    ],
    ids=["key", "reference", "missing", "behaviour"],
)
def test_bad_start_is_an_error_of_one_line(
    tmp_path: Path, scenario: dict, arguments: tuple[str, ...], named: str
) -> None:
    process = launch(tmp_path / "azure", scenario, *arguments)
    output, error = process.communicate(timeout=10)

    assert (process.returncode, output, error.count("\n")) == (1, "", 1)
    assert named in error


def test_bad_scenario_leaves_the_state_new(tmp_path: Path) -> None:
    launch(tmp_path / "azure", {**build_scenario(), "resources": []}).communicate(timeout=10)

    running = start(tmp_path / "azure", build_scenario())
    with running.open_http() as http:
        headers = _sign_in(http)
    running.stop()

    assert headers["Authorization"].startswith("Bearer ey")


def test_state_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "azure").mkdir()
    with sqlite3.connect(tmp_path / "azure" / "state.sqlite") as old:
        old.execute("CREATE TABLE calls (account TEXT)")

    process = launch(tmp_path / "azure", build_scenario())

    _, error = process.communicate(timeout=10)
    assert (process.returncode, "another version" in error) == (1, True)


def test_behaviour_switched_off_on_the_command_line_is_off(tmp_path: Path) -> None:
    running = start(tmp_path / "azure", build_scenario(), "--without", "api-version-required")
    with running.open_http() as http:
        response = http.get(ACCOUNT, headers=_sign_in(http))
    running.stop()

    assert response.status_code == 200


def test_secrets_lie_in_files_for_the_owner_only(emulator: Emulator) -> None:
    folder = Path(emulator.ca).parent

    assert folder.stat().st_mode & 0o077 == 0
    assert [(folder / name).stat().st_mode & 0o077 for name in ("address.json", "server.pem")] == [0, 0]


def _follow(http: httpx.Client, address: str) -> Iterator[str]:
    """Each status of an operation until it ends, or until two seconds have passed."""
    headers = _sign_in(http)
    for _ in range(40):
        status = http.get(address, headers=headers).json()["status"]
        yield status
        if status != "InProgress":
            return
        time.sleep(0.05)


def _sign_in(http: httpx.Client) -> dict[str, str]:
    form = {"grant_type": "client_credentials", "client_id": PIPELINE["clientId"], "client_secret": SECRET}
    address = f"/{TENANT}/oauth2/v2.0/token"
    token = http.post(address, data={**form, "scope": "https://management.azure.com/.default"}).json()["access_token"]
    return {"Authorization": f"Bearer {token}"}
