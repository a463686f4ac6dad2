import math

import pytest

from linter.openclaw.selection.blocked import number


@pytest.mark.parametrize("value", [0, -1, 1.5, 10**308])
def test_a_finite_number_is_itself(value):
    assert number(value) == value


@pytest.mark.parametrize("value", [10**400, -(10**400), math.inf, -math.inf, math.nan, True, "1", None, []])
def test_anything_else_is_none_and_no_error(value):
    assert number(value) is None
