from textwrap import dedent

import pytest

from linter.views.markdown_text import markdown_text


@pytest.fixture
def text():
    def run(markdown, *, width=40, colour=False):
        return markdown_text(dedent(markdown), width=width, colour=colour)

    return run


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# rule-id", "rule-id"),
        ("## What it means", "WHAT IT MEANS"),
        ("### an example", "an example"),
        ("**strong** and `code`", "strong and `code`"),
        ("[openclaw#1](https://example.com/1)", "openclaw#1"),
        (r"a\_b \<c\> \[d\]", "a_b <c> [d]"),
    ],
)
def test_what_a_line_becomes(text, markdown, expected):
    assert text(markdown) == f"{expected}\n"


def test_paragraphs_are_set_anew(text):
    assert text("one\ntwo\n\nthree " + "word " * 10) == (
        "one two\n\nthree word word word word word word word\nword word word\n"
    )


def test_a_command_is_broken_so_that_it_can_be_copied(text):
    line = "openclaw models auth order set --provider openai --agent main a b"
    shown = text(f"Run\n````sh\n{line}\n\n# ```\n````\nthen")
    head, *code, then = shown.replace(" \\\n     ", "").split("\n\n")
    assert (head, code, then) == ("Run", [f"    {line}", "    # ```"], "then\n")
    assert max(map(len, shown.splitlines())) <= 40


def test_items_hang(text):
    assert text("- one two three four five six seven eight nine\n- ten") == (
        "- one two three four five six seven\n  eight nine\n- ten\n"
    )


def test_a_table_has_its_second_column_wrapped(text):
    table = "| | |\n|---|---|\n| layer | one two three four five six seven |\n| at | x \\| y |"
    assert text(table) == "  layer  one two three four five six\n         seven\n  at     x | y\n"


def test_colour_takes_the_place_of_marks(text):
    assert text("**Fix:** run `it`", colour=True) == "\x1b[1mFix:\x1b[0m run \x1b[1;36mit\x1b[0m\n"


def test_no_line_is_wider_than_the_terminal(text):
    page = "# title\n\n" + "a **b** `c` " * 30 + "\n\n| | |\n|---|---|\n| name | " + "value " * 30 + "|"
    assert max(map(len, text(page, width=50).splitlines())) <= 50
