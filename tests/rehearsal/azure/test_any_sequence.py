"""Whatever is asked in whatever order: quota adds up, one write at a time, names are unique, every operation ends."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.rehearsal.azure.pretend import Pretend, get_code, open_pretend
from tests.rehearsal.azure.scenarios import GROUP, OWN_MODEL, PROVIDER, SUBSCRIPTION, TRAINING_ACCOUNT, build_scenario

QUOTA_KTPM = 21
USAGE = "OpenAI.Standard.gpt-4o-mini-finetune"
ACCOUNTS = tuple(f"{GROUP}/{PROVIDER}/accounts/any-{letter}" for letter in "abc")
OTHER_GROUP = GROUP.replace("rg-dev", "rg-other")
TWIN = ACCOUNTS[0].replace("rg-dev", "rg-other")
MOVING = {"Accepted", "Creating", "Updating", "Deleting"}
SAYABLE = {
    "",
    "AccountProvisioningStateInvalid",
    "CanNotRestoreANonExistingResource",
    "CustomDomainCannotBeChanged",
    "CustomDomainInUse",
    "FlagMustBeSetForRestore",
    "InsufficientQuota",
    "ParentResourceNotFound",
    "RequestConflict",
    "ResourceGroupBeingDeleted",
    "ResourceGroupNotFound",
    "ResourceNotFound",
}

accounts = st.sampled_from((*ACCOUNTS, TWIN))
deployments = st.sampled_from(("one", "two", "three"))
capacities = st.integers(min_value=1, max_value=20)


class AnySequence(RuleBasedStateMachine):
    """Asks as a careless crowd would, and looks through the public addresses only."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        scenario = build_scenario()
        scenario["quota"][0]["limit"] = QUOTA_KTPM
        self.pretend: Pretend = open_pretend(Path(self.folder.name), scenario, operation_seconds=20)
        self.ask("PUT", OTHER_GROUP, {"location": "swedencentral"})
        for account, subdomain in zip(ACCOUNTS, "xyz", strict=True):
            self.put_account(account, subdomain)
        self.pretend.pass_seconds(60)

    def ask(self, method: str, path: str, body: object = None) -> object:
        self.pretend._tokens.clear()  # a token outlives no jump of the clock
        response = self.pretend.ask(method, path, body)
        assert response.status_code < 500, response.text
        assert get_code(response) in SAYABLE, response.text
        return response.json() if response.content else None

    @rule(account=accounts, subdomain=st.sampled_from(("x", "y", "any-a")))
    def put_account(self, account: str, subdomain: str) -> None:
        properties = {"customSubDomainName": subdomain}
        body = {"location": "swedencentral", "kind": "OpenAI", "sku": {"name": "S0"}, "properties": properties}
        self.ask("PUT", account, body)

    @rule(account=accounts)
    def restore_account(self, account: str) -> None:
        self.ask("PUT", account, {"location": "swedencentral", "properties": {"restore": True}})

    @rule(account=accounts)
    def delete_account(self, account: str) -> None:
        self.ask("DELETE", account)

    @rule(account=accounts, name=deployments, capacity=capacities)
    def deploy(self, account: str, name: str, capacity: int) -> None:
        model = {"format": "OpenAI", "name": TRAINED, "version": "1", "source": TRAINING_ACCOUNT}
        body = {"sku": {"name": "Standard", "capacity": capacity}, "properties": {"model": model}}
        self.ask("PUT", f"{account}/deployments/{name}", body)

    @rule(account=accounts, name=deployments, capacity=capacities)
    def resize(self, account: str, name: str, capacity: int) -> None:
        self.ask("PATCH", f"{account}/deployments/{name}", {"sku": {"name": "Standard", "capacity": capacity}})

    @rule(account=accounts, name=deployments)
    def delete_deployment(self, account: str, name: str) -> None:
        self.ask("DELETE", f"{account}/deployments/{name}")

    @rule()
    def delete_group(self) -> None:
        self.ask("DELETE", OTHER_GROUP)

    @rule()
    def make_group(self) -> None:
        self.ask("PUT", OTHER_GROUP, {"location": "swedencentral"})

    @rule(seconds=st.sampled_from((1, 19, 20, 61, 3600, 49 * 3600)))
    def wait(self, seconds: int) -> None:
        self.pretend.pass_seconds(seconds)

    @invariant()
    def quota_adds_up_and_holds(self) -> None:
        address = f"/subscriptions/{SUBSCRIPTION}/{PROVIDER}/locations/swedencentral/usages"
        usage = next(each for each in self.ask("GET", address)["value"] if each["name"]["value"] == USAGE)
        used = sum(each["sku"]["capacity"] for account in self.list_accounts() for each in self.list_in(account))
        assert used <= usage["currentValue"] <= QUOTA_KTPM

    @invariant()
    def one_write_at_a_time(self) -> None:
        rows = self.pretend.world.store.list_rows("SELECT lock FROM operations WHERE is_running = 1 AND lock != ''")
        assert all(count == 1 for count in Counter(row["lock"] for row in rows).values())

    @invariant()
    def names_are_unique(self) -> None:
        found = self.list_accounts()
        subdomains = Counter(each["properties"].get("customSubDomainName", each["name"]) for each in found)
        assert all(count == 1 for count in subdomains.values()), subdomains

    def list_accounts(self) -> list[dict]:
        return self.ask("GET", f"/subscriptions/{SUBSCRIPTION}/{PROVIDER}/accounts")["value"]

    def list_in(self, account: dict) -> list[dict]:
        return (self.ask("GET", f"{account['id']}/deployments") or {}).get("value", [])

    def teardown(self) -> None:
        """Every operation ends: an hour later nothing is on its way, and the address of each says so."""
        self.pretend.pass_seconds(3600)
        found = self.list_accounts()
        states = [each["properties"]["provisioningState"] for each in found]
        states += [each["properties"]["provisioningState"] for account in found for each in self.list_in(account)]
        running = self.pretend.world.store.list_rows("SELECT id FROM operations WHERE is_running = 1")
        self.pretend.world.store.close()
        self.folder.cleanup()
        assert not MOVING.intersection(states)
        assert running == []


TRAINED = OWN_MODEL.replace(OWN_MODEL[-32:], "1" * 32)
TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking a sequence takes minutes
)
