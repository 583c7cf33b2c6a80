"""One write at a time per account: six removals in one update, and nobody sees a conflict."""

from __future__ import annotations

DEPLOYMENT = """
      bot-{number}:
        model: {model}
        sku: Standard
        kTpm: 1
        contentFilter: Microsoft.DefaultV2
        change: inPlace
"""


UNORDERED = """
import ftdeploy.components.order as order

order.plan_writes = lambda deployments: tuple(order.Write(deployment=each, after=()) for each in deployments)

from infra.program import main

main()
"""


def write_bots(repository, accounts: dict[str, list[int]]) -> None:
    """Give dev accounts with numbered deployments of the model that dev runs."""
    head, _, rest = (repository.path / "stacks/dev.yaml").read_text(encoding="utf-8").partition("accounts:\n")
    model = next(line.split("model:")[1].split("#")[0].strip() for line in rest.splitlines() if "model:" in line)
    text = head + "accounts:\n"
    for account, numbers in accounts.items():
        text += f"  {account}:\n    name: contoso-{account}-dev\n    resourceGroup: rg-{account}-dev\n"
        text += "    region: swedencentral\n    kind: OpenAI\n    publicNetworkAccess: Enabled\n"
        text += "    deployments:\n" if numbers else ""
        text += "".join(DEPLOYMENT.format(number=number, model=model).lstrip("\n") for number in numbers)
    (repository.path / "stacks/dev.yaml").write_text(text, encoding="utf-8")


def list_conflicts(repository) -> list[dict]:
    """The requests that the pretend Azure refused because another write was going on."""
    return [each for each in repository.ask("requests?after=0")["requests"] if each["status"] == 409]


def remove_six(repository) -> dict:
    """Both ends and the middle of one account, and all of another, in one update with operations that last a second."""
    write_bots(repository, {"left": [1, 2, 3, 4, 5, 6], "right": [1, 2]})
    repository.up("dev")
    write_bots(repository, {"left": [2, 5], "right": []})
    return repository.up("dev", "--operation-seconds", "1")


def test_six_removals_in_one_update_meet_no_conflict(repository):
    result = remove_six(repository)

    assert result["changes"]["delete"] == 12  # six deployments, each in its component
    assert list_conflicts(repository) == []


def test_six_removals_conflict_without_the_order_of_writes(repository):
    """The test above can fail: the same removals, with deployments that depend on none before them."""
    (repository.path / "infra/__main__.py").write_text(UNORDERED, encoding="utf-8")
    remove_six(repository)

    assert list_conflicts(repository)
