from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from linter.sources.paths import Roots, escape, join, split


@given(st.lists(st.text(max_size=8), max_size=5))
def test_split_returns_the_tokens_that_were_joined(tokens):
    assert split(join("", *tokens)) == tokens


def test_slash_and_tilde_are_escaped():
    assert escape("a/b~c") == "a~1b~0c"
    assert join("/sessions", "a/b", 0) == "/sessions/a~1b/0"


def test_an_escaped_tilde_before_a_one_is_no_slash():
    assert split("/~01") == ["~1"]


def test_paths_are_shown_from_the_state_directory_or_the_home():
    roots = Roots(state=Path("/home/user/.openclaw"), home=Path("/home/user"))
    assert roots.shown(Path("/home/user/.openclaw/agents/main/a.json")) == "agents/main/a.json"
    assert roots.shown(Path("/home/user/.codex/auth.json")) == "~/.codex/auth.json"
    assert roots.shown(Path("/home/user2/auth.json")) == "/home/user2/auth.json"


def test_without_roots_a_path_is_shown_whole():
    assert Roots(None, None).shown(Path("/srv/auth.json")) == "/srv/auth.json"
