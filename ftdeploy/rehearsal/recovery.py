"""After a killed update: what is locked, what lies on the pretend Azure that no state knows, and how to go on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ftdeploy.errors import Place, refuse
from ftdeploy.rehearsal.engines import EngineChoice, Order, find_engine
from ftdeploy.rehearsal.pretend_azure import ask_pretend_azure, wait_for_pretend_azure
from ftdeploy.rehearsal.progress import Progress
from ftdeploy.rehearsal.result import Result
from ftdeploy.rehearsal.run import run_operation
from ftdeploy.rehearsal.session import Session
from ftdeploy.state.checkpoint import Checkpoint, Resource, load_checkpoint, parse_deployment

_PROCESSES = Path("/proc")
"""Where Linux tells of processes; other systems have no such folder."""
_ENDED = frozenset({"Z", "X"})
"""States of a process that has ended: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wreck:
    """What a killed update left behind."""

    stack: str
    locks: tuple[Path, ...]
    strays: tuple[str, ...]
    """Ids that are on the pretend Azure, were not there beforehand, and are in no stack's state."""
    holder: int | None = None
    """The process that holds the lock, when it still runs: then nothing is wrecked."""


def find_wreck(session: Session, stack: str) -> Wreck | None:
    """What a killed update of `stack` left; None when nothing holds its lock."""
    locks = _list_locks(session, stack)
    if not locks:
        return None
    holder = _find_running(locks)
    if holder is not None:
        return Wreck(stack=stack, locks=locks, strays=(), holder=holder)
    wait_for_pretend_azure(session.world)
    known = {each.id.lower() for each in _list_recorded(session)}
    resources = ask_pretend_azure(session.address, "resources")["resources"]
    strays = tuple(sorted(each["id"] for each in resources if not each["given"] and each["id"].lower() not in known))
    return Wreck(stack=stack, locks=locks, strays=strays)


def render_wreck(wreck: Wreck) -> str:
    """What to tell a person who met the lock."""
    if wreck.holder is not None:
        return f"hint: wait for the update of {wreck.stack} that runs as process {wreck.holder}, then try again"
    lines = [f"an earlier update of {wreck.stack} was killed; its lock stands"]
    if wreck.strays:
        lines += ["on the pretend Azure, but in no state:", *(f"  {each}" for each in wreck.strays)]
    lines.append(f"hint: run `rehearse up {wreck.stack} --recover` to take them in and finish")
    return "\n".join(lines)


def recover(session: Session, stack: str, progress: Progress) -> Result | None:
    """Remove a dead update's lock and take what it was creating into the state; None when nothing was to do.

    Raises:
        InputError: the update that holds the lock still runs.
    """
    locks = _list_locks(session, stack)
    holder = _find_running(locks)
    if holder is not None:
        raise refuse(
            f"the update that holds the lock still runs, as process {holder}",
            where=Place(name=stack),
            fix=f"wait for it, or end it with `kill -INT {holder}`",
        )
    # On a file backend the Pulumi CLI 3.260 drops the creates that `refresh --import-pending-creates` names, so the
    # embedded engine clears up after both.
    session = replace(session, engine=find_engine(EngineChoice.EMBEDDED))
    if locks:
        run_operation(session, Order(operation="cancel", stack=stack), progress)
    pending = load_checkpoint(session.world.backend, session.project, stack).pending_creates
    if not pending:
        return None
    wait_for_pretend_azure(session.world)
    there = [each["id"] for each in ask_pretend_azure(session.address, "resources")["resources"]]
    extra: list[str] = []
    for create in pending:
        found = _find_created(create, there)
        if found is not None:
            extra += ["--import-pending-create", create.urn, found]
    progress.tell(f"taking {len(extra) // 3} of {len(pending)} unfinished creates into the state")
    return run_operation(
        session, Order(operation="refresh", stack=stack, extra=(*extra, "--clear-pending-creates")), progress
    )


def _list_locks(session: Session, stack: str) -> tuple[Path, ...]:
    folder = session.world.backend / ".pulumi" / "locks" / "organization" / session.project / stack
    return tuple(sorted(folder.glob("*.json")))


def _find_running(locks: Sequence[Path]) -> int | None:
    holders = (json.loads(lock.read_text(encoding="utf-8"))["pid"] for lock in locks)
    return next((each for each in holders if _is_running(each)), None)


def _is_running(pid: int) -> bool:
    """Whether a process runs; one that ended and that nobody has asked after, as in containers, does not."""
    if _PROCESSES.is_dir():
        try:
            state = (_PROCESSES / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        return state not in _ENDED
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's, and alive
        return True
    return True


def _list_recorded(session: Session) -> list[Resource]:
    """Everything that any stack of the project recorded, journals of killed updates included."""
    folder = session.world.backend / ".pulumi" / "stacks" / session.project
    stacks = sorted(each.stem for each in folder.glob("*.json"))
    return [resource for stack in stacks for resource in _load_recorded(session, stack).resources]


def _load_recorded(session: Session, stack: str) -> Checkpoint:
    if not session.engine.is_embedded:
        return load_checkpoint(session.world.backend, session.project, stack)
    command = [sys.executable, "-m", "ftdeploy.rehearsal.engine", "export"]
    command += ["--project", str(session.world.root), "--stack", stack, "--backend", str(session.world.backend)]
    exported = subprocess.run(command, capture_output=True, check=True, text=True)
    return parse_deployment(json.loads(exported.stdout)["deployment"] or {})


def _find_created(create: Resource, ids: Sequence[str]) -> str | None:
    """The id, among those on the pretend Azure, that a pending create was for.

    A deployment's inputs hold `deploymentName: "support-bot"`, and its id ends in `/deployments/support-bot`; every
    other name among the inputs stands in the id too.
    """
    kind = create.type.rsplit(":", 1)[-1].lower() + "s"
    names = {str(value).lower() for key, value in create.inputs.items() if key.endswith("Name")}
    for each in ids:
        *_, collection, name = each.lower().split("/")
        if collection == kind and name in names and names <= set(each.lower().split("/")):
            return each
    return None
