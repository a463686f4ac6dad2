import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.engine.template import Hole, TemplateError, render, show, split


def test_holes_are_split_from_text():
    assert split("a {b.c} d {{x}} {e}") == ["a ", Hole("b.c", 3), " d {x} ", Hole("e", 17)]


def test_quotes_and_nested_braces_belong_to_the_hole():
    assert split("{join('}', a)}{ {x: `\"{\"`} }") == [Hole("join('}', a)", 1), Hole(' {x: `"{"`} ', 15)]


@pytest.mark.parametrize(("template", "offset"), [("a {b", 2), ("a } b", 2), ("{'a}", 0)])
def test_an_unbalanced_brace_is_an_error_at_its_place(template, offset):
    with pytest.raises(TemplateError) as caught:
        split(template)
    assert caught.value.offset == offset


@given(st.text())
def test_escaped_text_comes_back(text):
    assert "".join(split(text.replace("{", "{{").replace("}", "}}"))) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "none"),
        ("x", "x"),
        (True, "true"),
        (3, "3"),
        (["a", None, 2], "a, none, 2"),
        ([], ""),
        ({"fingerprint": "ab12", "kind": "jwt", "claims": {"email": "me"}}, "ab12"),
        ({"b": 1, "c": 2}, "b, c"),
    ],
)
def test_values_are_shown_for_people(value, expected):
    assert show(value) == expected


def test_rendering_fills_the_holes():
    assert render(["a ", lambda scope: scope["x"], "!"], {"x": 1}) == "a 1!"
