from pathlib import Path

import pytest

from linter.engine.yaml_text import read_yaml

PATH = Path("x.yaml")


def test_values_follow_the_core_schema_and_dates_stay_text():
    text = "a: off\nb: 2026-11-22\nc: 0x1f\nd: 1.5\ne: true\nf: ~\ng: [1, '1']\nh: 2026-11-22 10:00:00\ni: no"
    assert read_yaml(PATH, text).value == {
        "a": "off", "b": "2026-11-22", "c": 31, "d": 1.5, "e": True, "f": None, "g": [1, "1"],
        "h": "2026-11-22 10:00:00", "i": "no",
    }  # fmt: skip


def test_every_key_and_value_has_its_place():
    document = read_yaml(PATH, "a:\n  - b: 'x'\n    c: y\n")
    assert document.places["a", 0, "b"] == (2, 8)
    assert document.keys["a", 0, "c"] == (3, 5)


def test_a_problem_points_into_a_quoted_value():
    problem = read_yaml(PATH, "a: 'some text'").problem(("a",), "what", offset=5)
    assert (problem.line, problem.column, problem.text) == (1, 10, "a: 'some text'")


def test_a_problem_in_a_block_points_at_its_start():
    problem = read_yaml(PATH, "a: |\n  some text\n").problem(("a",), "what", offset=5)
    assert (problem.line, problem.column) == (1, 4)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: [1\nb: 2", 2, "YAML"),
        ("a: 1\nb: 2\na: 3", 3, "`a` stands here twice"),
        ("a: \x00", 1, "YAML"),
        ("a: *nowhere", 1, "undefined alias"),
        ("a: 1\nb: &b {c: *b}", 2, "nested too deeply"),
        ("a: " + "[" * 60 + "]" * 60, 1, "nested too deeply"),
        ("[" * 600 + "]" * 600, 1, "nested too deeply"),
        ("a: &a {b: 1}\nc:\n  <<: *a", 3, "`<<` merges nothing here"),
        ("a: 1\nb: !!python/object x", 2, "this is no `!!python/object`"),
        ("a: 1\nb: !mine {x: 1}", 2, "a value that begins with `!` stands in quotes"),
        ("a: !!int abc", 1, "this is no `!!int`"),
        (f"a: {'9' * 5000}", 1, "this is no `!!int`"),
        ("a: 1\n[b]: 2", 2, "a key is text"),
    ],
)
def test_broken_yaml_is_a_problem_with_its_line(text, line, message):
    (problem,) = read_yaml(PATH, text).problems
    assert problem.line == line
    assert message in problem.message


def test_aliases_that_multiply_are_a_problem():
    lines = ["a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 8)]
    (problem,) = read_yaml(PATH, "\n".join(lines)).problems
    assert problem.message == "this is too large"


def test_an_alias_gives_its_value_again():
    assert read_yaml(PATH, "a: &a [1]\nb: *a").value == {"a": [1], "b": [1]}


def test_an_empty_file_has_no_value():
    assert read_yaml(PATH, "# nothing\n").value is None
