"""Which other state directories count as in use."""

import pytest

from linter.openclaw.location import locate
from linter.openclaw.other_states import declared_state
from linter.openclaw.read import read_state
from linter.openclaw.reading import Reading

NOW = 1_795_305_600_000
STORE = "agents/main/agent/auth-profiles.json"


def write(folder, name=STORE):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"profiles": {}}')


def others(location):
    files = read_state(location, NOW).tables["files"]
    return [row["path"] for row in files if row["role"] == "other-state"]


@pytest.fixture
def elsewhere(tmp_path):
    """A home whose environment sets another state directory than the usual one."""
    write(tmp_path / "elsewhere")
    return lambda: locate(None, environ={"OPENCLAW_STATE_DIR": str(tmp_path / "elsewhere")}, home=tmp_path)


@pytest.mark.parametrize("name", [STORE, "agents/ops/sessions/sessions.json", "state/openclaw.sqlite"])
def test_the_usual_directory_is_told_when_it_holds_something(tmp_path, elsewhere, name):
    (tmp_path / ".openclaw").mkdir()
    assert others(elsewhere()) == []
    write(tmp_path / ".openclaw", name)
    assert others(elsewhere()) == ["~/.openclaw"]


def test_one_directory_under_two_names_is_one(tmp_path, elsewhere):
    (tmp_path / ".openclaw").symlink_to(tmp_path / "elsewhere")
    assert others(elsewhere()) == []


def test_named_profiles_and_copies_stand_for_themselves(tmp_path):
    for name in (".openclaw", ".openclaw-work", "backup"):
        write(tmp_path / name)
    assert others(locate(None, environ={}, home=tmp_path, profile="work")) == []
    assert others(locate(tmp_path / "backup", environ={}, home=tmp_path)) == []


def test_a_declared_directory_goes_by_one_name(elsewhere):
    location = elsewhere()
    reading = Reading(read_state(location, NOW), location, None)
    assert declared_state(reading, f"{location.state_dir}/../elsewhere") == "~/elsewhere"
    assert declared_state(reading, "~/.openclaw") == "~/.openclaw"
