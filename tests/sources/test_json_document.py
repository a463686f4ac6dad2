import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.sources.json_document import JsonDocument, parse_json
from linter.sources.paths import join


def document(text):
    return JsonDocument("a.json", Path("/s/a.json"), "a.json", text, "", problem=parse_json(text).problem)


def cut(doc, region):
    return doc.text[region.start.offset : region.end.offset]


def walk(value, pointer=""):
    yield pointer, value
    children = (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    )
    for name, child in children:
        yield from walk(child, join(pointer, name))


characters = st.characters(exclude_categories=["Cs"])
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    scalars | st.text(characters, max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(characters | st.sampled_from('~/"\\'), max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values, st.sampled_from([None, 2, "\t"]), st.booleans(), st.sampled_from(["", "\ufeff", " \r\n"]))
def test_every_pointer_leads_to_the_text_of_its_value(value, indent, ascii_only, before):
    doc = document(before + json.dumps(value, indent=indent, ensure_ascii=ascii_only) + "\n")
    assert doc.problem is None
    for pointer, part in walk(value):
        assert json.loads(cut(doc, doc.region(pointer))) == part
        children = doc.members(pointer)
        names = (
            list(part) if isinstance(part, dict) else list(range(len(part) if isinstance(part, list) else 0))
        )
        assert [child.name for child in children] == names
        for child in children:
            assert json.loads(doc.text[slice(*child.value)]) == part[child.name]
            assert child.key is None or json.loads(doc.text[slice(*child.key)]) == child.name


def test_line_column_and_offset_count_code_points():
    doc = document('{\r\n  "\U0001f600": "ü",\r\n  "b": [1,\n 22]}')
    assert doc.region("/b/1").start == (4, 2, 28)
    assert doc.region("/\U0001f600").start == (2, 8, 10)
    assert doc.region("/b").end == (4, 5, 31)


def test_a_byte_order_mark_counts_in_offsets_but_not_in_columns():
    assert document('\ufeff{"a": 1}').region("/a").start == (1, 7, 7)


def test_of_duplicate_keys_the_last_is_found_and_all_are_listed():
    doc = document('{"a": 1, "b": 2, "a": 3}')
    assert cut(doc, doc.region("/a")) == "3"
    children = [(child.name, doc.text[slice(*child.value)]) for child in doc.members("")]
    assert children == [("a", "1"), ("b", "2"), ("a", "3")]


def test_what_does_not_exist_is_shown_at_its_nearest_ancestor():
    doc = document('{"a": {"b": [1]}}')
    assert cut(doc, doc.region("/a/x/y")) == '{"b": [1]}'
    assert cut(doc, doc.region("/a/b/1")) == "[1]"
    assert cut(doc, doc.region("/a/b/00")) == "[1]"
    assert cut(doc, doc.region("/a/b/0/deeper")) == "1"
    assert not doc.members("/a/x")


def test_escaped_keys_are_found_by_their_meaning():
    doc = document(r'{"a\/b": 1, "\u00fc": 2, "q\"": 3}')
    assert [cut(doc, doc.region(p)) for p in ("/a~1b", "/ü", '/q"')] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ('{"a": 1', "closing bracket", 1, 8),
        ('{"a": "sec', "no end", 1, 7),
        ('{\n  "a": ,\n}', "value", 2, 8),
        ('{"a" 1}', "`:`", 1, 6),
        ('{"a": 1} x', "follows the end", 1, 10),
        ('{"a": 1}\0\0', "NUL", 1, 9),
        ("\0\0\0", "NUL", 1, 1),
        ('{"a": "b\x01"}', "control character", 1, 9),
        ('{"a": "\\x"}', "escape", 1, 8),
        ("{'a': 1}", "property name", 1, 2),
        ('{\n"NaN": 1, "b": NaN}', "NaN", 2, 16),
        ("[-Infinity]", "NaN", 1, 2),
        ("", "empty", 1, 1),
        ("\ufeff \n", "empty", 2, 1),
    ],
)
def test_a_text_that_does_not_parse_says_what_and_where(text, message, line, column):
    problem = parse_json(text).problem
    assert message in problem.message
    assert (problem.line, problem.column) == (line, column)


def test_only_white_space_is_empty():
    assert parse_json("\ufeff \n").empty
    assert not parse_json("{").empty


def test_deep_nesting_is_a_problem_not_a_crash():
    depth = 200_000
    assert "deeply" in parse_json("[" * depth + "]" * depth).problem.message


def test_a_document_nested_deeper_than_the_locator_can_go_points_at_the_container():
    depth = next(
        d for d in range(sys.getrecursionlimit() + 50, 0, -5) if not parse_json("[" * d + "]" * d).problem
    )
    doc = document("[" * depth + "]" * depth)
    pointer = "/0" * 5
    assert doc.region(pointer).start.offset <= 5


def test_an_integer_of_thousands_of_digits_is_a_float_as_in_javascript():
    text = '{"a": ' + "9" * 5000 + ', "b": 2}'
    assert parse_json(text).value == {"a": float("inf"), "b": 2}
    assert cut(document(text), document(text).region("/b")) == "2"


def test_lone_surrogates_become_replacement_characters_in_values_and_keys():
    text = r'{"\ud800x": ["\udc00", "\ud83d\ude00"]}'
    assert parse_json(text).value == {"\ufffdx": ["\ufffd", "\U0001f600"]}
    assert cut(document(text), document(text).region("/\ufffdx/0")) == r'"\udc00"'


def test_problems_never_quote_the_text():
    secret = "rt_invented0invented0invented"
    for end in range(1, len(secret) + 12):
        problem = parse_json(('{"refresh": "' + secret)[:end]).problem
        assert "rt_" not in problem.message


def test_a_document_that_does_not_parse_answers_with_the_place_of_the_problem():
    doc = document('{\n"a": 1,\n"b" 2}')
    assert doc.region("/a").start == doc.region("").start == (3, 5, 14)
    assert not doc.members("")


class CountingText(str):
    """A text that counts how often a character of it is looked at."""

    __slots__ = ()

    looks = 0

    def __getitem__(self, index):
        CountingText.looks += 1
        return str.__getitem__(self, index)


def test_large_containers_are_scanned_once():
    rows = {f"agent:main:{i}": {"authProfileOverride": f"openai:{i}"} for i in range(3000)}
    doc = document(CountingText(json.dumps(rows)))
    CountingText.looks = 0
    doc.region("/agent:main:2999")
    first = CountingText.looks
    for i in range(2900, 3000):
        assert cut(doc, doc.region(f"/agent:main:{i}/authProfileOverride")) == f'"openai:{i}"'
    assert CountingText.looks - first < first
