"""The Codex CLI's login file and configuration."""

import pytest


@pytest.fixture
def write_auth(home, new_login):
    def run(tokens=None, **fields):
        made = new_login()
        tokens = {"id_token": made.access, "access_token": made.access, "refresh_token": made.refresh} | (
            tokens or {}
        )
        home.write(".codex/auth.json", {"OPENAI_API_KEY": None, "tokens": tokens, **fields})
        return made

    return run


def only(snapshot):
    (row,) = snapshot.tables["codex_cli"]
    return row


def test_a_login_has_the_columns_of_a_credential(home, write_auth):
    write_auth({"account_id": "acct-a"}, auth_mode="chatgpt", last_refresh="2026-01-01T00:00:00Z")
    row = only(home.read())
    assert (row["type"], row["accountId"], row["identity"]["seat"]) == ("oauth", "acct-a", "acct-a/user-1")
    assert (row["auth_mode"], row["last_refresh"]) == ("chatgpt", "2026-01-01T00:00:00Z")
    assert (row["tokens_present"], row["api_key_present"], row["id_token_parses"]) == (True, False, True)
    assert row["expires"] == row["access"]["claims"]["exp"]


def test_columns_know_where_they_stand(home, write_auth):
    write_auth({"account_id": "acct-a"})
    home.write(".codex/config.toml", 'cli_auth_credentials_store = "keyring"\n')
    fields = only(home.read())["at"]["fields"]
    assert fields["accountId"] == {"source": "~/.codex/auth.json", "pointer": "/tokens/account_id"}
    assert fields["api_key_present"]["pointer"] == "/OPENAI_API_KEY"
    assert fields["store_mode"] == {
        "source": "~/.codex/config.toml",
        "pointer": "/cli_auth_credentials_store",
    }


def test_an_id_token_that_is_no_jwt_is_told(home, write_auth):
    write_auth({"id_token": "broken"})
    assert only(home.read())["id_token_parses"] is False
    write_auth({"id_token": None})
    assert only(home.read())["id_token_parses"] is None


def test_an_api_key_login_is_of_that_type(home):
    home.write(".codex/auth.json", {"OPENAI_API_KEY": "sk-test-invented"})
    row = only(home.read())
    assert (row["type"], row["api_key_present"], row["tokens_present"]) == ("api_key", True, False)


def test_settings_count_at_the_top_level_only(home):
    home.write(
        ".codex/config.toml",
        'forced_login_method = "chatgpt"\nforced_chatgpt_workspace_id = ["acct-a", "acct-b"]\n'
        '[profiles.work]\ncli_auth_credentials_store = "keyring"\n',
    )
    row = only(home.read())
    assert (row["store_mode"], row["forced_method"]) == (None, "chatgpt")
    assert (row["forced_workspaces"], row["forced_workspaces_joined"]) == (["acct-a", "acct-b"], False)


def test_a_comma_joined_workspace_list_is_told(home):
    home.write(".codex/config.toml", 'forced_chatgpt_workspace_id = "acct-a, acct-b"\n')
    row = only(home.read())
    assert (row["forced_workspaces"], row["forced_workspaces_joined"]) == (["acct-a", "acct-b"], True)


@pytest.mark.parametrize("torn", ['{"tokens": {"access_token": "e30.', "", "[]"])
def test_a_login_file_that_cannot_be_used_is_not_an_absent_login(home, torn):
    home.write(".codex/auth.json", torn)
    home.write(".codex/config.toml", 'cli_auth_credentials_store = "file"\n')
    snapshot = home.read()
    assert snapshot.tables["codex_cli"] == []
    (file,) = [row for row in snapshot.tables["files"] if row["role"] == "codex-auth"]
    assert (file["parse"], file["schema_known"]) != ("ok", True)


def test_a_configuration_that_does_not_parse_leaves_the_login(home, write_auth):
    write_auth()
    home.write(".codex/config.toml", "store = \n")
    snapshot = home.read()
    assert only(snapshot)["tokens_present"] is True
    assert [row["parse"] for row in snapshot.tables["files"] if row["role"] == "codex-config"] == ["error"]


def test_without_a_codex_home_there_is_no_row(home):
    assert home.read().tables["codex_cli"] == []


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://api.openai.com/v1", False),
        ("https://chatgpt.com/backend-api", False),
        ("https://us.openai.azure.com/openai", False),
        ("https://api.notopenai.com/v1", True),
        ("https://openai.com.example.net/v1", True),
        ("https://chatgpt.com@relay.example.net/v1", True),
    ],
)
def test_a_name_that_only_ends_like_openais_is_somebody_elses(home, write_auth, url, sent):
    write_auth(auth_mode="chatgpt")
    home.write(".codex/config.toml", f'openai_base_url = "{url}"\n')
    (row,) = home.read().tables["codex_starts"]
    assert row["sends_login"] is sent
