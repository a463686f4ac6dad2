from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.engine.yaml_text import read_yaml
from linter.views.rows_text import tables_yaml

SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(st.characters(max_codepoint=0xD7FF)))
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3), max_leaves=6)
ROWS = st.dictionaries(st.sampled_from(["id", "agent", "pin", "a.b"]), VALUES, min_size=1)
NAMES = st.sampled_from(["sessions", "profiles", "meta"])


@given(st.dictionaries(NAMES, st.one_of(st.lists(ROWS, max_size=3), ROWS)), st.booleans())
def test_what_is_shown_reads_as_the_same_tables(tables, marked):
    marks = [f"/{name}/0/pin" for name in tables] if marked else []
    assert (read_yaml(Path("x"), tables_yaml(tables, marks)).value or {}) == tables


def test_a_row_that_fits_takes_one_line():
    assert tables_yaml({"meta": {"era": "J"}, "sessions": [{"key": "a:b", "live": True}]}) == (
        'meta: {era: J}\nsessions:\n  - {key: "a:b", live: true}'
    )


@pytest.mark.parametrize(
    ("pointer", "shown"),
    [
        ("/sessions/0", "  - {key: k, pin: p}  # <-"),
        ("/sessions/0/pin", "  - key: k\n    pin: p  # <-"),
        ("/sessions/0/pin/3", "  - key: k\n    pin: p  # <-"),
        ("/sessions/0/absent", "  - key: k  # <-\n    pin: p"),
        ("/sessions/1", "  - {key: k, pin: p}"),
    ],
)
def test_a_reported_place_is_marked_at_its_line(pointer, shown):
    assert tables_yaml({"sessions": [{"key": "k", "pin": "p"}]}, {pointer}) == f"sessions:\n{shown}"


def test_a_row_that_lies_elsewhere_is_marked_by_its_own_pointer():
    row = {"id": "x", "at": {"source": "config", "pointer": "/auth/order/0"}}
    assert "# <-" in tables_yaml({"orders": [row]}, {"/auth/order/0"})


def test_a_long_row_has_a_line_for_each_field():
    row = {"path": "p" * 60, "realpath": "r" * 60}
    assert tables_yaml({"files": [row]}).splitlines() == [
        "files:",
        f"  - path: {'p' * 60}",
        f"    realpath: {'r' * 60}",
    ]
