"""Second copies of refresh tokens, in the known places of tools."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from linter.routers import find
from linter.routers.find import known_places
from linter.snapshot.grants import fill_grants
from linter.snapshot.secrets import fingerprint


@pytest.fixture
def swept(home):
    def run(*, own=True, **folders):
        snapshot = home.read(own=own, folders=folders)
        fill_grants(snapshot.tables)
        return snapshot

    return run


def holders(snapshot):
    return {row["holder"] for row in snapshot.tables["grants"] if row["kind"] == "holder"}


def test_every_place_has_a_source_and_is_named_once():
    places = known_places()
    assert len({(place.tool, place.base, place.at, place.below, place.files) for place in places}) == len(
        places
    )
    table = json.loads(Path(find.__file__).with_name("places.json").read_text())
    assert all(entry["source"].strip() and entry["checked"].strip() for entry in table["places"])


def test_a_token_is_found_in_a_tool_that_is_not_understood(home, swept):
    home.write(".config/litellm/chatgpt/auth.json", {"a": [{"tokens": {"refresh_token": "rt_FAKE_x"}}]})
    snapshot = swept()
    (row,) = snapshot.tables["grants"]
    assert (row["fingerprint"], row["kind"], row["live"]) == (fingerprint("rt_FAKE_x"), "holder", True)
    assert row["at"] == {
        "source": "~/.config/litellm/chatgpt/auth.json",
        "pointer": "/a/0/tokens/refresh_token",
    }
    assert snapshot.meta["swept"] == ["~/.config/litellm/chatgpt"]
    assert "rt_FAKE_x" not in json.dumps(snapshot.tables)


def test_a_token_is_found_in_a_database(home, swept):
    path = home.write(".9router/db/data.sqlite", b"")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE providerConnections (id, data)")
        data = json.dumps({"accessToken": "x", "refreshToken": "rt_FAKE_x"})
        database.execute("INSERT INTO providerConnections VALUES (1, ?)", [data])
    (row,) = swept().tables["grants"]
    assert (row["fingerprint"], row["live"]) == (fingerprint("rt_FAKE_x"), True)
    assert row["at"]["source"] == "~/.9router/db/data.sqlite"


def test_the_state_of_somebody_else_is_not_swept(home, swept):
    home.write(".config/litellm/chatgpt/auth.json", {"refresh_token": "rt_FAKE_x"})
    snapshot = swept(own=False)
    assert snapshot.tables["grants"] == []
    assert "swept" not in snapshot.meta


@pytest.mark.parametrize(
    "path",
    ["harness-auth/codex/1f2e/auth.json", "acp-auth/codex/auth.json", "codex-home/auth.json"],
)
def test_codex_homes_that_openclaw_makes_are_read_in_every_state(home, swept, path):
    home.store("ops")
    home.write(f".openclaw/agents/ops/agent/{path}", {"tokens": {"refresh_token": "rt_FAKE_x"}})
    (row,) = swept(own=False).tables["grants"]
    assert (row["agent"], row["holder"], row["live"]) == (
        "ops",
        f"openclaw-codex agents/ops/agent/{path}",
        True,
    )


def test_a_codex_home_that_the_version_does_not_read_is_no_second_owner(home):
    home.store("ops")
    home.write(".openclaw/agents/ops/agent/codex-home/auth.json", {"refresh_token": "rt_FAKE_x"})
    home.write(".openclaw/acpx/codex-home/auth.json", {"refresh_token": "rt_FAKE_y"})
    home.meta["era"] = "S"
    snapshot = home.read()
    assert [row["live"] for row in snapshot.tables["grants"]] == [False, True]


def test_the_login_of_the_claude_cli_is_found_by_its_token(home, swept):
    tokens = {"claudeAiOauth": {"accessToken": "sk-ant-oat01-FAKE", "refreshToken": "sk-ant-ort01-FAKE"}}
    home.write(".claude/.credentials.json", tokens)
    assert holders(swept()) == {"claude-cli ~/.claude/.credentials.json"}


def test_a_file_that_a_reader_knows_is_not_told_twice(home, swept, new_login):
    login = {"type": "codex", "access_token": new_login().access, "refresh_token": new_login().refresh}
    home.write(".cli-proxy-api/codex-ann@example.com-plus.json", login)
    (row,) = swept().tables["grants"]
    assert (row["kind"], row["holder"]) == ("repo", "cli-proxy-api codex-ann@example.com-plus")


def test_a_folder_that_a_variable_moves_is_looked_into_there(home, swept):
    home.write("moved/auth.json", {"refresh_token": "rt_FAKE_x"})
    assert holders(swept(CHATGPT_TOKEN_DIR=home.root / "moved")) == {"litellm ~/moved/auth.json"}


def test_a_copy_that_is_kept_for_later_is_no_second_owner(home, swept, new_login):
    tokens = {"access_token": new_login().access, "refresh_token": new_login().refresh}
    home.write(".codex/auth-work.json", {"tokens": tokens})
    home.write(".codex/auth.json.lock", "")
    snapshot = swept()
    assert [(row["kind"], row["live"]) for row in snapshot.tables["grants"]] == [("repo", False)]
    assert [row["parse"] for row in snapshot.tables["files"] if "lock" in row["path"]] == []


@pytest.mark.parametrize("content", ["", "{", "[[[]]]", '{"refresh": 7}', '{"refresh": "${env}"}', b"\xff"])
def test_what_holds_no_token_gives_nothing(home, swept, content):
    home.write(".pi/agent/auth.json", content)
    grants = swept().tables["grants"]
    assert [row for row in grants if row["fingerprint"] != fingerprint("${env}")] == []
