"""Fine-tuning takes OpenAI Contributor, even for an owner."""

from ftdeploy.rehearsal.azure.rbac import find_role
from tests.documented_calls.world import World

PAGE = (
    "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-troubleshoot#how-do-i-enable-fine-tuning"
)


def call(world: World) -> None:
    action = "Microsoft.CognitiveServices/accounts/OpenAI/fine-tunes/write"

    owner, contributor = (find_role(each) for each in ("Owner", "Cognitive Services OpenAI Contributor"))

    assert (owner.allows(action, is_data=True), contributor.allows(action, is_data=True)) == (False, True)
