"""The Codex CLI's own login: `$CODEX_HOME/auth.json`, and the keys of `config.toml` that decide about it."""

from linter.openclaw.plain import members
from linter.openclaw.reading import Reading
from linter.routers.codex_starts import read_starts, workspaces
from linter.routers.files import RouterFile, Schema, open_json, open_toml
from linter.routers.login import read_login
from linter.routers.place import fields_in, located
from linter.routers.values import shown_text
from linter.snapshot.tables import Row, new_row

_PROVIDER = "codex-cli"
_MATERIAL = {
    "chatgpt": None,
    "apikey": None,
    "chatgptAuthTokens": None,
    "personalAccessToken": "personal_access_token",
    "agentIdentity": "agent_identity",
    "bedrockApiKey": "bedrock_api_key",
}
"""The modes that Codex 0.171 loads from a file, spelled just so, and what they need beside tokens and key."""

_AUTH_COLUMNS = {
    "auth_mode": "/auth_mode",
    "auth_mode_state": "/auth_mode",
    "api_key_present": "/OPENAI_API_KEY",
    "tokens_present": "/tokens",
    "last_refresh": "/last_refresh",
    "id_token_parses": "/tokens/id_token",
}
_CONFIG_COLUMNS = {
    "store_mode": "/cli_auth_credentials_store",
    "forced_workspaces": "/forced_chatgpt_workspace_id",
    "forced_workspaces_joined": "/forced_chatgpt_workspace_id",
    "forced_method": "/forced_login_method",
}


def read_codex_cli(reading: Reading) -> None:
    """Append the Codex home's row, if there is a login or a configuration.

    A login file that does not parse is a row of `files` only: what it says is not known, so it is not absent.
    """
    home = reading.location.codex_home
    auth = open_json(reading, home / "auth.json", "codex-auth", Schema(), secret=True)
    config = open_toml(reading, home / "config.toml", "codex-config")
    before = len(reading.snapshot.tables["codex_cli"])
    _read_login(reading, auth, config)
    read_starts(reading, config, next(iter(reading.snapshot.tables["codex_cli"][before:]), None))


def _read_login(reading: Reading, auth: RouterFile | None, config: RouterFile | None) -> None:
    if (auth is None and config is None) or (auth is not None and not isinstance(auth.value, dict)):
        return
    login = members(auth.value) if auth else {}
    settings = members(config.value) if config else {}
    forced = settings.get("forced_chatgpt_workspace_id")
    tokens = login.get("tokens")
    credential, pointers = _credential(login, reading.now)
    reading.snapshot.tables["codex_cli"].append(
        new_row(
            "codex_cli",
            at=_at(auth, config, pointers),
            home=reading.shown(reading.location.codex_home),
            auth_mode_state=_mode_state(login),
            auth_mode=shown_text(login.get("auth_mode")),
            api_key_present=isinstance(login.get("OPENAI_API_KEY"), str)
            and bool(login["OPENAI_API_KEY"].strip()),
            tokens_present=isinstance(tokens, dict),
            last_refresh=shown_text(login.get("last_refresh")),
            store_mode=shown_text(settings.get("cli_auth_credentials_store")),
            forced_workspaces=workspaces(forced),
            forced_workspaces_joined=isinstance(forced, str) and "," in forced,
            forced_method=shown_text(settings.get("forced_login_method")),
            id_token_parses=_id_token_parses(members(tokens), credential),
            **credential,
        )
    )


def _credential(login: Row, now_ms: int) -> tuple[Row, dict[str, str]]:
    """Return the credential columns; the CLI goes by the access token's own expiry."""
    raw = {name: login.get(name) for name in ("tokens", "OPENAI_API_KEY")}
    found = read_login(raw, _PROVIDER, now_ms)
    access = found.columns["access"]
    expiry = access["claims"]["exp"] if access and access["claims"] else None
    if expiry is not None:
        found = read_login({**raw, "expires": expiry}, _PROVIDER, now_ms)
    return found.columns, found.pointers


def _id_token_parses(tokens: Row, credential: Row) -> bool | None:
    if tokens.get("id_token") is None:
        return None
    id_token = credential["idToken"]
    return id_token is not None and id_token["kind"] == "jwt"


def _mode_state(login: Row) -> str | None:
    """Say what Codex 0.171 makes of `auth_mode`; None without one."""
    mode = login.get("auth_mode")
    if mode is None:
        return None
    if mode == "headers":
        return "external"
    if not isinstance(mode, str) or mode not in _MATERIAL:
        return "unknown"
    material = _MATERIAL[mode]
    return "ok" if material is None or login.get(material) else "no-material"


def _at(auth: RouterFile | None, config: RouterFile | None, pointers: dict[str, str]) -> Row:
    """Return where the columns stand: the login's in one file, the settings in the other."""
    main = auth or config
    assert main is not None
    at = located(main.source, "", pointers)
    fields = at.setdefault("fields", {})
    for file, columns in ((auth, _AUTH_COLUMNS), (config, _CONFIG_COLUMNS)):
        if file is not None:
            fields |= fields_in(file.source, columns)
    return at
