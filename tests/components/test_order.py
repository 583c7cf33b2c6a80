"""The order of writes within an account."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ftdeploy.components.order import plan_writes
from ftdeploy.domain.skus import Sku
from tests.components.builders import build_deployment

NAMES = st.text("abcxyz-0129", min_size=1, max_size=8)
WANTED = st.dictionaries(NAMES, st.sampled_from(list(Sku)), max_size=12)


def plan(wanted: dict[str, Sku]) -> list[tuple[str, tuple[str, ...]]]:
    deployments = [build_deployment(key=key, sku=sku) for key, sku in wanted.items()]
    return [(each.deployment.key, each.after) for each in plan_writes(deployments)]


def test_token_skus_come_first_and_provisioned_ones_last():
    wanted = {"a": Sku.PROVISIONED, "c": Sku.STANDARD, "b": Sku.GLOBAL_STANDARD}

    assert [key for key, _ in plan(wanted)] == ["b", "c", "a"]


@given(WANTED)
def test_each_write_waits_for_all_earlier_ones(wanted):
    planned = plan(wanted)

    assert [after for _, after in planned] == [
        tuple(key for key, _ in planned[:position]) for position in range(len(planned))
    ]


@given(WANTED, st.randoms(use_true_random=False))
def test_order_does_not_follow_the_file(wanted, random):
    items = list(wanted.items())
    random.shuffle(items)

    assert plan(dict(items)) == plan(wanted)


@given(WANTED, st.data())
def test_whatever_is_removed_goes_one_after_the_other(wanted, data):
    """Pulumi deletes what depends before what it depends on: of any two removals, one has to depend on the other."""
    planned = plan(wanted)
    removed = data.draw(st.sets(st.sampled_from(sorted(wanted)))) if wanted else set()
    waits = dict(planned)

    pairs = [(one, other) for one in removed for other in removed if one < other]
    assert all((one in waits[other]) != (other in waits[one]) for one, other in pairs)
