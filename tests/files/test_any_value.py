"""Whatever value stands wherever in any file, the answer is a record or problems, never another error."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ftdeploy.errors import InputError
from ftdeploy.files.parse import parse_bytes

VALUES = st.recursive(
    st.sampled_from(["", "dev", "support-bot@1", "Standard", "ProvisionedManaged", 1, -1, 10**30, 1.5, True, None]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "base", "model", "sku", "ptu", "", "x.y", "match", "set"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def list_paths(value, path=()):
    yield path
    for key, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from list_paths(each, (*path, key))


def put(value, path, new):
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(value[path[0]], path[1:], new)
    return copy


@pytest.mark.parametrize("name", ["fleet.yaml", "stacks/dev.yaml", "models/*/*/model.yaml", "models/*/*/origins/*"])
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_anywhere_is_a_record_or_problems(repository, name, data):
    path = next(repository.root.glob(name))
    before = path.read_bytes()
    value = parse_bytes(before, name).value
    changed = put(value, data.draw(st.sampled_from(list(list_paths(value)))), data.draw(VALUES))
    path.write_text(json.dumps(changed, indent=1))

    problems = ()
    try:
        repository.load()
    except InputError as error:
        problems = error.problems
    finally:
        path.write_bytes(before)

    assert all(each.fix and each.problem and len(str(each)) < 2_000 for each in problems)
