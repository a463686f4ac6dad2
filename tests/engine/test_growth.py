import pytest

from linter.engine.growth import grows_too_much
from linter.engine.syntax import parse

DOUBLED = " | ".join(["[@, @][]"] * 30)


@pytest.mark.parametrize(
    "text",
    [
        f"sessions | {DOUBLED}",
        "a" + "[].[@, @][]" * 20,
        "map(&" + DOUBLED + ", a)",
        "x && (" + DOUBLED + ")",
        "a[?b]." + "[@, @]." * 20 + "c",
        "join('', [" + ", ".join(["a"] * 2000) + "])",
        f"({DOUBLED}) == b",
        f"a[?({DOUBLED})]",
        "{a: " + DOUBLED + "}",
    ],
)
def test_what_repeats_its_input_too_often_is_refused(text):
    assert grows_too_much(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "a.b[?c == d].e | [0]",
        "join(', ', [a, b, c]) || join(', ', [d, e])",
        "map(&[@, @], a)",
        "length([@, @][] | [@, @][])",
        "(" + " && ".join(["a == b"] * 40) + ")",
    ],
)
def test_what_rules_say_is_not(text):
    assert not grows_too_much(parse(text))


def test_an_expression_that_names_of_let_made_huge_is_refused():
    node = ["comparator", "eq", ["field", "a"], ["field", "a"]]
    for _ in range(15):
        node = ["comparator", "eq", node, node]
    assert grows_too_much(node)
