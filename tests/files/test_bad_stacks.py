"""Every kind of bad stack file: what is said, where, and what to type."""

import pytest

from ftdeploy.errors import InputError
from ftdeploy.files.load import load_stacks

ACCOUNT = "accounts.support"
BOT = f"{ACCOUNT}.deployments.support-bot"
TRAINING = (
    "/subscriptions/10000000-0000-4000-8000-0000000000b1/resourceGroups/rg-training"
    "/providers/Microsoft.CognitiveServices/accounts/contoso-training-swc"
)
EXISTING = TRAINING.replace("0b1", "0d1").replace("training", "support")
NEW_KEYS = """    name: contoso-support-dev
    resourceGroup: rg-support-dev
    region: swedencentral
    kind: OpenAI
    publicNetworkAccess: Enabled
"""
INLINE = f"model: {{name: NAME, account: {TRAINING}}}"
FINE_TUNED = "gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678"
CHECKPOINT = "ftchkpt-e559c011ecc04fc68eaa339d8227d02d"
MODEL = "model: support-bot@MODEL_ID"
CAPACITY = "sku: Standard\n        kTpm: 10"


def case(name, old, new, expected):
    """One change of the sample stack; expected = (line, key, *parts of the message)."""
    return pytest.param(old, new, expected, id=name)


KEYS = [
    case("unknown key", "stage: dev", "stage: dev\nwaves: 1", (2, "waves", "no key `waves`", "did you mean `wave`")),
    case("key of Azure", "region:", "location:", (10, f"{ACCOUNT}.location", "no key `location`", "`region`")),
    case("misspelt key", "geography:", "geografy:", (2, "geografy", "did you mean `geography`")),
    case("letter case of a key", "kTpm:", "ktpm:", (21, f"{BOT}.ktpm", "not a unit", "write `kTpm: 10`")),
    case("missing stage", "stage: dev\n", "", (1, "stage", "`stage` is missing", "such as `stage: dev`")),
    case("missing tenant", "tenant: ", "#", (1, "tenant", "`tenant` is missing")),
    case("missing owner", "owner: ", "#", (1, "owner", "`owner` is missing", "fleet.yaml")),
    case("missing region", "    region: swedencentral\n", "", (7, f"{ACCOUNT}.region", "`region` is missing")),
    case("missing kind", "    kind: OpenAI\n", "", (7, f"{ACCOUNT}.kind", "missing", "OpenAI, AIServices")),
    case(
        "missing network", "    publicNetworkAccess: Enabled\n", "", (7, f"{ACCOUNT}.publicNetworkAccess", "Disabled")
    ),
    case("missing sku", "sku: Standard", "# none", (18, f"{BOT}.sku", "`sku` is missing", "GlobalStandard")),
    case("missing model", MODEL, "# none", (18, f"{BOT}.model", "`model` is missing", "such as `model: ")),
    case("missing principal type", "principalType: ", "# ", (14, f"{ACCOUNT}.access[0].principalType", "missing")),
    case("key without value", "kTpm: 10", "kTpm:", (21, f"{BOT}.kTpm", "`kTpm` has no value")),
    case("nothing for an account", NEW_KEYS, "", (7, ACCOUNT, "which account", "`existing:`")),
    case("accounts as a list", "accounts:\n", "accounts: []\nx:\n", (6, "accounts", "not a mapping")),
]
CAPACITIES = [
    case("bare capacity", "kTpm: 10", "capacity: 10", (21, f"{BOT}.capacity", "not a unit", "write `kTpm: 10`")),
    case(
        "bare capacity on a provisioned SKU",
        CAPACITY,
        "sku: ProvisionedManaged\n        capacity: 50",
        (21, f"{BOT}.capacity", "not a unit", "write `ptu: 50`"),
    ),
    case("tokens a minute", "kTpm: 10", "tpm: 10000", (21, f"{BOT}.tpm", "not a unit", "write `kTpm: 10`")),
    case("number with a letter", "kTpm: 10", "kTpm: 10k", (21, f"{BOT}.kTpm", "`10k` is not a whole", "`kTpm: 10`")),
    case("quoted number", "kTpm: 10", 'kTpm: "10"', (21, f"{BOT}.kTpm", "not a whole number", "`kTpm: 10`")),
    case("fraction", "kTpm: 10", "kTpm: 1.5", (21, f"{BOT}.kTpm", "`1.5` is not a whole number")),
    case("octal number", "kTpm: 10", "kTpm: 010", (21, f"{BOT}.kTpm", "`010` is not a whole number")),
    case("no capacity at all", "kTpm: 10", "", (18, f"{BOT}.kTpm", "capacity is missing", "write `kTpm:`")),
    case("zero", "kTpm: 10", "kTpm: 0", (21, f"{BOT}.kTpm", "cannot be `0`", "`kTpm: 1` or more")),
    case("ptu on a token SKU", "kTpm: 10", "ptu: 50", (21, f"{BOT}.ptu", "`ptu` stands beside", "write `kTpm:`")),
    case(
        "kTpm on a provisioned SKU",
        "sku: Standard",
        "sku: ProvisionedStandard",
        (21, f"{BOT}.kTpm", "beside `sku: ProvisionedStandard`", "write `ptu:`"),
    ),
    case("both units", "kTpm: 10", "kTpm: 10\n        ptu: 50", (21, f"{BOT}.kTpm", "both stand", "keep `kTpm`")),
]
WORDS = [
    case("sku in small letters", "sku: Standard", "sku: standard", (20, f"{BOT}.sku", "Write `sku: Standard`")),
    case("sku of the portal", "sku: Standard", "sku: Developer", (20, f"{BOT}.sku", "mean `DeveloperTier`")),
    case("sku not for these", "sku: Standard", "sku: GlobalBatch", (20, f"{BOT}.sku", "cannot be `GlobalBatch`")),
    case("misspelt region", "swedencentral", "swedencentrall", (10, f"{ACCOUNT}.region", "mean `swedencentral`")),
    case(
        "region of the portal", "swedencentral", "Sweden Central", (10, f"{ACCOUNT}.region", "`region: swedencentral`")
    ),
    case(
        "misspelt role",
        "role: Cog",
        "role: cog",
        (16, f"{ACCOUNT}.access[0].role", "mean `Cognitive Services OpenAI U"),
    ),
    case("wrong principal type", "ServicePrincipal", "App", (15, f"{ACCOUNT}.access[0].principalType", "User, Group")),
    case(
        "wrong principal", "10000000-0000-4000-8000-00000000c011", "bot", (14, f"{ACCOUNT}.access[0].principal", "GUID")
    ),
    case("wrong tenant", "-000000000001", "-1", (3, "tenant", "not a GUID", "10000000-")),
    case("wrong kind", "kind: OpenAI\n", "kind: openai\n", (11, f"{ACCOUNT}.kind", "`kind: OpenAI`")),
    case("escape sequence", "stage: dev", 'stage: "\\e[31m"', (1, "stage", "no stage `\\x1b[31m`")),
    case("unknown stage", "stage: dev", "stage: dve", (1, "stage", "no stage `dve`", "`dev`", "dev, prod")),
    case("yes for true", "kTpm: 10", "kTpm: 10\n        protect: yes", (22, f"{BOT}.protect", "`yes` is not `true`")),
    case("wrong change", "kTpm: 10", "kTpm: 10\n        change: inplace", (22, f"{BOT}.change", "`change: inPlace`")),
    case(
        "apiSku on a token SKU",
        "kTpm: 10",
        "kTpm: 10\n        apiSku: ProvisionedStandard",
        (22, f"{BOT}.apiSku", "remove"),
    ),
    case(
        "another apiSku",
        CAPACITY,
        "sku: ProvisionedManaged\n        ptu: 50\n        apiSku: x",
        (22, f"{BOT}.apiSku", "cannot be"),
    ),
    case("deployment name", "support-bot:", "support bot:", (18, f"{ACCOUNT}.deployments.support bot", "64 letters")),
    case("account name", "name: contoso-support-dev", "name: -x", (8, f"{ACCOUNT}.name", "not an account name")),
    case(
        "load without a number",
        "kTpm: 10",
        "kTpm: 10\n        load: {rpm: 3, promptTokens: 8}",
        (22, f"{BOT}.load.completionTokens", "missing"),
    ),
]
REFERENCES = [
    case(
        "unknown model",
        "support-bot@MODEL_ID",
        "suport-bot@MODEL_ID",
        (19, f"{BOT}.model", "no model named", "did you mean `support-bot@"),
    ),
    case("unknown id", "@MODEL_ID", "@000000000000", (19, f"{BOT}.model", "no model `support-bot@000000000000`")),
    case("model without id", "@MODEL_ID", "", (19, f"{BOT}.model", "`<name>@<id>`", "model: support-bot@")),
    case("bare fine-tuned model", "support-bot@MODEL_ID", FINE_TUNED, (19, f"{BOT}.model", "account: /subscriptions")),
    case(
        "no origin for the geography",
        "geography: eu",
        "geography: us",
        (19, f"{BOT}.model", "no origin for geography us"),
    ),
    case(
        "inline base model",
        MODEL,
        INLINE.replace("NAME", "gpt-4o-mini"),
        (19, f"{BOT}.model.name", "not the name of a fine"),
    ),
    case(
        "inline checkpoint without base",
        MODEL,
        INLINE.replace("NAME", CHECKPOINT),
        (19, f"{BOT}.model.base", "`base` is missing"),
    ),
    case(
        "inline with another base",
        MODEL,
        INLINE.replace("NAME", FINE_TUNED).replace("}", ', base: {name: gpt-4o, version: "2024-08-06"}}'),
        (19, f"{BOT}.model.name", "tells the base gpt-4o-mini"),
    ),
    case(
        "inline with a misspelt base",
        MODEL,
        INLINE.replace("NAME", CHECKPOINT).replace("}", ', base: {name: gpt-4o-minni, version: "2024-08-06"}}'),
        (19, f"{BOT}.model.base.name", "no base model `gpt-4o-minni`", "`gpt-4o-mini`"),
    ),
    case(
        "unquoted date",
        MODEL,
        INLINE.replace("NAME", CHECKPOINT).replace("}", ", base: {name: gpt-4o, version: 2024-08-06}}"),
        (19, f"{BOT}.model.base.version", "2024-08-06 is not quoted", 'version: "2024-08-06"'),
    ),
    case(
        "inline account",
        MODEL,
        f"model: {{name: {FINE_TUNED}, account: contoso}}",
        (19, f"{BOT}.model.account", "account's id"),
    ),
    case(
        "existing and new",
        "    name:",
        f"    existing: {EXISTING}\n    name:",
        (9, f"{ACCOUNT}.name", "beside `existing`"),
    ),
    case("existing elsewhere", NEW_KEYS, f"    existing: {TRAINING}\n", (8, f"{ACCOUNT}.existing", "in subscription")),
    case("existing is no id", NEW_KEYS, "    existing: contoso\n", (8, f"{ACCOUNT}.existing", "/subscriptions/<guid>")),
]


@pytest.mark.parametrize(("old", "new", "expected"), [*KEYS, *CAPACITIES, *WORDS, *REFERENCES])
def test_bad_stack_is_told_with_line_key_and_fix(repository, old, new, expected):
    line, key, *parts = expected

    repository.write_stack(old, new)

    found = [each for each in repository.find_problems() if (each.where.line, each.where.key) == (line, key)]
    assert found, [str(each) for each in repository.find_problems()]
    assert all(part.replace("MODEL_ID", repository.model_id) in str(found[0]) for part in parts), str(found[0])
    assert found[0].where.name == "stacks/dev.yaml"


def test_all_problems_of_all_files_are_told_at_once(repository):
    repository.write("fleet.yaml", "requires: ftdeploy>=9\nstages: {dev: {}}\n")
    repository.write(f"models/support-bot/{repository.model_id}/model.yaml", "base: {}\n")
    repository.write_stack("sku: Standard", "sku: standard\n        extra: 1")

    found = {each.where.name for each in repository.find_problems()}

    assert found == {"fleet.yaml", f"models/support-bot/{repository.model_id}/model.yaml", "stacks/dev.yaml"}


def test_misspelt_key_is_not_told_as_missing_too(repository):
    repository.write_stack("geography:", "geografy:")

    assert [each.where.key for each in repository.find_problems()] == ["geografy"]


def test_one_azure_account_under_two_keys_is_refused(repository):
    second = "  other:\n    existing: " + EXISTING.replace("rg-support", "RG-SUPPORT-DEV").replace("-swc", "-dev")
    repository.write_stack("accounts:\n", f"accounts:\n{second}\n")

    (found,) = repository.find_problems()

    assert found.where.key == "accounts.support"
    assert "`other` is the same Azure account" in found.problem


def test_deployments_that_differ_by_letter_case_are_refused(repository):
    repository.write_stack("    deployments:\n", "    deployments:\n      Support-Bot: {}\n")

    found = [each for each in repository.find_problems() if "are one deployment" in each.problem]

    assert [each.where.line for each in found] == [19]


def test_role_given_twice_is_refused(repository):
    entry = "- principal: 10000000-0000-4000-8000-00000000c011\n        principalType: ServicePrincipal\n"
    entry += "        role: Cognitive Services OpenAI User\n"
    repository.write_stack("    access:\n", f"    access:\n      {entry}")

    (found,) = repository.find_problems()

    assert (found.where.line, found.where.key) == (17, "accounts.support.access[1]")


@pytest.mark.parametrize("name", ["dve", "../dev", "Pulumi.dev", ""], ids=["misspelt", "outside", "Pulumi's", "empty"])
def test_unknown_stack_is_refused_with_the_known_ones(repository, name):
    repository.write("stacks/Pulumi.dev.yaml", "config: {}\n")

    (found,) = repository.find_problems(name)

    assert f"no stack `{name}`" in found.problem
    assert found.allowed == ("dev",)


def test_problems_of_all_stacks_are_told_once_each(repository):
    repository.write("stacks/other.yaml", "stage: dev\n")
    repository.write("fleet.yaml", "requires: ftdeploy>=9\nstages: {dev: {}}\n")

    with pytest.raises(InputError) as caught:
        load_stacks(repository.root, repository.facts)

    assert [each.where.name for each in caught.value.problems].count("fleet.yaml") == 1
