import json

import pytest

from fixtures import load

NOW = "2026-11-22T00:00:00Z"


@pytest.fixture
def state(tmp_path):
    return load.materialise("2026.3.24-pin-missing", tmp_path / "home")


def test_rows_are_shown_with_what_names_them_and_with_their_place(authlint, state):
    result = authlint("query", "sessions[?pin == 'openai-codex:ghost@example.com']", state, "--now", NOW)
    assert result.exit_code == 0
    first, agent, key, *_ = result.stdout.splitlines()
    block = result.stdout.split("\n\n")[0].splitlines()
    assert len(block) == len(set(block))
    assert first.endswith("sessions/sessions.json:2:22")
    assert (agent, key) == ("  agent: main", "  key: agent:main:main")
    assert "  pin: openai-codex:ghost@example.com" in result.stdout
    assert result.stdout.endswith("\n2 found\n")


def test_json_holds_every_column_and_the_place(authlint, state):
    result = authlint("query", "agents", state, "--json", "--now", NOW)
    rows = json.loads(result.stdout)
    assert [row["id"] for row in rows] == ["main", "work"][: len(rows)]
    assert all("model" in row and ":" in row["place"] for row in rows)


def test_values_that_are_no_rows_are_lines(authlint, state):
    result = authlint("query", "sessions[].key | sort(@)", state, "--now", NOW)
    assert result.stdout.splitlines()[0] == "agent:main:main"


def test_nothing_is_said_to_be_nothing(authlint, state):
    assert authlint("query", "sessions[?archived]", state, "--now", NOW).stdout == "nothing found\n"


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("session[?live]", "did you mean `sessions`?"),
        ("sessions[?live", "ends too early"),
        ("sessions[?kind == 'mian']", "did you mean `main`?"),
        ("length(meta.now)", "length() takes"),
    ],
)
def test_a_mistake_is_pointed_at(authlint, state, expression, said):
    result = authlint("query", expression, state)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "^" in result.stderr
