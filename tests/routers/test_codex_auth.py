"""Loongphy/codex-auth: a registry, and one snapshot for each account."""

from base64 import urlsafe_b64encode

import pytest

KEY_A, KEY_B = "user-1::acct-a", "user-1::acct-b"


def file_name(key):
    return urlsafe_b64encode(key.encode()).decode().rstrip("=") + ".auth.json"


def auth(tokens):
    raw = {"id_token": tokens.access, "access_token": tokens.access, "refresh_token": tokens.refresh}
    return {"auth_mode": "chatgpt", "OPENAI_API_KEY": None, "tokens": raw}


@pytest.fixture
def write(home, new_login):
    def run(registry=None, snapshots=(KEY_A, KEY_B), slot=None):
        accounts = [{"account_key": key, "alias": key[-1]} for key in (KEY_A, KEY_B)]
        raw = {"schema_version": 3, "active_account_key": KEY_A, "accounts": accounts} | (registry or {})
        home.write(".codex/accounts/registry.json", raw)
        for key in snapshots:
            home.write(f".codex/accounts/{file_name(key)}", auth(new_login(key[-6:])))
        home.write(".codex/auth.json", auth(slot or new_login()))

    return run


def router(snapshot):
    (row,) = snapshot.tables["routers"]
    return row


def test_the_active_account_is_the_selection(home, write):
    write()
    snapshot = home.read()
    row = router(snapshot)
    assert (row["kind"], row["selected_key"], row["selection_state"]) == ("pointer", KEY_A, "ok")
    entries = {entry["key"]: entry["identity"]["account_id"] for entry in snapshot.tables["repo_profiles"]}
    assert entries == {KEY_A: "acct-a", KEY_B: "acct-b"}
    assert [slot["id"] for slot in snapshot.tables["slots"]] == ["auth.json"]


def test_an_active_account_without_a_snapshot_is_missing(home, write):
    write(snapshots=(KEY_B,))
    assert router(home.read())["selection_state"] == "missing"


def test_an_active_key_that_no_account_has_is_missing(home, write):
    write({"active_account_key": "user-9::acct-z"})
    assert router(home.read())["selection_state"] == "missing"


def test_two_accounts_with_one_key_are_ambiguous(home, write):
    write({"accounts": [{"account_key": KEY_A}, {"account_key": KEY_A}]})
    snapshot = home.read()
    assert router(snapshot)["selection_state"] == "ambiguous"
    assert [row["duplicate"] for row in snapshot.tables["router_accounts"]] == [False, True]


def test_a_snapshot_of_no_account_is_not_enabled(home, write):
    write({"accounts": [{"account_key": KEY_A}]})
    enabled = {row["identity"]["account_id"]: row["enabled"] for row in home.read().tables["repo_profiles"]}
    assert enabled == {"acct-a": True, "acct-b": False}


def test_the_older_layout_by_email_is_read(home, new_login):
    home.write(
        ".codex/accounts/registry.json",
        {"version": 2, "active_email": "ann@example.com", "accounts": [{"email": "ann@example.com"}]},
    )
    home.write(f".codex/accounts/{file_name('ann@example.com')}", auth(new_login()))
    row = router(home.read())
    assert (row["selected_key"], row["selection_state"]) == ("ann@example.com", "ok")


def test_a_newer_registry_is_read_and_told(home, write):
    write({"schema_version": 4})
    snapshot = home.read()
    (file,) = [row for row in snapshot.tables["files"] if row["role"] == "router-state"]
    assert (file["schema_version"], file["schema_known"]) == (4, False)
    assert router(snapshot)["selection_state"] == "ok"


def test_a_key_that_looks_like_a_secret_is_masked_and_still_found(home):
    key = "apikey::user-1::" + "ab" * 32
    home.write(
        ".codex/accounts/registry.json",
        {"schema_version": 3, "active_account_key": key, "accounts": [{"account_key": key}]},
    )
    home.write(f".codex/accounts/{file_name(key)}", {"OPENAI_API_KEY": "sk-test-invented"})
    snapshot = home.read()
    (entry,) = snapshot.tables["repo_profiles"]
    assert (entry["type"], entry["entry_problem"], entry["enabled"]) == ("api_key", None, True)
    assert "ab" * 32 not in entry["key"]
    assert router(snapshot)["selection_state"] == "ok"
