"""Tags tell what is there, and are read back."""

from __future__ import annotations

from ftdeploy.domain.tags import find_tagged_base, list_deployment_tags, list_stack_tags
from tests.components.builders import build_deployment, build_stack


def test_base_is_read_back_from_the_tags():
    deployment = build_deployment()

    assert find_tagged_base(list_deployment_tags(deployment, build_stack())) == deployment.model.base


def test_tags_of_others_tell_no_base():
    assert find_tagged_base({"team": "support"}) is None


def test_account_tags_say_whom_to_ask():
    assert list_stack_tags(build_stack()) == {
        "ftdeploy-owner": "support-platform@contoso.example",
        "ftdeploy-stage": "dev",
        "ftdeploy-geography": "eu",
    }
