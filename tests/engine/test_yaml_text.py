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
    ],
)
def test_broken_yaml_is_a_problem_with_its_line(text, line, message):
    (problem,) = read_yaml(PATH, text).problems
    assert problem.line == line
    assert message in problem.message


def test_an_empty_file_has_no_value():
    assert read_yaml(PATH, "# nothing\n").value is None
