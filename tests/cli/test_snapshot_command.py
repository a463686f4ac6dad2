import json

import pytest

from fixtures import load

NOW = "2026-11-22T00:00:00Z"


@pytest.fixture
def state(tmp_path):
    return load.materialise("2026.3.24-pin-missing", tmp_path / "home")


@pytest.fixture
def saved(authlint, state, tmp_path):
    path = tmp_path / "snapshot.json"
    result = authlint("snapshot", state, "--now", NOW, "-o", path)
    assert (result.exit_code, result.output) == (0, "")
    return path


def test_every_command_takes_it(authlint, saved):
    for command in ("lint", "trace", "layers", "fix", "snapshot", "checklist"):
        result = authlint(command, saved)
        assert result.exit_code in (0, 1)
        assert result.stderr == ""
        assert result.stdout
    assert authlint("snapshot", saved).stdout == saved.read_text()


def test_findings_stand_in_the_snapshot(authlint, saved):
    result = authlint("lint", saved, "-f", "json")
    finding = next(
        one for one in json.loads(result.stdout)["findings"] if one["rule"] == "session-override-exists"
    )
    line = saved.read_text().splitlines()[finding["location"]["line"] - 1]
    assert "openai-codex:ghost@example.com" in line
    assert json.loads(authlint("lint", saved, "-f", "sarif").stdout)["runs"][0]["results"]


def test_findings_say_where_that_stood_in_the_state(authlint, saved):
    sessions, pointer = "agents/main/sessions/sessions.json", "/agent:main:main/authProfileOverride"
    finding = json.loads(authlint("lint", saved, "-f", "json").stdout)["findings"][0]
    assert (finding["location"]["source"], finding["location"]["pointer"]) == (sessions, pointer)
    assert f"(from {sessions} {pointer})" in " ".join(authlint("lint", saved).stdout.split())
    result = json.loads(authlint("lint", saved, "-f", "sarif").stdout)["runs"][0]["results"][0]
    named = [one.get("fullyQualifiedName") for one in result["locations"][0]["logicalLocations"]]
    assert f"{sessions}#{pointer}" in named


def test_two_snapshots_of_a_folder_are_two(authlint, saved):
    other = saved.with_name("other.json")
    other.write_bytes(saved.read_bytes())
    assert authlint("lint", saved, other).stdout.count("Found ") == 2


def test_nothing_is_changed_in_a_snapshot(authlint, saved):
    before = saved.read_bytes()
    result = authlint("fix", saved, "--apply", "--unsafe")
    assert "0 fixes made." in result.stdout
    assert "is a snapshot" in " ".join(result.stdout.split())
    assert saved.read_bytes() == before
    assert [path.name for path in saved.parent.iterdir() if path.name == ".authlint"] == []


def test_pseudonyms_are_the_same_every_time_and_the_key_is_private(authlint, state, tmp_path):
    key = tmp_path / "keys/key"
    first = authlint("snapshot", state, "--now", NOW, "--pseudonymise", "--key", key).stdout
    assert first == authlint("snapshot", state, "--now", NOW, "--pseudonymise", "--key", key).stdout
    assert "ghost@example.com" not in first
    assert "@example.invalid" in first
    assert key.stat().st_mode & 0o077 == 0
    key.write_text("short")
    assert authlint("snapshot", state, "--pseudonymise", "--key", key).exit_code == 2


def test_a_broken_snapshot_says_where(authlint, tmp_path):
    path = tmp_path / "s.json"
    path.write_text('{"meta": {"schema": 1, "now": }}')
    result = authlint("lint", path)
    assert result.exit_code == 2
    assert "s.json:1:" in result.stderr
