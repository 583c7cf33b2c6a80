"""Probes of how many deployments an account takes; they take minutes, and cost nothing as long as nobody calls them."""

from __future__ import annotations

from typing import Any

from ftdeploy.rehearsal.probe.lab import Lab
from ftdeploy.rehearsal.probe.verdicts import Probe, Verdict

_MOST, _MOST_FINE_TUNED = 32, 10


def _fill(lab: Lab, most: int, **wanted: Any) -> Verdict:  # noqa: ANN401 as `deploy`
    """Make deployments in an account of their own until one is refused; the next after `most` should be."""
    with lab.own_account("m") as account:
        taken, refusal = 0, ""
        while taken <= most and not refusal:
            answer = lab.deploy(f"many{taken}", account=account, **wanted)
            lab.wire.finish(answer)
            refusal = answer.code
            taken += not refusal
    return Verdict(agrees=taken == most, seen=f"{taken} taken, then {refusal or 'no refusal'}")


def _ask_most(lab: Lab) -> Verdict:
    return _fill(lab, _MOST)


def _ask_most_fine_tuned(lab: Lab) -> Verdict:
    """Of the developer tier, which costs nothing by the hour."""
    model = {"name": lab.model, "version": "1", "source": lab.source}
    return _fill(lab, _MOST_FINE_TUNED, sku="DeveloperTier", model=model)


PROBES = (
    Probe(behaviour="deployments-per-account", ask=_ask_most),
    Probe(behaviour="fine-tuned-deployments-per-account", ask=_ask_most_fine_tuned, needs=("model",)),
)
