"""Which layers of a chat follow a switch."""

import pytest

from fixtures import load
from linter.openclaw.location import locate
from linter.usecases.snapshot import take_snapshot
from linter.views.followed import Stayed, followed


@pytest.fixture
def tables(tmp_path):
    """Return a function that gives the tables of the state of a skill, changed by a function."""
    state = load.materialise("2026.3.24-skill-clean", tmp_path)

    def read():
        location = locate(state, environ={}, home=tmp_path)
        return take_snapshot(location, load.describe("2026.3.24-skill-clean").now).tables

    return state, read


def test_a_preference_alone_leads_nobody_away(tables):
    state, read = tables
    before = read()
    (state / "codex_profile_id").write_text("openai-codex:secondary\n")
    (chat,) = followed(before, read())
    assert (chat.key, chat.account, chat.followed) == ("agent:main:main", "bob@example.com", ("preference",))
    default = "openai-codex:default"
    assert chat.stayed == (
        Stayed("slot", "openai-codex:personal", "alice@example.com"),
        Stayed("order", default, "alice@example.com"),
        Stayed("next", default, "alice@example.com"),
    )


def test_nothing_follows_when_nothing_changed(tables):
    _, read = tables
    assert list(followed(read(), read())) == []
