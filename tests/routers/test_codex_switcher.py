"""tete1030/codex-switcher: snapshots, and a pointer that its hash guards."""

from hashlib import sha256

import pytest

SLOT = "openai-codex:default"
PROFILES = ".openclaw/agents/main/agent/profiles"


def recipe(tokens, account):
    return sha256(f"openai-codex\0{account}\0refresh\0{tokens.refresh}".encode()).hexdigest()


@pytest.fixture
def write(home, new_login, oauth):
    def run(slot, account="acct-a", **state):
        for name, raw in {"work": new_login(), "home": new_login("acct-b")}.items():
            snapshot = {
                "version": 1,
                "provider": "openai-codex",
                "access": raw.access,
                "refresh": raw.refresh,
            }
            home.write(f"{PROFILES}/openai-codex.{name}.json", snapshot)
        home.write(f"{PROFILES}/.rotater-state.json", {"version": 1, **state})
        home.store(openai_codex__default=oauth(slot, accountId=account))

    return run


def router(snapshot):
    (row,) = snapshot.tables["routers"]
    return row


def test_the_pointer_names_a_snapshot(home, write, new_login):
    tokens = new_login()
    write(
        tokens,
        activeProfile="work",
        activeCredentialHash=recipe(tokens, "acct-a"),
        lastSwitchAt="2026-09-01T00:00:00Z",
    )
    snapshot = home.read()
    row = router(snapshot)
    assert (row["selected_key"], row["selection_state"], row["hash_state"]) == ("work", "ok", "ok")
    assert row["set_at"] == 1_788_220_800_000
    assert [entry["key"] for entry in snapshot.tables["repo_profiles"]] == ["home", "work"]
    (slot,) = snapshot.tables["slots"]
    assert (slot["agent"], slot["id"], slot["last_switch_at"]) == ("main", SLOT, row["set_at"])


def test_a_hash_that_no_longer_holds_differs(home, write, new_login):
    write(new_login(generation=2), activeProfile="work", activeCredentialHash=recipe(new_login(), "acct-a"))
    assert router(home.read())["hash_state"] == "differs"


def test_the_hash_may_be_of_the_tokens_own_account(home, write, new_login):
    tokens = new_login()
    write(tokens, account=None, activeProfile="work", activeCredentialHash=recipe(tokens, "acct-a"))
    assert router(home.read())["hash_state"] == "ok"


def test_without_a_hash_there_is_no_verdict(home, write, new_login):
    write(new_login(), activeProfile="work")
    assert router(home.read())["hash_state"] is None


def test_a_pointer_to_no_snapshot_is_missing(home, write, new_login):
    write(new_login(), activeProfile="gone")
    row = router(home.read())
    assert (row["selection"], row["selected_key"], row["selection_state"]) == ("gone", None, "missing")


def test_a_login_in_preparation_is_pending(home, write, new_login):
    write(new_login(), pendingCreateProfile="new", pendingCreateSince="2026-09-01T00:00:00Z")
    row = router(home.read())
    assert (row["pending"], row["pending_at"], row["selection_state"]) == ("new", 1_788_220_800_000, "none")


def test_the_undo_copy_is_no_identity(home, write, new_login):
    write(new_login(), activeProfile="work")
    home.write(f"{PROFILES}/openai-codex.__last__.json", {"version": 1, "access": "x"})
    assert len(home.read().tables["repo_profiles"]) == 2


def test_a_torn_snapshot_leaves_the_others(home, write, new_login):
    write(new_login(), activeProfile="work")
    home.write(f"{PROFILES}/openai-codex.home.json", '{"access": "e30.')
    snapshot = home.read()
    assert [entry["key"] for entry in snapshot.tables["repo_profiles"]] == ["work"]
    assert [row["parse"] for row in snapshot.tables["files"] if "home.json" in row["path"]] == ["error"]


def test_in_a_codex_home_the_slot_is_the_cli_login(home, new_login):
    tokens = new_login()
    home.write(".codex/profiles/openai-codex.work.json", {"access": tokens.access, "refresh": tokens.refresh})
    state = {"activeProfile": "work", "activeCredentialHash": recipe(tokens, "acct-a")}
    home.write(".codex/profiles/.rotater-state.json", state)
    raw = {"access_token": tokens.access, "refresh_token": tokens.refresh, "account_id": "acct-a"}
    home.write(".codex/auth.json", {"tokens": raw})
    snapshot = home.read()
    row = router(snapshot)
    assert (row["id"], row["selection_state"], row["hash_state"]) == ("codex-switcher:codex", "ok", "ok")
    (slot,) = snapshot.tables["slots"]
    assert (slot["agent"], slot["id"], slot["present"]) == (None, "auth.json", True)
