"""A token that some tool took for the name of something is shown by no format, command or snapshot."""

import json
import sqlite3
from contextlib import closing

import pytest
from typer.testing import CliRunner

from fixtures import load
from linter.cli.app import app
from linter.reports.interface import FORMATS

NOW = "1795305600000"
TOKEN = "rt_FAKE_taken_for_a_name_0123456789"
COMMANDS = [
    *(("lint", "STATE", "-f", name, "--notes", "--now", NOW) for name in FORMATS),
    *((name, "STATE", "--now", NOW) for name in ("layers", "checklist", "snapshot", "fix")),
    ("trace", "main", "STATE", "--now", NOW),
]


def in_files(directory):
    state = load.materialise("2026.3.24-clean", directory)
    store = state / "agents/main/agent/auth-profiles.json"
    value = json.loads(store.read_text())
    value["profiles"][f"openai-codex:{TOKEN}"] = {"type": "oauth"}
    value["order"]["openai-codex"].append(TOKEN)
    value["usageStats"][f"openai-codex:{TOKEN}"] = {"errorCount": 1, "cooldownUntil": TOKEN}
    store.write_text(json.dumps(value))
    sessions = state / "agents/main/sessions/sessions.json"
    pinned = {"sessionId": "1", "updatedAt": int(NOW), "authProfileOverride": TOKEN}
    sessions.write_text(json.dumps({f"agent:main:{TOKEN}": pinned}))
    return state


def in_databases(directory):
    state = load.materialise("2026.9.6-clean", directory)
    with closing(sqlite3.connect(state / "agents/main/agent/openclaw-agent.sqlite")) as database:
        database.create_function("octet_length", 1, lambda text: len(str(text).encode()), deterministic=True)
        database.execute(
            "UPDATE session_nodes SET session_key = ?, entry_json = ? WHERE session_key = 'agent:main:main'",
            (f"agent:main:{TOKEN}", json.dumps({"sessionId": "1", "authProfileOverride": TOKEN})),
        )
        database.commit()
    return state


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("make", [in_files, in_databases])
def test_nothing_shows_it(tmp_path, monkeypatch, cache_home, make, command):
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))
    state = make(tmp_path)
    result = CliRunner().invoke(app, [str(state) if word == "STATE" else word for word in command])
    assert result.exit_code in (0, 1), result.output
    assert TOKEN not in result.output
    assert len(result.output) > 100
