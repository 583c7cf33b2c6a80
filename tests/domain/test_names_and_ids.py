"""What names and ids tell, in any letter case where they are Azure's."""

import pytest

from ftdeploy.domain.models import BaseModel, find_base, is_fine_tuned_name
from ftdeploy.domain.resource_ids import find_account_id, get_account_id
from ftdeploy.domain.skus import Sku, find_sku

HEX = "0e208cf33a6a466994aff31a08aba678"
ID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/n"


@pytest.mark.parametrize(
    ("name", "base"),
    [
        pytest.param(f"gpt-4o-mini-2024-07-18.ft-{HEX}", ("gpt-4o-mini", "2024-07-18"), id="plain"),
        pytest.param(f"gpt-4o-2024-08-06.ft-{HEX}-suffix", ("gpt-4o", "2024-08-06"), id="suffix of Azure"),
        pytest.param(f"gpt-4.1-2025-04-14.ft-{HEX}:suffix", ("gpt-4.1", "2025-04-14"), id="suffix of OpenAI"),
    ],
)
def test_fine_tuned_name_tells_its_base(name, base):
    assert find_base(name) == BaseModel(name=base[0], version=base[1])
    assert is_fine_tuned_name(name)


@pytest.mark.parametrize("name", [f"ftchkpt-{HEX}"], ids=["checkpoint"])
def test_checkpoint_tells_no_base(name):
    assert find_base(name) is None
    assert is_fine_tuned_name(name)


@pytest.mark.parametrize("name", ["gpt-4o-mini", "", f"gpt-4o.ft-{HEX}", f"ftchkpt-{HEX[1:]}"])
def test_other_names_are_none_of_fine_tuned_models(name):
    assert not is_fine_tuned_name(name)


def test_account_id_is_read_in_any_letter_case():
    assert get_account_id(ID).is_same(get_account_id(ID.upper().replace("/S/", "/s/")))
    assert str(get_account_id(ID)) == ID


@pytest.mark.parametrize("text", ["", "n", f"{ID}/deployments/d", ID.replace("accounts", "vaults")])
def test_text_that_is_no_account_id_is_refused(text):
    assert find_account_id(text) is None
    with pytest.raises(ValueError, match="is not an account's id"):
        get_account_id(text)


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        pytest.param("standard", Sku.STANDARD, id="small letters"),
        pytest.param("PROVISIONEDSTANDARD", Sku.PROVISIONED, id="the old name"),
        pytest.param("ProvisionedManaged", Sku.PROVISIONED, id="the new name"),
        pytest.param("GlobalBatch", None, id="another"),
    ],
)
def test_azures_sku_is_read_in_any_letter_case(text, sku):
    assert find_sku(text) is sku
