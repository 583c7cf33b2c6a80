"""Asking how a job is with the older lines of the page."""

import openai
import pytest

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#check-fine-tuning-job-status"
DEFECT = "openai.FineTuningJob is of version 0.28; since 1.0 it refuses to be used"


def call(world: World) -> None:
    job_id = world.train("gpt-35-turbo-0613")["id"]

    with pytest.raises(Exception, match=r"no longer supported in openai>=1\.0\.0"):
        openai.FineTuningJob.retrieve(job_id)
    assert world.open_azure("2024-10-21").fine_tuning.jobs.retrieve(job_id).id == job_id
