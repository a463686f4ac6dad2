"""A Codex home, or a router, without any OpenClaw."""

import json

import pytest

from linter import NothingToLint, lint
from linter.openclaw.location import locate
from linter.routers.interface import RouterError


@pytest.fixture
def codex(tmp_path, new_login):
    def write(folder=".codex", tokens=None, **fields):
        tokens = tokens or new_login()
        raw = {"id_token": tokens.access, "access_token": tokens.access, "refresh_token": tokens.refresh}
        raw["account_id"] = "acct-a"
        file = tmp_path / folder / "auth.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"auth_mode": "chatgpt", "tokens": raw, **fields}))
        file.chmod(0o600)
        return file

    return write


def test_a_codex_home_is_enough(codex):
    result = lint(codex().parent)
    assert result.findings == ()


def test_a_file_in_a_codex_home_stands_for_it(codex):
    found = lint(codex(auth_mode="bogus")).findings
    assert [finding.rule for finding in found] == ["cli-auth-mode-consistent"]


def test_without_a_name_the_home_of_this_user_is_looked_at(tmp_path, codex):
    codex()
    location = locate(None, environ={}, home=tmp_path)
    assert (location.bare, location.own, location.shown) == (True, True, tmp_path / ".codex")


def test_a_state_of_openclaw_goes_first(tmp_path, codex):
    codex()
    (tmp_path / ".openclaw").mkdir()
    (tmp_path / ".openclaw/openclaw.json").write_text("{}")
    assert not locate(tmp_path / ".codex/auth.json", environ={}, home=tmp_path).bare


def test_a_folder_that_is_nothing_is_refused(tmp_path):
    with pytest.raises(NothingToLint):
        lint(tmp_path)


def test_a_file_of_no_router_is_refused(tmp_path):
    (tmp_path / "notes.md").write_text("")
    with pytest.raises(RouterError, match=r"notes\.md is no router file"):
        lint(tmp_path / "notes.md")


def test_a_named_folder_that_is_not_there_is_an_error(tmp_path, codex):
    for named in ({"codex_home": tmp_path / "nope"}, {"workspaces": [tmp_path / "nope"]}):
        with pytest.raises(NotADirectoryError):
            lint(codex().parent, **named)


def test_a_profile_or_a_state_dir_that_was_named_is_not_replaced_by_a_codex_home(tmp_path, codex):
    codex()
    with pytest.raises(NothingToLint):
        locate(None, environ={}, home=tmp_path, profile="work")
    with pytest.raises(NothingToLint):
        locate(None, environ={"OPENCLAW_STATE_DIR": str(tmp_path / "gone")}, home=tmp_path)


def test_a_copy_older_than_the_login_is_told_before_it_is_used(codex, new_login):
    copy = codex().with_name("auth-work.json")
    copy.write_text(codex().read_text())
    copy.chmod(0o600)
    found = lint(codex(tokens=new_login(generation=2)).parent).findings
    assert [(finding.rule, finding.severity) for finding in found] == [("cli-copy-outdated", "warning")]


def test_what_lies_beside_a_login_and_is_none_is_no_missing_copy(codex):
    file = codex()
    for name in ("auth.json.lock", "auth.json.tmp", "auth.json.bak"):
        file.with_name(name).write_text("")
    assert lint(file).findings == ()


def test_a_router_s_own_file_is_compared_with_the_login_of_its_user_only(tmp_path, codex):
    codex()
    account = {"id": "a", "name": "a", "auth_data": {"refresh_token": "rt_FAKE_other"}}
    text = json.dumps({"version": 1, "accounts": [account], "active_account_id": "a"})
    files = [tmp_path / folder / "accounts.json" for folder in (".codex-switcher", "bundle")]
    for file in files:
        file.parent.mkdir()
        file.write_text(text)
    mine, copied = (locate(file, environ={}, home=tmp_path) for file in files)
    assert (mine.own, mine.codex_home) == (True, tmp_path / ".codex")
    assert (copied.own, copied.codex_home.is_dir()) == (False, False)
    assert not {finding.rule for finding in lint(files[1]).findings} & {"slot-present", "slot-in-repo"}
