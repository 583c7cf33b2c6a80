"""Deleting training data with the lines as the page prints them."""

import openai
import pytest

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning?pivots=programming-language-python#delete-your-training-files"
DEFECT = "openai.File is of version 0.28; since 1.0 it refuses to be used"


def call(world: World) -> None:
    with pytest.raises(Exception, match=r"no longer supported in openai>=1\.0\.0"):
        openai.File.list()
