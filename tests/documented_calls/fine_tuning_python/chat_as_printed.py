"""Calling the deployed model with the older lines of the page."""

import openai
import pytest

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#use-a-deployed-customized-model"
DEFECT = "openai.ChatCompletion is of version 0.28; since 1.0 it refuses to be used"


def call(world: World) -> None:
    with pytest.raises(Exception, match=r"no longer supported in openai>=1\.0\.0"):
        openai.ChatCompletion.create(engine="gpt-35-turbo-ft", messages=[])
