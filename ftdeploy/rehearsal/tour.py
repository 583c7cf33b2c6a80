"""The first thing a new user runs: the main job, end to end, and what to do next."""

from __future__ import annotations

import sys

from ftdeploy.rehearsal.asking import find_last_request, list_assumed
from ftdeploy.rehearsal.engines import Order
from ftdeploy.rehearsal.guest import run_guest
from ftdeploy.rehearsal.pretend_azure import wait_for_pretend_azure
from ftdeploy.rehearsal.progress import Progress, render_assumed, render_result
from ftdeploy.rehearsal.run import run_operation
from ftdeploy.rehearsal.session import Session

_STACK = "dev"
_QUESTION = "My invoice shows the wrong address. What do I do?"


def take_tour(session: Session) -> int:
    """Bring `dev` up, ask its first deployment a question, say what to do next; gives the exit code."""
    begun_after = find_last_request(wait_for_pretend_azure(session.world))
    result = run_operation(session, Order(operation="up", stack=_STACK), Progress())
    _tell(render_result(result))
    if not result.is_success:
        return result.exit_code
    deployment = next(name for names in result.outputs["deployments"].values() for name in names)
    _tell(f"\nasking {deployment} through the openai client: {_QUESTION}")
    code = run_guest(session, ["ftdeploy", "-C", str(session.world.root), "ask", _STACK, deployment, _QUESTION])
    if code == 0:
        _tell(_render_next(next(iter(result.outputs["models"].values()))))
        _tell(render_assumed(list_assumed(session.address, after=begun_after)))
    return code


def _render_next(model: str) -> str:
    return f"""
next, from an activated .venv (`. .venv/bin/activate`):
  rehearse exec -- ftdeploy idle dev                    who is called, and who is idle
  rehearse exec -- ftdeploy promote {model} --to prod
                                                        one line changes in stacks/, and is committed
  rehearse up prod-eu-swc                               a provisioned deployment of the promoted model
  rehearse destroy dev                                  leave nothing behind
where to change what: stacks/ says what runs where, models/ what can run, policies/ what must not be
"""


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
