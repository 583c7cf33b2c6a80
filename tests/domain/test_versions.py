"""Requirements on ftdeploy's version."""

import pytest

from ftdeploy.domain.versions import is_allowed, parse_requirement


@pytest.mark.parametrize(
    ("requirement", "version", "expected"),
    [
        pytest.param("ftdeploy>=0.1,<1", "0.1.0", True, id="at the bound"),
        pytest.param("ftdeploy>=0.1,<1", "1.0", False, id="at the upper bound"),
        pytest.param("ftdeploy>=0.1,<1", "0.10.2", True, id="ten is more than two"),
        pytest.param("ftdeploy >= 0.2", "0.1.9", False, id="too old"),
        pytest.param("ftdeploy==0.1", "0.1.0", True, id="zeros count for nothing"),
        pytest.param("ftdeploy!=0.1.0", "0.1", False, id="excluded"),
        pytest.param("ftdeploy>0.1", "0.2.0.dev3", True, id="development version"),
        pytest.param("ftdeploy<=0.1", "0.1.1", False, id="at most"),
    ],
)
def test_version_fits_its_requirement(requirement, version, expected):
    clauses = parse_requirement(requirement)

    assert clauses is not None
    assert is_allowed(version, clauses) is expected


@pytest.mark.parametrize(
    "text", ["", "ftdeploy", "ftdeploy~=0.1", "ftdeploy>=0.1.*", "other>=1", "ftdeployer>=1", ">=1", "ftdeploy>=0.1,"]
)
def test_requirement_of_another_form_is_not_read(text):
    assert parse_requirement(text) is None
