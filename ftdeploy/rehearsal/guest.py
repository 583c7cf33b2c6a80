"""Programs that are no part of a rehearsal, and yet meet its pretend Azure: `exec` and `serve`."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence

from ftdeploy.errors import refuse
from ftdeploy.rehearsal.asking import find_now
from ftdeploy.rehearsal.engines import prepare_pulumi, write_shim
from ftdeploy.rehearsal.environment import get_guest_environment
from ftdeploy.rehearsal.pretend_azure import wait_for_pretend_azure
from ftdeploy.rehearsal.session import Session

_TOLD = (
    *("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "ARM_METADATA_HOSTNAME"),
    *("ARM_DISABLE_INSTANCE_DISCOVERY", "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "NO_PROXY"),
)
"""What `serve` tells a shell to export."""


def run_guest(session: Session, command: Sequence[str], *, is_deployer: bool = False) -> int:
    """Run a command in the rehearsal's environment; its exit code, 128 + signal where a signal ended it.

    Raises:
        InputError: there is no such command.
    """
    address = wait_for_pretend_azure(session.world)
    environment = get_guest_environment(
        session.world, address, session.scenario, is_deployer=is_deployer, now=find_now(address)
    )
    if session.engine.is_embedded:
        environment["PATH"] = os.pathsep.join([str(write_shim(session.world)), environment["PATH"]])
    else:
        from ftdeploy.files.load import list_stack_names

        for stack in list_stack_names(session.world.root):
            prepare_pulumi(session.world, session.project, stack)
    executable = shutil.which(command[0], path=environment["PATH"])
    if executable is None:
        raise refuse(
            f"no command `{command[0]}` on the path", where="rehearse exec", fix="name one as `rehearse exec -- CMD …`"
        )
    guest = subprocess.Popen([executable, *command[1:]], env=environment)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        code = guest.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return code if code >= 0 else 128 - code


def serve_until_interrupted(session: Session, *, as_json: bool) -> None:
    """Say how to reach the pretend Azure, and hold it up until SIGINT or SIGTERM."""
    wait_for_pretend_azure(session.world)
    environment = get_guest_environment(session.world, session.address, session.scenario)
    told = {key: environment[key] for key in _TOLD}
    if as_json:
        text = json.dumps({"url": session.address.url, "ca": session.address.ca, "environment": told})
    else:
        text = "\n".join(f"export {key}='{value}'" for key, value in told.items())
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
    sys.stderr.write(f"the pretend Azure listens at {session.address.url} until you interrupt this\n")
    over = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda _signal, _frame: over.set())
    over.wait()
