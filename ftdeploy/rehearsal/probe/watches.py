"""What takes hours or days: something is left in the lab, and looked at later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from ftdeploy.rehearsal.probe.deployments import HOSTING_EUR
from ftdeploy.rehearsal.probe.files import add_part, start_upload
from ftdeploy.rehearsal.probe.lab import Lab, Need
from ftdeploy.rehearsal.probe.plane import Plane, open_plane
from ftdeploy.rehearsal.probe.training import TRAINING_EUR, train
from ftdeploy.rehearsal.probe.verdicts import Verdict, compare

_HOUR, _DAY = 3600, 86400
_TRAINED_SECONDS = 12 * _HOUR
"""Ours: ten examples are trained in an hour or two, and may wait as long."""
_DEVELOPER_SECONDS = 30 * _HOUR
"""The day, and six hours for Azure to act and to log it."""
_IDLE_SECONDS = 17 * _DAY
"""The fifteen days, and two for Azure to act."""
_EVENTS = ("Job enqueued. Waiting for jobs ahead to complete.", "Job started.", "Job succeeded.")
_KEPT_VERSIONS = 3
_KEPT_DAYS = 80
"""Ours: within the ninety that the activity log is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A question to Azure that is answered by waiting."""

    behaviour: str
    leave: Callable[[Lab], str]
    """Makes what is watched; its name, for who comes back."""
    look: Callable[[Lab, str], Verdict]
    after_seconds: int
    """How long after it was left it is looked at."""
    price_eur: float = 0.0
    """What it costs at most when one comes back in time."""
    needs: tuple[Need, ...] = ()


def _leave_upload(lab: Lab) -> str:
    return start_upload(open_plane(lab), 5)


def _look_at_upload(lab: Lab, upload: str) -> Verdict:
    answer = add_part(open_plane(lab), upload, b"12345")
    return Verdict(agrees=answer.status >= 400, seen=f"{answer.status} {answer.code}")  # noqa: PLR2004 HTTP


def _leave_deployment(lab: Lab, *, name: str, sku: str) -> str:
    wanted = {"name": lab.model, "version": "1", "source": lab.source}
    made = lab.wire.finish(lab.deploy(name, sku=sku, model=wanted))
    if made.code:
        raise ValueError(f"{made.status} {made.code} {made.message}")
    return name


def _look_for_deployment(lab: Lab, name: str) -> Verdict:
    return compare(lab.wire.ask("GET", f"{lab.account}/deployments/{name}").status, 404)


def _look_for_caller(lab: Lab, name: str) -> Verdict:
    """Who deleted it, as the activity log has it."""
    start, group = lab.wire.now() - timedelta(days=_KEPT_DAYS), lab.group.rpartition("/")[2]
    query = f"$filter=eventTimestamp%20ge%20'{start:%Y-%m-%dT%H:%M:%SZ}'%20and%20resourceGroupName%20eq%20'{group}'"
    place = f"/subscriptions/{lab.subscription}/providers/Microsoft.Insights/eventtypes/management/values?{query}"
    found = [each for each in lab.list_all(place, version="2015-04-01") if _is_deletion(each, name)]
    return compare(sorted({str(each["caller"]) for each in found}), ["Microsoft.CognitiveServices"])


def _is_deletion(event: dict[str, Any], name: str) -> bool:
    is_meant = str(event["resourceId"]).lower().endswith(f"/deployments/{name}")
    return is_meant and str(event["operationName"]["value"]).lower().endswith("/deployments/delete")


def _leave_job(lab: Lab) -> str:
    return str(train(open_plane(lab)).body["id"])


def _look_at_job(lab: Lab, job: str) -> Verdict:
    plane = open_plane(lab)
    status = plane.ask("GET", f"/fine_tuning/jobs/{job}").body["status"]
    events = plane.ask("GET", f"/fine_tuning/jobs/{job}/events?limit=100").body["data"]
    told = [each["message"] for each in reversed(events) if each["message"] in _EVENTS]
    return compare((status, told), ("succeeded", list(_EVENTS)))


def _look_at_versions(lab: Lab, job: str) -> Verdict:
    found = open_plane(lab).ask("GET", f"/fine_tuning/jobs/{job}/checkpoints").body["data"]
    return compare(len(found), _KEPT_VERSIONS)


def _look_at_use(lab: Lab, job: str) -> Verdict:
    """Deploy the model of the job, and try to delete it; it is nobody else's."""
    plane: Plane = open_plane(lab)
    model = str(plane.ask("GET", f"/fine_tuning/jobs/{job}").body["fine_tuned_model"])
    with lab.deployed("used", sku="Standard", model={"name": model, "version": "1"}) as made:
        answer = plane.ask("DELETE", f"/models/{model}")
    return compare((made.code, answer.status), ("", 409))


WATCHES = (
    Watch(behaviour="uploads-expire", leave=_leave_upload, look=_look_at_upload, after_seconds=2 * _HOUR + 600),
    Watch(
        behaviour="developer-tier-lasts-a-day",
        leave=partial(_leave_deployment, name="a-day", sku="DeveloperTier"),
        look=_look_for_deployment,
        after_seconds=_DEVELOPER_SECONDS,
        needs=("model",),
    ),
    Watch(
        behaviour="azure-is-its-own-caller",
        leave=partial(_leave_deployment, name="by-azure", sku="DeveloperTier"),
        look=_look_for_caller,
        after_seconds=_DEVELOPER_SECONDS,
        needs=("model",),
    ),
    Watch(
        behaviour="idle-deployments-are-deleted",
        leave=partial(_leave_deployment, name="idle", sku="Standard"),
        look=_look_for_deployment,
        after_seconds=_IDLE_SECONDS,
        price_eur=_IDLE_SECONDS / _HOUR * HOSTING_EUR,
        needs=("model",),
    ),
    Watch(
        behaviour="jobs-go-by-the-clock",
        leave=_leave_job,
        look=_look_at_job,
        after_seconds=_TRAINED_SECONDS,
        price_eur=TRAINING_EUR,
    ),
    Watch(
        behaviour="last-versions-are-kept",
        leave=_leave_job,
        look=_look_at_versions,
        after_seconds=_TRAINED_SECONDS,
        price_eur=TRAINING_EUR,
    ),
    Watch(
        behaviour="models-in-use-stay",
        leave=_leave_job,
        look=_look_at_use,
        after_seconds=_TRAINED_SECONDS,
        price_eur=TRAINING_EUR + HOSTING_EUR,
    ),
)
