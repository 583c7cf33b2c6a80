"""An account with a key of one's own and logs: made, kept as it is, and removed."""

from __future__ import annotations

from tests.journey.repository import Repository

_BELOW = "/subscriptions/10000000-0000-4000-8000-0000000000d1/resourceGroups/rg-x/providers"
IDENTITY = f"{_BELOW}/Microsoft.ManagedIdentity/userAssignedIdentities/openai"
WORKSPACE = f"{_BELOW}/Microsoft.OperationalInsights/workspaces/logs"
SECURED = f"""\
    publicNetworkAccess: Enabled
    diagnostics: {WORKSPACE}
    customerManagedKey:
      vault: https://contoso.vault.azure.net/
      key: openai
      version: "1"
      identity: {IDENTITY}
      identityClientId: 10000000-0000-4000-8000-00000000c0de
"""


def test_account_with_key_and_logs_comes_stays_and_goes(repository: Repository) -> None:
    repository.edit("stacks/dev.yaml", "    publicNetworkAccess: Enabled\n", SECURED)

    repository.up("dev")
    again = repository.up("dev")
    sent = [each for each in repository.ask("requests?after=0")["requests"] if each["method"] == "PUT"]
    made = repository.made()
    repository.rehearse("destroy", "dev", "--engine", "embedded")

    assert set(again["changes"]) == {"same"}
    assert any("microsoft.insights/diagnosticsettings/ftdeploy" in each for each in made)
    assert [each["status"] for each in sent if each["status"] >= 400] == []
    assert repository.made() == set()
