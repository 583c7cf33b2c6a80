"""Listing stored chats with the lines for a key as the page prints them."""

import pytest
from openai import AzureOpenAI

from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#list-stored-completions"
DEFECT = "os is used and never imported"


def call(world: World) -> None:
    source = 'AzureOpenAI(azure_endpoint="https://contoso.example", api_key=os.getenv("AZURE_OPENAI_API_KEY"))'

    with pytest.raises(NameError, match="os"):
        eval(source, {"AzureOpenAI": AzureOpenAI})  # noqa: S307 the page's own line
