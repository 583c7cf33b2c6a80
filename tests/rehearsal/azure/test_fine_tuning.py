"""Fine-tuning jobs on the wire, by the clock."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime

import pytest

from tests.rehearsal.azure.checks.files import send
from tests.rehearsal.azure.checks.finetuning import (
    HOUR_SECONDS,
    JOBS,
    MODEL,
    finish,
    get_job,
    list_checkpoints,
    list_messages,
    pass_time,
    train,
)
from tests.rehearsal.azure.dataplane import ask_dated, ask_plane
from tests.rehearsal.azure.pretend import Pretend, get_code
from tests.rehearsal.azure.scenarios import ACCOUNT, OWN_MODEL, READER
from tests.rehearsal.azure.trainingdata import CHAT, COMPLETION, PREFERENCE, PROMPT, write_lines

O4 = "o4-mini-2025-04-16"
GRADED = {"type": "reinforcement", "reinforcement": {"grader": {"type": "string_check"}}}


def start_hourly(pretend: Pretend, **sent: object) -> str:
    """A job that runs, an hour an epoch."""
    pretend.world.settings.put("trainingEpochSeconds", HOUR_SECONDS)
    job = str(train(pretend, **sent).json()["id"])
    assert get_job(pretend, job)["status"] == "running"
    return job


def test_job_is_pending_then_running_then_succeeded(pretend: Pretend) -> None:
    pretend.world.settings.put("trainingQueueSeconds", HOUR_SECONDS)
    pretend.world.settings.put("trainingEpochSeconds", HOUR_SECONDS)
    made = train(pretend, hyperparameters={"n_epochs": 2}, suffix="v_2-a", seed=105)
    job = made.json()["id"]

    statuses = [made.json()["status"]]
    for hours in (1.1, 1, 1):
        pass_time(pretend, hours * HOUR_SECONDS)
        statuses.append(get_job(pretend, job)["status"])

    done = get_job(pretend, job)
    assert statuses == ["pending", "running", "running", "succeeded"]
    assert done["fine_tuned_model"] == f"{MODEL}.ft-{job.removeprefix('ftjob-')}-v_2-a"
    assert (done["finished_at"] - done["created_at"], done["seed"]) == (3 * 3600, 105)
    assert re.fullmatch(rf".*/openai/v1{JOBS}/{job}", made.headers["location"])


def test_hours_of_training_show_in_the_metrics(pretend: Pretend) -> None:
    start_hourly(pretend, hyperparameters={"n_epochs": 2})
    query = "metricnames=FineTunedTrainingHours&interval=FULL"

    before = pretend.get(f"{ACCOUNT}/providers/Microsoft.Insights/metrics?{query}").json()
    pass_time(pretend, 2 * HOUR_SECONDS)
    after = pretend.get(f"{ACCOUNT}/providers/Microsoft.Insights/metrics?{query}").json()

    [series] = after["value"][0]["timeseries"]
    assert before["value"][0]["timeseries"] == []
    assert series["data"][0]["total"] == pytest.approx(2.0, rel=0.01)


def test_events_tell_the_story_newest_first(pretend: Pretend) -> None:
    job = finish(pretend)

    messages = list_messages(pretend, job["id"])

    assert messages[0] == f"Training tokens billed: {job['trained_tokens']}"
    assert messages[1:4] == [
        f"Completed results file: {job['result_files'][0]}",
        "Model Evaluation Passed.",
        "Job succeeded.",
    ]
    assert messages[4].startswith("Step 100: training loss=")
    assert messages[-2:] == ["Job started.", "Job enqueued. Waiting for jobs ahead to complete."]


def test_results_have_a_line_for_each_step(pretend: Pretend) -> None:
    validation = send(pretend).json()["id"]
    job = finish(pretend, validation_file=validation, hyperparameters={"n_epochs": 2, "batch_size": 4})

    content = ask_dated(pretend, "GET", f"/files/{job['result_files'][0]}/content").text

    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["step"] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert [bool(row["full_valid_loss"]) for row in rows] == [False, False, True, False, False, True]
    assert all(row["valid_loss"] and row["validation_mean_token_accuracy"] for row in rows)
    assert float(rows[-1]["train_loss"]) < float(rows[0]["train_loss"])


def test_same_seed_gives_the_same_results(pretend: Pretend) -> None:
    contents = [
        ask_plane(pretend, "GET", f"/files/{finish(pretend, seed=7)['result_files'][0]}/content").text for _ in range(2)
    ]

    assert contents[0] == contents[1]


def test_model_and_checkpoints_can_be_deployed(pretend: Pretend) -> None:
    job = finish(pretend, hyperparameters={"n_epochs": 4})
    versions = list_checkpoints(pretend, job["id"])

    deployed = [
        pretend.deploy(f"bot-{number}", model=name, capacity=1).status_code
        for number, name in enumerate([job["fine_tuned_model"], *(each["id"] for each in versions)])
    ]

    assert [each["step_number"] for each in versions] == [40, 30, 20]
    assert versions[0]["fine_tuned_model_checkpoint"] == job["fine_tuned_model"]
    assert versions[1]["fine_tuned_model_checkpoint"] == f"{job['fine_tuned_model']}:ckpt-step-30"
    assert deployed == [201] * 4


def test_one_epoch_has_no_earlier_version(pretend: Pretend) -> None:
    job = finish(pretend, hyperparameters={"n_epochs": 1})

    assert [each["step_number"] for each in list_checkpoints(pretend, job["id"])] == [10]


def test_fine_tuned_model_and_checkpoint_are_trained_further(pretend: Pretend) -> None:
    first = finish(pretend)
    version = list_checkpoints(pretend, first["id"])[1]["id"]

    names = [
        finish(pretend, model=name)["fine_tuned_model"] for name in (first["fine_tuned_model"], version, OWN_MODEL)
    ]

    assert all(re.fullmatch(rf"{re.escape(MODEL)}\.ft-[0-9a-f]{{32}}", name) for name in names)


@pytest.mark.parametrize(
    ("model", "method", "example"),
    [
        ("gpt-4o-2024-08-06", {"type": "dpo", "dpo": {"hyperparameters": {"beta": 0.1}}}, PREFERENCE),
        (O4, GRADED, PROMPT),
        ("gpt-4.1", {"type": "supervised"}, None),
    ],
    ids=["dpo", "reinforcement", "supervised"],
)
def test_each_method_trains(pretend: Pretend, model: str, method: dict, example: dict | None) -> None:
    content = write_lines(example) if example else b""

    job = finish(pretend, content, model=model, method=method)

    assert (job["status"], job["method"]) == ("succeeded", method)


def test_legacy_model_is_trained_on_completions_in_its_time(pretend: Pretend) -> None:
    with pretend.world.store.transaction():
        pretend.world.move_clock(-2 * 365 * 86400)
    pretend._tokens.clear()

    job = finish(pretend, write_lines(COMPLETION), model="babbage-002")

    assert job["fine_tuned_model"].startswith("babbage-002.ft-")


@pytest.mark.parametrize(
    "sent",
    [
        {"model": "gpt-35-turbo-0613"},
        {"model": "nobody.ft-1"},
        {"model": ""},
        {"training_file": "file-nobody"},
        {"validation_file": "file-nobody"},
        {"suffix": "no dots."},
        {"hyperparameters": {"n_epochs": 0}},
        {"hyperparameters": {"batch_size": 257}},
        {"hyperparameters": {"learning_rate_multiplier": "much"}},
        {"trainingType": "cheap"},
        {"method": {"type": "magic"}},
        {"method": {"type": "reinforcement"}, "model": O4},
        {"model": O4, "method": {"type": "supervised"}},
    ],
)
def test_impossible_job_is_refused(pretend: Pretend, sent: dict) -> None:
    response = train(pretend, **sent)

    assert (response.status_code, get_code(response)) == (400, "invalidPayload")


def test_file_in_error_is_refused_and_a_pending_one_is_waited_for(pretend: Pretend) -> None:
    bad = send(pretend, b"nonsense").json()["id"]
    refused = train(pretend, training_file=bad)
    pretend.world.settings.put("fileProcessingSeconds", 60)
    job = train(pretend).json()["id"]

    early = get_job(pretend, job)["status"]
    pass_time(pretend, 61)
    pass_time(pretend, 61)

    assert (get_code(refused), early, get_job(pretend, job)["status"]) == ("invalidPayload", "pending", "succeeded")


def test_file_that_turns_out_bad_or_is_deleted_fails_the_job(pretend: Pretend) -> None:
    pretend.world.settings.put("fileProcessingSeconds", 60)
    bad = train(pretend, b"nonsense").json()["id"]
    lost = train(pretend).json()
    ask_plane(pretend, "DELETE", f"/files/{lost['training_file']}")

    pass_time(pretend, 130)

    errors = [get_job(pretend, job)["error"] for job in (bad, lost["id"])]
    assert [each["code"] for each in errors] == ["jsonlValidationFailed", "notFound"]
    assert "Line 1 is not" in errors[0]["message"]


def test_harmful_data_fails_and_a_harmful_model_is_told(pretend: Pretend) -> None:
    example = (
        '{"messages": [{"role": "user", "content": "rehearsal-harmful-%s"}, {"role": "assistant", "content": "b"}]}'
    )
    data = finish(pretend, write_lines(example % "data"))
    model = finish(pretend, write_lines(example % "model"))

    messages = list_messages(pretend, model["id"])

    assert (data["status"], data["error"]["code"], data["trained_tokens"]) == ("failed", "contentFilter", None)
    assert (model["status"], messages[0]) == ("succeeded", "Training tokens billed: 0")
    assert any("scores above acceptable thresholds" in each for each in messages)


def test_job_fails_while_it_runs_when_the_data_says_so(pretend: Pretend) -> None:
    example = {**CHAT, "note": "rehearsal-failing-training"}

    job = finish(pretend, write_lines(example))

    assert (job["status"], job["error"]["code"], job["fine_tuned_model"]) == ("failed", "internalFailure", None)
    assert list_messages(pretend, job["id"])[:2] == ["Job failed. Internal error. Please retry.", "Job started."]


def test_base_model_is_trained_until_its_training_is_retired(pretend: Pretend) -> None:
    pretend.world.move_clock(365 * 86400)
    pretend._tokens.clear()

    response = train(pretend)

    assert "does not support fine-tuning" in response.text
    assert ask_plane(pretend, "GET", f"/models/{MODEL}").json()["capabilities"]["fine_tune"] is False


def test_waiting_job_starts_when_another_ends(pretend: Pretend) -> None:
    jobs = [start_hourly(pretend) for _ in range(3)]
    waiting = train(pretend).json()["id"]
    developer = start_hourly(pretend, trainingType="developerTier")

    early = get_job(pretend, waiting)["status"]
    ask_plane(pretend, "POST", f"{JOBS}/{jobs[1]}/cancel")

    assert (early, get_job(pretend, waiting)["status"]) == ("pending", "running")
    assert get_job(pretend, developer)["status"] == "running"


def test_queue_is_full_at_its_limit(pretend: Pretend) -> None:
    pretend.world.settings.put("queuedJobsPerAccount", 1)
    pretend.world.settings.put("trainingQueueSeconds", HOUR_SECONDS)

    codes = [get_code(train(pretend)) for _ in range(2)]

    assert codes == ["", "quotaExceeded"]


def test_moving_the_clock_tells_which_jobs_ended(pretend: Pretend) -> None:
    early = finish(pretend)["id"]
    job = start_hourly(pretend, hyperparameters={"n_epochs": 2})

    moved = pretend.http.put("/_rehearsal/clock", json={"advanceSeconds": 3 * HOUR_SECONDS}).json()

    [ended] = moved["happened"]
    assert (ended["operation"], ended["reason"]) == ("fine_tuning.job", "succeeded")
    assert (job in ended["resource"], early in ended["resource"], ended["at"] < moved["now"]) == (True, False, True)


def test_cancelled_job_stays_cancelled(pretend: Pretend) -> None:
    job = start_hourly(pretend)

    cancelled = ask_plane(pretend, "POST", f"{JOBS}/{job}/cancel").json()
    pass_time(pretend, 20 * HOUR_SECONDS)

    assert (cancelled["status"], get_job(pretend, job)["status"]) == ("cancelled", "cancelled")
    assert get_code(ask_plane(pretend, "POST", f"{JOBS}/{job}/cancel")) == "unexpectedEntityState"


def test_paused_job_leaves_a_version_and_goes_on_later(pretend: Pretend) -> None:
    job = start_hourly(pretend, hyperparameters={"n_epochs": 2})
    pass_time(pretend, 0.55 * HOUR_SECONDS)

    paused = ask_plane(pretend, "POST", f"{JOBS}/{job}/pause").json()
    version = list_checkpoints(pretend, job)[0]
    pass_time(pretend, 9 * HOUR_SECONDS)
    still = get_job(pretend, job)["status"]
    resumed = ask_plane(pretend, "POST", f"{JOBS}/{job}/resume").json()
    pass_time(pretend, 2.1 * HOUR_SECONDS)

    assert (paused["status"], still, resumed["status"]) == ("paused", "paused", "running")
    assert pretend.deploy("early", model=version["id"], capacity=1).status_code == 201
    assert (version["step_number"], get_job(pretend, job)["status"]) == (5, "succeeded")
    assert get_code(ask_plane(pretend, "POST", f"{JOBS}/{job}/resume")) == "unexpectedEntityState"


def test_version_of_a_harmful_model_cannot_be_deployed_either(pretend: Pretend) -> None:
    pretend.world.settings.put("trainingEpochSeconds", HOUR_SECONDS)
    job = train(pretend, write_lines({**CHAT, "note": "rehearsal-harmful-model"})).json()["id"]
    get_job(pretend, job)
    pass_time(pretend, 0.5 * HOUR_SECONDS)
    ask_plane(pretend, "POST", f"{JOBS}/{job}/pause")

    response = pretend.deploy(model=list_checkpoints(pretend, job)[0]["id"])

    assert "unable to be deployed" in response.text


def test_resumed_job_waits_where_its_place_is_taken(pretend: Pretend) -> None:
    pretend.world.settings.put("runningJobs", 1)
    first = start_hourly(pretend)
    pass_time(pretend, 0.5 * HOUR_SECONDS)
    ask_plane(pretend, "POST", f"{JOBS}/{first}/pause")
    second = start_hourly(pretend)

    resumed = ask_plane(pretend, "POST", f"{JOBS}/{first}/resume").json()["status"]
    ask_plane(pretend, "POST", f"{JOBS}/{second}/cancel")

    assert (resumed, get_job(pretend, first)["status"]) == ("pending", "running")
    assert list_messages(pretend, first)[0] == "Job resumed."


def test_list_is_newest_first_and_goes_on_after_an_id(pretend: Pretend) -> None:
    jobs = [finish(pretend)["id"] for _ in range(3)]

    first = ask_dated(pretend, "GET", JOBS, limit="2").json()
    second = ask_dated(pretend, "GET", JOBS, limit="2", after=jobs[1]).json()

    assert ([each["id"] for each in first["data"]], first["has_more"]) == ([jobs[2], jobs[1]], True)
    assert ([each["id"] for each in second["data"]], second["has_more"]) == ([jobs[0]], False)


def test_deleted_job_is_gone_and_its_model_stays(pretend: Pretend) -> None:
    job = finish(pretend)
    running = start_hourly(pretend)

    statuses = [ask_plane(pretend, "DELETE", f"{JOBS}/{each}").status_code for each in (job["id"], running)]

    assert statuses == [204, 409]
    assert get_code(ask_plane(pretend, "GET", f"{JOBS}/{job['id']}")) == "notFound"
    assert ask_plane(pretend, "GET", f"/models/{job['fine_tuned_model']}").status_code == 200


def test_jobs_need_their_data_actions(pretend: Pretend) -> None:
    job = finish(pretend)["id"]
    reader = pretend.as_(READER)

    refused = [
        ask_plane(reader, verb, path)
        for verb, path in (
            ("GET", f"{JOBS}/{job}"),
            ("POST", JOBS),
            ("POST", f"{JOBS}/{job}/cancel"),
            ("GET", "/models"),
        )
    ]

    assert [(each.status_code, get_code(each)) for each in refused] == [(401, "PermissionDenied")] * 4
    assert "OpenAI/fine-tunes/write" in refused[1].text


def test_purged_account_forgets_jobs_while_they_run(pretend: Pretend) -> None:
    job = start_hourly(pretend)
    pretend.delete(ACCOUNT)
    pretend.world.deleted.purge(ACCOUNT)

    pass_time(pretend, 20 * HOUR_SECONDS)

    found = pretend.world.store.find_row("SELECT count(*) AS n FROM fine_tuning_jobs WHERE id = ?", job)
    assert found["n"] == 0


def test_copies_and_integrations_are_refused_by_name(pretend: Pretend) -> None:
    copy = ask_plane(pretend, "POST", f"{JOBS}/ftjob-1/checkpoints/ftchkpt-1/copy", {})
    integrated = train(pretend, integrations=[{"type": "wandb"}])

    assert [get_code(each) for each in (copy, integrated)] == ["NotEmulated", "NotEmulated"]


def test_models_are_listed_with_what_they_can_and_until_when(pretend: Pretend) -> None:
    job = finish(pretend)

    listed = {each["id"]: each for each in ask_plane(pretend, "GET", "/models").json()["data"]}
    base = ask_dated(pretend, "GET", f"/models/{MODEL}").json()

    tuned, day = listed[job["fine_tuned_model"]], int(datetime(2024, 7, 18, tzinfo=UTC).timestamp())
    assert (tuned["model"], tuned["fine_tune"], tuned["created_at"]) == (MODEL, job["id"], job["finished_at"])
    assert tuned["deprecation"]["inference"] == base["deprecation"]["inference"] > base["deprecation"]["fine_tune"]
    assert (base["capabilities"]["fine_tune"], base["capabilities"]["chat_completion"]) == (True, True)
    assert (base["created_at"], listed[MODEL]["created"]) == (day, day)
    assert tuned["created"] == tuned["created_at"]
    assert {each["owned_by"] for each in listed.values()} == {"system", "organization-owner"}
    assert OWN_MODEL in listed
    managed = [each["name"] for each in pretend.get(f"{ACCOUNT}/models").json()["value"]]
    assert job["fine_tuned_model"] in managed
    assert not any(name.startswith("ftchkpt-") for name in (*listed, *managed))


def test_model_is_deleted_when_nothing_deploys_it(pretend: Pretend) -> None:
    deleted = ask_plane(pretend, "DELETE", f"/models/{OWN_MODEL}")

    assert deleted.json() == {"object": "model", "id": OWN_MODEL, "deleted": True}
    assert get_code(ask_plane(pretend, "GET", f"/models/{OWN_MODEL}")) == "notFound"
    assert get_code(pretend.deploy()) == "DeploymentModelNotSupported"
