"""Routers that a mapping describes: the shipped ones, and those that a user declares."""

import json
import sqlite3
from contextlib import closing
from typing import ClassVar

import pytest

from linter.routers.mapping import MappingError, parse_mapping
from linter.snapshot.secrets import fingerprint

DEFAULT = "openai-codex:default"
ROUTER_STATE = ".openclaw-router/router-state.json"
MULTI = ".codex/multi-auth/openai-codex-accounts.json"


def router(snapshot):
    (row,) = snapshot.tables["routers"]
    return row


class TestAccountRouter:
    @pytest.fixture
    def read(self, home, new_login, oauth):
        def run(*accounts, **fields):
            home.write(ROUTER_STATE, {"version": 1, "accounts": accounts, **fields})
            home.store(openai_codex__default=oauth(new_login()), openai_codex__b=oauth(new_login("acct-b")))
            return home.read()

        return run

    @staticmethod
    def account(alias, priority, status="healthy", **fields):
        profile = f"openai-codex:{alias}"
        return {
            "alias": alias,
            "profileId": profile,
            "provider": "openai-codex",
            "priority": priority,
            "status": status,
            "enabled": True,
        } | fields

    def test_the_order_is_of_the_eligible_accounts_by_priority(self, read):
        row = router(
            read(
                self.account("a", 3),
                self.account("b", 1),
                self.account("c", 0, "disabled"),
                self.account("d", 0, enabled=False),
                self.account("e", 2, "cooldown", cooldownUntil="2030-01-01T00:00:00Z"),
                self.account("f", 5, "cooldown", cooldownUntil="2020-01-01T00:00:00Z"),
            )
        )
        assert row["intended_order"] == ["openai-codex:b", "openai-codex:a", "openai-codex:f"]
        assert (row["selection"], row["selection_state"]) == ("openai-codex:b", "ok")

    def test_a_cooldown_that_is_over_is_no_quarantine(self, read):
        rows = read(
            self.account("a", 1, "cooldown", cooldownUntil="2020-01-01T00:00:00Z"),
            self.account("b", 1, "cooldown", cooldownUntil="2030-01-01T00:00:00Z"),
        ).tables["router_accounts"]
        assert [row["quarantine_active"] for row in rows] == [False, True]

    def test_values_of_other_types_are_left_out(self, read):
        snapshot = read(self.account("a", "first"), self.account("b", 1), {"profileId": 7}, "text", None)
        row = router(snapshot)
        assert (row["intended_order"], row["selection_state"]) == (None, "none")
        assert [row["priority"] for row in snapshot.tables["router_accounts"]] == [None, 1]


class TestMultiAuth:
    @pytest.fixture
    def read(self, home, new_login):
        def run(index, *, version=3, **fields):
            accounts = [
                {"refreshToken": tokens.refresh, "accessToken": tokens.access, "email": "ann@example.com"}
                for tokens in (new_login(), new_login("acct-b"))
            ]
            raw = {"version": version, "accounts": accounts, "activeIndex": index} | fields
            home.write(MULTI, raw)
            tokens = new_login("acct-b")
            home.write(
                ".codex/auth.json",
                {"tokens": {"access_token": tokens.access, "refresh_token": tokens.refresh}},
            )
            return home.read()

        return run

    def test_the_index_selects_an_account(self, read):
        snapshot = read(1)
        row = router(snapshot)
        assert (row["selection"], row["selected_key"], row["selection_state"]) == (1, "1", "ok")
        assert row["refreshes"] is True
        assert [entry["label"] for entry in snapshot.tables["repo_profiles"]] == ["ann@example.com"] * 2
        assert [slot["tool"] for slot in snapshot.tables["slots"]] == ["multi-auth"]

    @pytest.mark.parametrize("index", [2, -1, 1.5, "1", True])
    def test_an_index_behind_the_list_is_out_of_range(self, read, index):
        assert router(read(index))["selection_state"] in {"out-of-range", "none"}
        assert router(read(index))["selected_key"] is None

    def test_tokens_know_where_they_stand(self, read):
        entry = read(0).tables["repo_profiles"][1]
        assert entry["at"]["pointer"] == "/accounts/1"
        assert entry["at"]["fields"]["refresh"]["pointer"] == "/accounts/1/refreshToken"

    def test_a_newer_version_is_told_and_read(self, read):
        snapshot = read(0, version=4)
        (file,) = [row for row in snapshot.tables["files"] if row["role"] == "repo"]
        assert (file["schema_version"], file["schema_known"]) == (4, False)
        assert len(snapshot.tables["repo_profiles"]) == 2


class TestPools:
    """Several pools of one tool in one Codex home: the global one, and one for each project."""

    PROJECT = ".codex/multi-auth/projects/app-0a1b2c3d4e5f/openai-codex-accounts.json"

    @pytest.fixture
    def slots(self, home, new_login):
        def run(**pools):
            for path, account in pools.items():
                tokens = new_login(account)
                entry = {"refreshToken": tokens.refresh, "accessToken": tokens.access, "accountId": account}
                home.write(getattr(self, path, MULTI), {"version": 3, "accounts": [entry], "activeIndex": 0})
            tokens = new_login()
            login = {"tokens": {"access_token": tokens.access, "refresh_token": tokens.refresh}}
            home.write(".codex/auth.json", login)
            return [row["router"] for row in home.read().tables["slots"]]

        return run

    def test_the_slot_is_of_the_pool_that_knows_its_account(self, slots):
        assert slots(GLOBAL="acct-b", PROJECT="acct-a") == ["multi-auth:app-0a1b2c3d4e5f"]
        assert slots(GLOBAL="acct-a", PROJECT="acct-b") == ["multi-auth"]

    def test_of_several_that_do_one_fills_the_slot(self, slots):
        assert slots(GLOBAL="acct-a", PROJECT="acct-a") == ["multi-auth"]

    def test_the_pools_of_projects_move_with_the_folder(self, home):
        home.write("moved/projects/app/openai-codex-accounts.json", {"version": 3, "accounts": []})
        folders = {"CODEX_MULTI_AUTH_DIR": home.root / "moved"}
        assert [row["id"] for row in home.read(folders=folders).tables["routers"]] == ["multi-auth:app"]


class TestDatabase:
    """CC-Switch keeps its providers in a database."""

    @pytest.fixture
    def read(self, home):
        def run(*providers, current=None, taken=False):
            path = home.write(".cc-switch/cc-switch.db", b"")
            with closing(sqlite3.connect(path)) as database, database:
                database.execute("CREATE TABLE providers (id, app_type, name, settings_config, is_current)")
                database.execute("CREATE TABLE proxy_live_backup (app_type)")
                database.executemany("INSERT INTO providers VALUES (?, ?, ?, ?, ?)", providers)
                database.executemany("INSERT INTO proxy_live_backup VALUES (?)", [("codex",)] * taken)
            if current:
                home.write(".cc-switch/settings.json", {"currentProviderCodex": current})
            return home.read()

        return run

    @staticmethod
    def provider(name, token, *, current=0, id_=None, app="codex"):
        auth = {"tokens": {"refresh_token": token}} if token else {"OPENAI_API_KEY": "sk-FAKE"}
        return (id_ or f"id-{name}", app, name, json.dumps({"auth": auth}), current)

    def test_the_logins_of_providers_are_entries_and_the_current_one_is_selected(self, read):
        snapshot = read(
            self.provider("a", "rt_FAKE_a", current=1),
            self.provider("b", "rt_FAKE_b"),
            self.provider("relay", None),
            self.provider("c", "rt_FAKE_c", current=1, app="claude"),
        )
        assert [row["key"] for row in snapshot.tables["repo_profiles"]] == ["a", "b"]
        assert snapshot.tables["repo_profiles"][0]["refresh"]["fingerprint"] == fingerprint("rt_FAKE_a")
        row = router(snapshot)
        assert (row["selected_key"], row["selection_state"], row["saves_back"]) == ("a", "ok", True)
        assert "rt_FAKE" not in json.dumps(snapshot.tables)

    def test_what_this_machine_has_set_goes_before_the_database(self, read):
        providers = self.provider("a", "rt_FAKE_a", current=1), self.provider("b", "rt_FAKE_b")
        assert router(read(*providers, current="id-b"))["selected_key"] == "b"

    def test_a_provider_with_a_key_selects_no_login(self, read):
        providers = self.provider("a", "rt_FAKE_a"), self.provider("relay", None, current=1)
        assert router(read(*providers))["selection_state"] == "none"

    def test_nothing_is_selected_while_the_proxy_has_the_slot(self, read):
        assert router(read(self.provider("a", "rt_FAKE_a", current=1), taken=True))["selection"] is None

    def test_two_providers_of_one_name_are_told_apart(self, read):
        snapshot = read(
            self.provider("a", "rt_FAKE_a", id_="1"), self.provider("a", "rt_FAKE_b", id_="2", current=1)
        )
        assert [row["key"] for row in snapshot.tables["repo_profiles"]] == ["a", "2"]
        assert router(snapshot)["selected_key"] == "2"

    def test_a_damaged_database_is_told(self, home):
        home.write(".cc-switch/cc-switch.db", "no database")
        (file,) = home.read().tables["files"]
        assert (file["parse"], file["parse_error"]) == ("error", "the file is not an SQLite database")


def test_hermes_lists_its_providers_login_unless_the_pool_mirrors_it(home):
    def keys(mirrored):
        pool = [{"id": "p", "auth_type": "oauth", "source": "device_code", "refresh_token": mirrored}]
        home.write(
            ".hermes/auth.json",
            {
                "providers": {"openai-codex": {"tokens": {"refresh_token": "rt_FAKE_new"}}},
                "credential_pool": {"openai-codex": pool},
            },
        )
        return [row["key"] for row in home.read().tables["repo_profiles"]]

    assert keys("rt_FAKE_new") == ["p"]
    assert keys("rt_FAKE_old") == ["p", "openai-codex"]


class TestDeclared:
    MAPPING: ClassVar = {
        "tool": "my-router",
        "files": {"state": {"path": "~/.my-router/state.json", "secret": True, "keys": ["active", "logins"]}},
        "routers": {"kind": "pointer", "columns": {"selection": "file.active"}},
        "repo_profiles": {"at": "/logins", "key": "entry.name", "credential": "entry.auth_data"},
        "slots": {"ids": ["default"]},
    }

    @pytest.fixture
    def read(self, home, new_login, oauth):
        def run(mapping=None, content=None):
            tokens = new_login()
            data = {"access_token": tokens.access, "refresh_token": tokens.refresh}
            state = {"active": "work", "logins": [{"name": "work", "auth_data": data}]}
            home.write(".my-router/state.json", state if content is None else content)
            home.store(openai_codex__default=oauth(tokens))
            return home.read(declared=[mapping or self.MAPPING])

        return run

    def test_a_declared_router_is_read_like_a_known_one(self, read):
        snapshot = read()
        row = router(snapshot)
        assert (row["id"], row["selected_key"], row["selection_state"]) == ("my-router", "work", "ok")
        (entry,) = snapshot.tables["repo_profiles"]
        assert entry["at"]["fields"]["refresh"]["pointer"] == "/logins/0/auth_data/refresh_token"
        (slot,) = snapshot.tables["slots"]
        assert (slot["id"], slot["router"]) == (DEFAULT, "my-router")

    def test_a_declaration_goes_before_what_is_known_of_the_tool(self, home):
        login = {"id": "a", "name": "a", "auth_data": {"refresh_token": "rt_FAKE_a"}}
        home.write(".codex-switcher/accounts.json", {"accounts": [login], "active_account_id": "a"})
        mine = {
            **self.MAPPING,
            "files": {"logins": {"path": "~/.codex-switcher/accounts.json"}},
            "repo_profiles": {"at": "/accounts", "credential": "entry.auth_data"},
        }
        assert [row["id"] for row in home.read().tables["routers"]] == ["lampese-switcher"]
        assert [row["id"] for row in home.read(declared=[mine]).tables["routers"]] == ["my-router"]

    def test_a_place_that_holds_nothing_is_told(self, read):
        wrong = {**self.MAPPING, "repo_profiles": {"at": "/login", "key": "entry.name"}}
        (file,) = (row for row in read(wrong).tables["files"] if row["path"].endswith("state.json"))
        assert (
            file["schema_detail"] == "there is nothing at /login, where the declaration has `repo_profiles`"
        )
        assert all(row["schema_known"] for row in read().tables["files"])

    def test_a_file_that_is_not_there_is_told(self, home):
        home.store()
        snapshot = home.read(declared=[self.MAPPING])
        assert snapshot.tables["routers"] == []
        (file,) = [row for row in snapshot.tables["files"] if not row["exists"]]
        assert file["path"] == "~/.my-router/state.json"

    def test_a_torn_file_gives_an_empty_router(self, read):
        assert router(read(content='{"active": '))["selection_state"] == "none"

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"tool": None}, "`tool` must be a text"),
            ({"files": {}}, "`files` names no file"),
            ({"fiels": {}}, "unknown key `fiels`"),
            ({"routers": {"kind": "arrow"}}, "routers.kind must be one of"),
            ({"routers": {"kind": "pointer", "file": "other"}}, "routers.file must be one of"),
            ({"routers": {"kind": "pointer", "columns": {"selektion": "x"}}}, "unknown key `selektion`"),
            ({"repo_profiles": {"at": "logins"}}, "is no JSON pointer"),
            ({"repo_profiles": []}, "an object is expected"),
            ({"slots": {"ids": "default"}}, "slots.ids must be a list of texts"),
            ({"files": {"state": {"path": "x", "newest": "3"}}}, "newest must be a whole number"),
            ({"files": {"state": {"path": "x", "keys": "a b"}}}, "keys must be a list of texts"),
        ],
    )
    def test_a_declaration_that_is_wrong_says_where(self, change, message):
        with pytest.raises(MappingError) as caught:
            parse_mapping(self.MAPPING | change)
        assert message in str(caught.value)

    def test_an_expression_that_does_not_parse_is_named(self, read):
        mapping = self.MAPPING | {"routers": {"kind": "pointer", "columns": {"selection": "file."}}}
        with pytest.raises(MappingError, match=r"`file\.` does not parse"):
            read(mapping)

    def test_no_token_leaves(self, read, new_login):
        dumped = json.dumps(read().tables)
        assert new_login().access not in dumped
        assert new_login().refresh not in dumped
