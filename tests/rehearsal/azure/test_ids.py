"""What a Resource Manager path names."""

from __future__ import annotations

import pytest

from ftdeploy.rehearsal.azure.ids import parse_arm_path

GROUP = "/subscriptions/s/resourceGroups/g"
ACCOUNT = f"{GROUP}/providers/Microsoft.CognitiveServices/accounts/a"
ASSIGNMENTS = "providers/Microsoft.Authorization/roleAssignments"


@pytest.mark.parametrize(
    ("path", "type_name", "name", "parent"),
    [
        ("/subscriptions/s", "Microsoft.Resources/subscriptions", "s", ""),
        (GROUP, "Microsoft.Resources/subscriptions/resourceGroups", "g", "/subscriptions/s"),
        (f"{GROUP}/resources", "Microsoft.Resources/subscriptions/resourceGroups/resources", "", GROUP),
        (ACCOUNT, "Microsoft.CognitiveServices/accounts", "a", GROUP),
        (f"{ACCOUNT}/deployments/d", "Microsoft.CognitiveServices/accounts/deployments", "d", ACCOUNT),
        (f"{ACCOUNT}/listKeys", "Microsoft.CognitiveServices/accounts/listKeys", "", ACCOUNT),
        (f"{ACCOUNT}/{ASSIGNMENTS}/r", "Microsoft.Authorization/roleAssignments", "r", ACCOUNT),
        (f"/subscriptions/s/{ASSIGNMENTS}", "Microsoft.Authorization/roleAssignments", "", "/subscriptions/s"),
        (f"/{ASSIGNMENTS}/r", "Microsoft.Authorization/roleAssignments", "r", ""),
    ],
    ids=["subscription", "group", "list", "account", "child", "action", "extension", "collection", "root"],
)
def test_path_names_type_name_and_parent(path: str, type_name: str, name: str, parent: str) -> None:
    found = parse_arm_path(path)

    assert (found.id, found.type, found.name, found.parent) == (path, type_name, name, parent)


def test_known_words_get_azures_spelling_and_names_keep_theirs() -> None:
    found = parse_arm_path(
        "/SUBSCRIPTIONS/S/resourcegroups/Providers/providers/microsoft.cognitiveservices/Accounts/A/"
    )

    assert found.id == "/subscriptions/S/resourceGroups/Providers/providers/Microsoft.CognitiveServices/accounts/A"
    assert found.group == "Providers"


def test_group_is_empty_outside_of_any() -> None:
    assert parse_arm_path("/subscriptions/S/providers/Microsoft.CognitiveServices/accounts").group == ""
