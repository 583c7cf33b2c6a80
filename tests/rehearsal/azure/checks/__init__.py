"""One check for each behaviour: it holds with it, and raises AssertionError without."""

from __future__ import annotations

from tests.rehearsal.azure.checks import (
    accounts,
    authorization,
    cognitiveservices,
    deployments,
    entra,
    files,
    finetuning,
    inference,
    monitor,
    resourcemanager,
    storedcompletions,
)

CHECKS = {
    **accounts.CHECKS,
    **authorization.CHECKS,
    **cognitiveservices.CHECKS,
    **deployments.CHECKS,
    **entra.CHECKS,
    **files.CHECKS,
    **finetuning.CHECKS,
    **inference.CHECKS,
    **monitor.CHECKS,
    **resourcemanager.CHECKS,
    **storedcompletions.CHECKS,
}
