from pathlib import Path

import pytest

from linter.openclaw.location import NothingToLint, locate


def make_state(folder):
    folder.mkdir(parents=True)
    (folder / "openclaw.json").write_text("{}")
    return folder


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def test_openclaws_own_directory_comes_with_the_environment(home):
    state = make_state(home / ".openclaw")
    environ = {"OPENCLAW_CONFIG_PATH": "~/other.json", "OPENCLAW_AGENT_DIR": "/agent", "CODEX_HOME": "/codex"}
    found = locate(None, environ=environ, home=home)
    assert (found.state_dir, found.config_path) == (state, home / "other.json")
    assert (found.main_agent_dir, found.codex_home) == (Path("/agent"), Path("/codex"))
    assert locate(state, environ=environ, home=home) == found


def test_the_environment_names_the_directory(home, tmp_path):
    state = make_state(tmp_path / "elsewhere")
    assert locate(None, environ={"OPENCLAW_STATE_DIR": str(state)}, home=home).state_dir == state


def test_a_profile_has_its_own_directory(home):
    state = make_state(home / ".openclaw-work")
    environ = {"OPENCLAW_STATE_DIR": "/nonexistent"}
    assert locate(None, environ=environ, home=home, profile="work").state_dir == state


def test_another_directory_is_not_mixed_with_the_environment(home, tmp_path):
    make_state(home / ".openclaw")
    copy = make_state(tmp_path / "backup" / ".openclaw")
    environ = dict.fromkeys(("OPENCLAW_CONFIG_PATH", "OPENCLAW_AGENT_DIR", "CODEX_HOME"), "/live")
    found = locate(copy, environ=environ, home=home)
    assert found.config_path == copy / "openclaw.json"
    assert found.main_agent_dir is None
    assert found.codex_home == tmp_path / "backup" / ".codex"
    assert found.shell == ()


def test_a_file_stands_for_the_state_around_it(home, tmp_path):
    state = make_state(tmp_path / "state")
    file = state / "agents/main/sessions/sessions.json"
    file.parent.mkdir(parents=True)
    file.write_text("{}")
    assert locate(file, environ={}, home=home).state_dir == state


def test_a_file_of_a_neighbour_stands_for_the_state_beside_it(home, tmp_path):
    state = make_state(tmp_path / ".openclaw")
    file = tmp_path / ".codex/accounts/registry.json"
    (file.parent.parent / "agents").mkdir(parents=True)  # Codex has agents, too
    file.parent.mkdir()
    file.write_text("{}")
    assert locate(file, environ={}, home=home).state_dir == state
    (tmp_path / "notes.md").write_text("")
    found = locate(tmp_path / "notes.md", environ={}, home=home)
    assert (found.bare, found.router_files) == (True, (tmp_path / "notes.md",)), "else it is a router's"


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_what_is_no_state_is_refused(home, tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToLint, match=name):
        locate(tmp_path / name, environ={}, home=home)


def test_of_variables_that_hold_secrets_only_their_presence_is_kept(home):
    make_state(home / ".openclaw")
    environ = {"CODEX_API_KEY": "sk-made-up-key", "OPENAI_API_KEY": " "}
    found = locate(None, environ=environ, home=home)
    assert "made-up" not in str(found)
    assert {flag.name: flag.set for flag in found.shell} == {"CODEX_API_KEY": True, "OPENAI_API_KEY": False}


def test_a_codex_home_that_the_shell_does_not_use_points_elsewhere(home, tmp_path):
    make_state(home / ".openclaw")
    (tmp_path / "b").mkdir()
    found = locate(None, environ={"CODEX_HOME": "/a"}, home=home, codex_home=tmp_path / "b")
    assert found.codex_home == tmp_path / "b"
    assert [flag.points_elsewhere for flag in found.shell] == [True]


@pytest.mark.parametrize("named", ["codex_home", "workspaces"])
def test_a_folder_that_is_named_must_be_there(home, tmp_path, named):
    make_state(home / ".openclaw")
    missing = tmp_path / "b"
    with pytest.raises(NotADirectoryError, match="there is no such folder"):
        locate(None, environ={}, home=home, **{named: missing if named == "codex_home" else [missing]})
