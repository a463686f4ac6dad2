"""A configuration that was only found names nothing outside of its folder and the state."""

import json

import pytest

from fixtures import load

NOW = "2026-11-22T00:00:00Z"
SECRET = "hunter2-battery-staple"


@pytest.fixture
def state(tmp_path):
    return load.materialise("2026.9.6-clean", tmp_path / "home")


@pytest.fixture
def repository(tmp_path, monkeypatch):
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def secret(tmp_path):
    """A folder of the user with a file that is nobody's business."""
    folder = tmp_path / "private"
    folder.mkdir()
    (folder / "secret.yaml").write_text(f"password: [{SECRET}\n")
    (folder / "auth.json").write_text(json.dumps({"auths": {"ghcr.io": {"password": SECRET, "user": "me"}}}))
    return folder


ROUTER = """
routers:
  - tool: mine
    files: {{file: {{path: {path}}}}}
    routers: {{kind: pointer, columns: {{selection: '{selection}'}}}}
"""
PASSWORD = 'file.auths."ghcr.io".password'
USER = 'file.auths."ghcr.io".user'

REACHING = {
    "rules": "extends: [recommended, FOLDER]\n",
    "rules above": "extends: [recommended, ../private]\n",
    "evidence": "evidence: [FOLDER/auth.json]\n",
    "baseline": "baseline: FOLDER/auth.json\n",
    "router": ROUTER.format(path="FOLDER/auth.json", selection=USER),
    "router in the home": ROUTER.format(path="FOLDER/*.json", selection=USER),
    "outside": "outside: [FOLDER]\n",
}


@pytest.mark.parametrize("way", REACHING)
def test_a_found_configuration_names_nothing_outside(way, authlint, state, repository, secret):
    text = REACHING[way].replace("FOLDER", str(secret))
    (repository / "authlint.yaml").write_text(text)
    result = authlint("lint", state, "--now", NOW, "--notes")
    assert result.exit_code == 2
    assert "--config" in result.stderr
    assert SECRET not in result.stdout + result.stderr


@pytest.mark.parametrize("way", ["router", "outside"])
def test_a_named_one_and_the_user_s_own_may_name_anything(
    way, authlint, state, repository, secret, monkeypatch, tmp_path
):
    text = REACHING[way].replace("FOLDER", str(secret))
    own = tmp_path / "config/authlint/authlint.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(text)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert authlint("lint", state, "--now", NOW).exit_code < 2
    monkeypatch.delenv("XDG_CONFIG_HOME")
    (repository / "named.yaml").write_text(text)
    assert authlint("lint", state, "--now", NOW, "--config", repository / "named.yaml").exit_code < 2


def test_a_found_configuration_may_name_what_lies_in_its_folder_and_in_the_state(authlint, state, repository):
    (repository / "router.json").write_text('{"user": "me"}')
    (state / "router.json").write_text('{"user": "me"}')
    for folder in (repository, state):
        (repository / "authlint.yaml").write_text(
            ROUTER.format(path=folder / "router.json", selection="file.user")
        )
        result = authlint("lint", state, "--now", NOW)
        assert (result.exit_code < 2, result.stderr) == (True, "")


def link_to_a_secret(repository, secret):
    (repository / "authlint.yaml").symlink_to(secret / "secret.yaml")


def linked_rule(repository, secret):
    (repository / "rules").mkdir()
    (repository / "rules/a.yaml").symlink_to(secret / "secret.yaml")
    (repository / "authlint.yaml").write_text("extends: [recommended, ./rules]\n")


def linked_rules(repository, secret):
    (repository / "rules").symlink_to(secret)
    (repository / "authlint.yaml").write_text("extends: [recommended, ./rules]\n")


def linked_router(repository, secret):
    (repository / "router.json").symlink_to(secret / "auth.json")
    (repository / "authlint.yaml").write_text(
        ROUTER.format(path=repository / "router.json", selection=PASSWORD)
    )


@pytest.mark.parametrize("kind", [link_to_a_secret, linked_rule, linked_rules, linked_router])
def test_a_link_leads_to_nothing_that_could_not_be_named(kind, authlint, state, repository, secret):
    kind(repository, secret)
    for command in ("lint", "snapshot", "checklist", "fix"):
        result = authlint(command, state)
        assert SECRET not in result.stdout + result.stderr
        assert result.exit_code == 2 or (command == "snapshot" and "rule" in kind.__name__)


def test_what_is_no_rule_is_not_quoted(authlint, state, secret):
    result = authlint("lint", state, "--rules", secret)
    assert (result.exit_code, SECRET in result.stderr) == (2, False)
    assert f"{secret}/secret.yaml:" in result.stderr
    (secret / "secret.yaml").write_text("id: mine\ntitle: 'unfinished' sentence\n")
    assert "unfinished' sentence" in authlint("lint", state, "--rules", secret).stderr


@pytest.mark.parametrize(
    "selection",
    [
        PASSWORD,
        "join(' ', ['x', file.auths.\"ghcr.io\".password])",
        "file.auths.*.password | [0]",
        'values(file.auths."ghcr.io")[0]',
    ],
)
def test_a_declared_column_that_holds_a_secret_is_refused(selection, authlint, state, secret, tmp_path):
    config = tmp_path / "named.yaml"
    config.write_text(ROUTER.format(path=secret / "auth.json", selection=selection.replace("'", "''")))
    for command in (["lint", "--notes"], ["snapshot"], ["snapshot", "--pseudonymise"]):
        result = authlint(command[0], state, *command[1:], "--config", config)
        assert (result.exit_code, "keeps as a secret" in result.stderr) == (2, True)
        assert SECRET not in result.stdout + result.stderr


def test_folders_that_fixes_may_change_are_named_in_the_user_s_own_configuration(
    authlint, tmp_path, monkeypatch
):
    state = load.materialise("2026.3.24-pin-missing", tmp_path / "other")
    outside, sessions = tmp_path / "outside", state / "agents/main/sessions/sessions.json"
    outside.mkdir()
    sessions.rename(outside / "sessions.json")
    sessions.symlink_to(outside / "sessions.json")
    own = tmp_path / "config/authlint/authlint.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(f"outside: [{outside}]\n")
    monkeypatch.chdir(tmp_path)
    assert "1 fix made" not in authlint("fix", state, "--now", NOW, "--apply").stdout
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert "1 fix made" in authlint("fix", state, "--now", NOW, "--apply").stdout
    assert authlint("undo", state).exit_code == 0
    assert sessions.is_symlink()
