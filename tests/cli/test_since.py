"""`lint --since`: an id that stands for another account than in an earlier snapshot."""

import json

import pytest

from fixtures import load
from fixtures.recording.people import ALICE, ALICE_TEAM, BOB, Person, login

NOW, BEFORE = "2026-11-22T00:00:00Z", "2026-11-20T00:00:00Z"
ID = "openai-codex:default"
RULES = ["--select", "profile-identity-changed", "--select", "identity-profile-id-matches-email"]


class Renamed(Person):
    """A person whose mailbox got another address."""

    @property
    def email(self):
        return "new.name@example.com"


class State:
    """A state of the JSON era in which one id is logged in to."""

    def __init__(self, path):
        self.path = path
        self.store = path / "agents/main/agent/auth-profiles.json"

    def log_in(self, name, person, generation=1, **fields):
        store = json.loads(self.store.read_text())
        store["profiles"][name] = {**login(person, "openai-codex", generation=generation), **fields}
        self.store.write_text(json.dumps(store, indent=2))


@pytest.fixture
def state(tmp_path):
    return State(load.materialise("2026.3.24-clean", tmp_path / "home"))


@pytest.fixture
def since(authlint, state, tmp_path):
    """Return a function that takes the earlier snapshot, and one that lints since it."""
    path = tmp_path / "before.json"

    def save(*arguments):
        assert authlint("snapshot", state.path, "--now", BEFORE, "-o", path, *arguments).exit_code == 0

    def lint(*arguments, command="lint"):
        return authlint(command, state.path, "--now", NOW, "--since", path, *RULES, *arguments)

    return save, lint


def test_a_login_that_was_overwritten_is_found_and_what_it_was_stands_in_the_snapshot(state, since):
    save, lint = since
    state.log_in(ID, BOB)
    save()
    state.log_in(ID, ALICE)
    result = lint()
    assert result.exit_code == 1
    told = " ".join(result.stdout.split())
    assert "error openai-codex:default in agent:main is alice@" in told
    assert "but was bob@example.com" in told
    assert "/before.json:" in lint("-f", "full").stdout
    assert json.loads(lint("-f", "sarif").stdout)["runs"][0]["results"]


def test_the_snapshot_is_named_by_where_it_lies(authlint, state, since, tmp_path, monkeypatch):
    save, _ = since
    state.log_in(ID, BOB)
    save()
    state.log_in(ID, ALICE)
    monkeypatch.chdir(tmp_path)
    result = authlint("lint", state.path, "--now", NOW, "--since", "before.json", *RULES, "-f", "json")
    report = json.loads(result.stdout)
    (finding,) = report["findings"]
    assert finding["location"]["path"] == "agents/main/agent/auth-profiles.json"
    (place,) = finding["related"]
    assert (report["roots"][place["root"]], place["path"]) == (str(tmp_path), "before.json")


def test_two_snapshots_are_told_apart(authlint, state, since, tmp_path):
    save, _ = since
    state.log_in(ID, BOB)
    save()
    state.log_in(ID, ALICE)
    authlint("snapshot", state.path, "--now", NOW, "-o", tmp_path / "after.json")
    result = authlint(
        "lint", tmp_path / "after.json", "--since", tmp_path / "before.json", *RULES, "-f", "json"
    )
    (finding,) = json.loads(result.stdout)["findings"]
    assert finding["location"]["path"] == "after.json"
    assert [place["path"] for place in finding["related"]] == ["before.json"]


def test_another_workspace_of_the_same_address_is_another_account(state, since):
    save, lint = since
    state.log_in(ID, ALICE)
    save()
    state.log_in(ID, ALICE_TEAM)
    assert lint().exit_code == 1


def test_new_tokens_of_the_same_login_are_no_finding(state, since):
    save, lint = since
    state.log_in(ID, ALICE)
    save()
    state.log_in(ID, ALICE, generation=2)
    assert lint("--fail-on", "note").exit_code == 0


def test_a_mailbox_that_was_renamed_is_no_finding(authlint, state, since):
    save, lint = since
    save()
    state.log_in("openai-codex:alice@example.com", Renamed(*ALICE), generation=2)
    assert lint("--fail-on", "note").exit_code == 0
    assert authlint("lint", state.path, "--now", NOW, *RULES).exit_code == 1


def test_an_id_whose_account_was_not_known_is_no_finding(state, since):
    save, lint = since
    state.log_in(ID, ALICE, access="opaque", refresh="opaque-too", email=None, accountId=None)
    save()
    state.log_in(ID, BOB)
    assert lint("--fail-on", "note").exit_code == 0


def test_without_an_earlier_snapshot_nothing_is_said(authlint, state):
    state.log_in(ID, BOB)
    assert authlint("lint", state.path, "--now", NOW, *RULES).exit_code == 0


def test_a_guard_takes_it_too(state, since):
    save, lint = since
    state.log_in(ID, BOB)
    save()
    state.log_in(ID, ALICE)
    result = lint("--", "false", command="guard")
    assert result.exit_code == 1
    assert "not run: false" in result.stderr


def test_a_snapshot_with_pseudonyms_is_refused(since, tmp_path):
    save, lint = since
    save("--pseudonymise", "--key", tmp_path / "key")
    result = lint()
    assert result.exit_code == 2
    assert "only the earlier of the two has pseudonyms" in result.stderr


@pytest.mark.parametrize("text", [None, "{}", "[1"])
def test_what_is_no_snapshot_is_refused_with_the_way_to_make_one(authlint, state, tmp_path, text):
    path = tmp_path / "other.json"
    if text is not None:
        path.write_text(text)
    result = authlint("lint", state.path, "--since", path)
    assert result.exit_code == 2
    assert "`authlint snapshot -o FILE` makes one" in result.stderr
    assert ("there is no " in result.stderr) == (text is None)


def test_it_is_that_of_one_state(authlint, state, since, tmp_path):
    save, _ = since
    save()
    other = load.materialise("2026.5.7-clean", tmp_path / "other")
    result = authlint("lint", state.path, other, "--since", tmp_path / "before.json")
    assert result.exit_code == 2
    assert "of one state" in result.stderr
