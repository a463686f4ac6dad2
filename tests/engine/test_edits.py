import pytest

from linter.engine.edits import edited
from linter.engine.finding import Edit

TABLES = {"t": [{"a": 1}, {"a": 2, "b": ["x", "y"]}, {"a": 3, "a/b~c": 4}]}


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([("set", "/t/0/a", 9)], [{"a": 9}, TABLES["t"][1], TABLES["t"][2]]),
        ([("remove", "/t/1/b")], [{"a": 1}, {"a": 2}, TABLES["t"][2]]),
        ([("remove", "/t/0"), ("remove", "/t/1")], [TABLES["t"][2]]),
        ([("remove", "/t/1"), ("set", "/t/2/a", 5)], [{"a": 1}, {"a": 5, "a/b~c": 4}]),
        ([("insert", "/t/1/b/-", "z")], [{"a": 1}, {"a": 2, "b": ["x", "y", "z"]}, TABLES["t"][2]]),
        ([("insert", "/t/1/b/0", "z")], [{"a": 1}, {"a": 2, "b": ["z", "x", "y"]}, TABLES["t"][2]]),
        ([("set", "/t/1/b/0", "z")], [{"a": 1}, {"a": 2, "b": ["z", "y"]}, TABLES["t"][2]]),
        ([("remove", "/t/2/a~1b~0c")], [{"a": 1}, TABLES["t"][1], {"a": 3}]),
        ([("remove", "/t/0/missing")], TABLES["t"]),
    ],
)
def test_pointers_mean_the_tables_before_any_edit(edits, expected):
    before = str(TABLES)
    assert edited(TABLES, [Edit(action, "given", *rest) for action, *rest in edits])["t"] == expected
    assert str(TABLES) == before


def test_a_pointer_to_nowhere_is_an_error():
    with pytest.raises(LookupError):
        edited(TABLES, [Edit("set", "given", "/u/0/a", 1)])
