"""Reading and deleting take two data actions, which OpenAI Contributor has."""

from ftdeploy.rehearsal.azure.rbac import find_role
from tests.documented_calls.world import World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#do-i-need-special-permissions-to-use-stored-completions"


def call(world: World) -> None:
    role = find_role("Cognitive Services OpenAI Contributor")

    actions = [f"Microsoft.CognitiveServices/accounts/OpenAI/stored-completions/{each}" for each in ("read", "action")]

    assert [role.allows(each, is_data=True) for each in actions] == [True, True]
