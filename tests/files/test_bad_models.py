"""Bad model and origin files, told at the file itself."""

import pytest

from ftdeploy.errors import InputError
from ftdeploy.files.models import load_models

ORIGIN = (
    "account: /subscriptions/10000000-0000-4000-8000-0000000000b1/resourceGroups/rg-training"
    "/providers/Microsoft.CognitiveServices/accounts/contoso-training-swc\n"
    "name: gpt-4o-mini-2024-07-18.ft-0e208cf33a6a466994aff31a08aba678\n"
)


@pytest.fixture
def folder(repository):
    return f"models/support-bot/{repository.model_id}"


def test_altered_model_file_is_refused_with_both_digests(repository, folder):
    text = (repository.root / folder / "model.yaml").read_text()
    repository.write(f"{folder}/model.yaml", text + "# edited\n")

    (found,) = repository.find_problems()

    assert found.where.name == f"{folder}/model.yaml"
    assert repository.model_id in found.problem
    assert f"`git checkout -- {folder}/model.yaml`" in found.fix


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        pytest.param("base: {}\n", "base.name", "missing", id="no base"),
        pytest.param(
            'base: {name: gpt-4o-min, version: "2024-07-18"}\n', "base.name", "did you mean", id="misspelt base"
        ),
        pytest.param('base: {name: gpt-4o, version: "2024-02-31"}\n', "base.version", "not a date", id="no such day"),
        pytest.param("base: {name: gpt-4o, version: 2024-07-18}\n", "base.version", "not quoted", id="unquoted date"),
        pytest.param("trainingDataSha256: abc\n", "trainingDataSha256", "64 lower-case hex", id="short digest"),
    ],
)
def test_bad_model_file_is_told_with_its_key(repository, folder, text, key, words):
    whole = text + ("" if "Sha" in text else f"trainingDataSha256: {'a' * 64}\n")
    repository.write(
        f"{folder}/model.yaml", whole if "base" in text else whole + "base: {name: gpt-4o, version: '2024-08-06'}\n"
    )

    found = [each for each in repository.find_problems() if each.where.key == key]

    assert found
    assert words in str(found[0])


def test_origin_with_another_digest_is_refused(repository, folder):
    (path,) = (repository.root / folder / "origins").iterdir()
    path.write_text(ORIGIN + "# edited\n")

    (found,) = [each for each in repository.find_problems() if "digest" in each.problem]

    assert found.where.name == f"{folder}/origins/{path.name}"
    assert "name it `eu." in found.fix


def test_origin_without_digest_is_told_its_name(repository, folder):
    repository.write(f"{folder}/origins/us.yaml", ORIGIN)

    (found,) = repository.find_problems()

    assert "its name says none" in found.problem


def test_two_current_origins_for_one_geography_are_refused(repository):
    repository.add_origin(ORIGIN + "# second\n")

    (found,) = repository.find_problems()

    assert "2 origins are current for geography eu" in found.problem
    assert "`supersedes: " in found.fix


def test_superseding_origin_is_the_current_one(repository):
    text = ORIGIN.replace("0e208cf3", "11111111")
    first = next((repository.root / "models").rglob("eu.*.yaml")).name.split(".")[1]
    repository.add_origin(f"{text}supersedes: {first}\n")

    (account,) = repository.load().stack.accounts

    assert "11111111" in account.deployments[0].model.name


def test_superseding_an_unknown_origin_is_refused(repository):
    repository.add_origin(f"{ORIGIN}supersedes: {'0' * 12}\n")

    found = [each for each in repository.find_problems() if each.where.key == "supersedes"]

    assert "there is no origin `000000000000`" in found[0].problem


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param("gpt-4o-mini-2024-07-18", "gpt-4o-2024-08-06", "tells the base gpt-4o", id="another base"),
        pytest.param(".ft-", ".xx-", "not the name of a fine-tuned model", id="no fine-tuned model"),
        pytest.param("account: /", "account: ", "not an account's id", id="no account"),
        pytest.param("account:", "acount:", "did you mean `account`", id="misspelt key"),
    ],
)
def test_bad_origin_is_told_at_its_file(repository, old, new, words):
    repository.add_origin(ORIGIN.replace(old, new), geography="us")

    (found,) = repository.find_problems()

    assert "/origins/us." in found.where.name
    assert words in str(found)


def test_file_that_is_no_origin_is_refused(repository, folder):
    repository.write(f"{folder}/origins/notes.txt", "x")

    (found,) = repository.find_problems()

    assert "not an origin file" in found.problem


def test_all_models_are_loaded_sorted(repository):
    (model,) = load_models(repository.root, repository.facts)

    assert model.reference == f"support-bot@{repository.model_id}"
    assert [each.geography for each in model.origins] == ["eu"]


def test_problems_of_all_models_are_told_at_once(repository):
    repository.write("models/a/000000000000/model.yaml", "x: 1\n")
    repository.write("models/b/000000000000/model.yaml", "x: 1\n")

    with pytest.raises(InputError) as caught:
        load_models(repository.root, repository.facts)

    assert {each.where.name[:8] for each in caught.value.problems} == {"models/a", "models/b"}
