"""Functions made of a rule's expressions are made once, and never taken for those of other expressions."""

from linter.engine import once as module
from linter.engine.expression import values
from linter.engine.once import once


def test_of_the_same_nodes_it_is_made_once():
    node = ["field", "a"]
    assert once(values, [node]) is once(values, [node])
    assert once(values, [node]) is not once(values, [["field", "a"]])


def test_what_is_made_depends_on_the_maker_and_on_what_it_is_given():
    node = ["field", "a"]
    told = {once(lambda nodes, more: (nodes, more), [node], more)[1] for more in ("x", "y")}
    assert told == {"x", "y"}


def test_nodes_that_come_and_go_are_never_mixed_up():
    for number in range(module.MOST * 2):
        name = f"n{number}"
        assert once(values, [["field", name]])({name: number}) == number
    assert len(module._made) <= module.MOST
