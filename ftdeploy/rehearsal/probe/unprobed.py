"""Why the probe does not ask about some behaviours; every other one is probed or watched."""

from __future__ import annotations

_OURS = "it is about the pretend Azure alone"
_HARM = "it takes harmful data, and the probe makes none"

NOT_PROBED: dict[str, str] = {
    "accounts-per-region": "it takes thirty accounts in a region, and others get none meanwhile",
    "answers-are-filtered": "it takes a harmful answer; the phrase for one is the pretend Azure's alone",
    "answers-are-pretend": _OURS,
    "azure-deletes-at-once": "it takes a write of ours in the very moment in which Azure deletes something",
    "capacity-is-not-quota": "no request makes a region run out of capacity",
    "default-quota-is-ours": _OURS,
    "failed-creations-do-not-answer": "no request makes a deployment fail for sure",
    "failed-deployments-are-deleted-first": "no request makes a deployment fail for sure",
    "file-uploads-have-a-pace": "files are not sent so quickly from afar that it is met for sure",
    "metrics-are-kept-93-days": "it takes an account that was called more than 93 days ago",
    "models-are-evaluated": _HARM,
    "one-deployment-per-model": "Azure gave it up on 2025-02-27",
    "retired-models-are-gone": "it takes a deployment that was made before its model was retired",
    "stored-completions-have-a-limit": "it takes 10 GB of chats",
    "training-data-is-evaluated": _HARM,
    "unknown-types-kept-as-sent": _OURS,
    "unsafe-models-are-refused": _HARM,
}
"""Behaviour to reason."""
