"""Storing a chat with the Python client and a key."""

from tests.documented_calls.world import QUESTION, World

PAGE = "https://learn.microsoft.com/azure/ai-services/openai/how-to/stored-completions#configure-stored-completions"


def call(world: World) -> None:
    world.deploy_base()
    client = world.open_azure("2025-02-01-preview", with_token=False)

    completion = client.chat.completions.create(
        model="gpt-4o", store=True, metadata={"user": "admin", "category": "docs-test"}, messages=QUESTION
    )

    stored = client.chat.completions.retrieve(completion.id)
    assert stored.metadata == {"user": "admin", "category": "docs-test"}
    assert stored.choices[0].message.content == completion.choices[0].message.content
