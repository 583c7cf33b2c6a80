from __future__ import annotations

import pytest

HELP = """\
Usage: ftdeploy [OPTIONS] COMMAND [ARGS]...

  Check, promote, watch and ask fine-tuned Azure OpenAI models.

Options:
  -C DIR     The repository, when it is not here.
  --verbose  On errors, show what the libraries said.
  --version  Show the version.
  --help     Show this message and exit.

Commands:
  check    Say everything that is wrong with stacks, fleet and models.
  size     Size provisioned throughput for a load, or for measured traffic.
  cost     Add up what deployments, accounts and stacks cost in a month.
  guard    Refuse an update that takes away what must stay.
  promote  Bring a model to a stage, as one commit.
  idle     List age and last call of a stack's deployments.
  ask      Ask a deployment one question.
  purge    List or purge the deleted accounts of a stack.
  schema   Print the JSON schema of a kind of file, for editors.
  catalog  Show, compare and refresh the figures about Azure.
"""


@pytest.fixture(autouse=True)
def _narrow(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")


def test_help_lists_every_command(command):
    told = command("--help")

    assert (told.exit_code, told.out) == (0, HELP)


@pytest.mark.parametrize(
    ("name", "usage"),
    [
        ("check", "[OPTIONS] [STACK]..."),
        ("promote", "[OPTIONS] MODEL"),
        ("idle", "[OPTIONS] STACK"),
        ("ask", "[OPTIONS] STACK DEPLOYMENT QUESTION"),
        ("purge", "[OPTIONS] STACK"),
        ("schema", "[OPTIONS] {stack|fleet|model|origin}"),
    ],
)
def test_command_has_help(command, name, usage):
    told = command(name, "--help")

    assert told.exit_code == 0
    assert told.out.startswith(f"Usage: ftdeploy {name} {usage}\n")
