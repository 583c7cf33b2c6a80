"""Deploying a model of another tenant, with a token of each."""

import requests

from tests.documented_calls.world import FOREIGN, World, build_body

PAGE = (
    "https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning-deploy?tabs=python#cross-tenant-deployment"
)


def call(world: World) -> None:
    address = f"{world.emulator.url}{world.id}/deployments/ft?api-version=2024-10-01"
    body = build_body(FOREIGN["model"], sourceAccount=FOREIGN["account"])

    without = requests.put(address, json=body, timeout=10, **world.get_options())
    response = requests.put(address, json=body, timeout=10, **world.get_options(also_in=FOREIGN["tenant"]))

    assert (without.json()["error"]["code"], response.status_code) == ("LinkedAuthorizationFailed", 201)
