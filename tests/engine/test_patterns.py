"""Patterns of rules end soon, whatever the text."""

import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linter.engine.patterns import matches, mistake_in_pattern

PARTS = ["a", "b", ".", "[ab]", "(a|b)", "(a|ab)", "(?:ba)", "^", "$", "\\w"]
AFTER = ["", "", "", "?", "*", "+", "{2,5}", "{3}"]


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|aa)+$",
        "(a*)*b",
        "(?:a?){30}a{30}",
        "a?" * 30 + "a" * 30,
        ".*.*.*x",
        "a*a*b",
        "^a*a*a*b",
        "^a*|b*c*",
        r"(a)\1",
        "(?=a*)b",
        "(?<!a)b",
        "a" * 501,
        "(ab|cd|ef|gh|ij|kl|mn|op)" * 5,
        "((a{1,100}){1,100}){1,100}",
    ],
)
def test_a_pattern_that_could_take_for_ever_is_refused_with_a_way_out(pattern):
    mistake = mistake_in_pattern(pattern)
    assert mistake.startswith("this pattern")
    with pytest.raises(ValueError, match="this pattern"):
        matches("aaaa", pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("^(openai(-codex)?|codex(-cli)?)$", "openai-codex", True),
        ("^[0-9a-f]{8}-[0-9a-f-]+$", "0a1b2c3d-99", True),
        ("(..[2367].|...[2367])$", "0664", True),
        ("^user-|[|@]", "x@y", True),
        ("^[a-z]+:[a-z]+$", "openai:bob", True),
        ("(?i)BOB", "bob", True),
        ("00$", "0640", False),
        ("^a", "b" * 5000 + "a", False),
    ],
)
def test_patterns_that_rules_need_do_what_they_always_did(pattern, text, found):
    assert mistake_in_pattern(pattern) is None
    assert matches(text, pattern) is found


def test_what_is_no_pattern_says_why():
    assert mistake_in_pattern("(").startswith("this is no regular expression: missing )")


@given(st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(AFTER)), min_size=1, max_size=14))
def test_every_pattern_that_is_accepted_ends_soon(parts):
    pattern = "".join(part + ("" if part in "^$" else after) for part, after in parts)
    assume(mistake_in_pattern(pattern) is None)
    for text in ("a" * 4096, "ab" * 2048, "a" * 4095 + "!", "b" * 100):
        begun = time.process_time()
        found = matches(text, pattern)
        assert time.process_time() - begun < 5
        if len(text) < 200:
            assert found == (re.search(pattern, text) is not None)
