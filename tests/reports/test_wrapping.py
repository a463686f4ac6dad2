"""Text set to a width."""

import shlex

from hypothesis import given
from hypothesis import strategies as st

from linter.reports.wrapping import beside, command_lines, listed

WORDS = st.lists(
    st.from_regex(r"[a-z<>$-]{1,30}|'[a-z ]{1,30}'|\"[a-z ]{1,9}\"", fullmatch=True), min_size=1, max_size=12
)


@given(words=WORDS, width=st.integers(20, 80))
def test_a_broken_command_is_the_same_command(words, width):
    command = " ".join(words)
    lines = command_lines(command, width, "    ")
    assert shlex.split("\n".join(lines).replace("\\\n", "")) == shlex.split(command)
    longest = max(map(len, words))
    assert all(len(line) <= max(width, longest + 8) for line in lines)


def test_two_texts_share_a_line_only_where_they_fit():
    assert beside("1  left", "right", 20) == ["1  left        right"]
    assert beside("1  left word", "right", 12) == ["1  left word", "   right"]


def test_names_are_listed_as_people_do():
    assert [listed("a"), listed("ab"), listed("abc"), listed("")] == ["a", "a and b", "a, b and c", ""]
