"""How the Codex CLI can be started, plainly or with `-p NAME`, and where each start sends its login.

`NAME.config.toml` is laid over `config.toml` (Codex 0.171; table by table). A provider with
`requires_openai_auth` and no key of its own is sent the ChatGPT token and account id, whoever runs it.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from linter.openclaw.plain import members
from linter.openclaw.reading import Reading
from linter.routers.files import RouterFile, open_toml
from linter.routers.find import matches
from linter.routers.values import shown_text, texts
from linter.snapshot.tables import Row, new_row
from linter.sources.paths import join

_STORE_MODES = frozenset({"file", "keyring", "auto", "ephemeral"})
_BUILT_IN = "openai"
_BUILT_INS = frozenset({_BUILT_IN, "amazon-bedrock", "lmstudio", "ollama", "ollama-chat", "oss"})
_OPENAI = ("openai.com", "chatgpt.com", "azure.com")
_SUFFIX = ".config.toml"
_FORCED = "/forced_chatgpt_workspace_id"


def read_starts(reading: Reading, config: RouterFile | None, cli: Row | None) -> None:
    """Append a row for the plain start, and one for each profile file of the Codex home."""
    settings = members(config.value) if config else {}
    rows = reading.snapshot.tables["codex_starts"]
    if config is not None:
        rows.append(_start(reading, config, None, settings, settings, cli))
    for path in matches(reading.location.codex_home, f"*{_SUFFIX}"):
        file = open_toml(reading, path, "codex-config")
        if file is not None and isinstance(file.value, dict):
            name = path.name.removesuffix(_SUFFIX)
            rows.append(_start(reading, file, name, _laid_over(settings, file.value), file.value, cli))


def workspaces(forced: Any) -> list[str]:
    """Return the workspaces that a configuration allows: a list, or one text."""
    return texts(forced.split(",") if isinstance(forced, str) else forced)


def _start(
    reading: Reading, file: RouterFile, name: str | None, settings: Row, own: Row, cli: Row | None
) -> Row:
    chosen = settings.get("model_provider")
    provider = chosen if isinstance(chosen, str) else _BUILT_IN
    reached = [(url, at, host) for url, at in _destinations(settings, provider) if (host := _host(url))]
    url, pointer, host = next((one for one in reached if not _is_openai(one[2])), ("", "", None))
    forced = own.get("forced_chatgpt_workspace_id")
    problem, problem_at = _problem(own, settings, provider)
    if name is not None and isinstance(forced, str) and "," in forced:  # else the login's own rule tells
        problem, problem_at = "`forced_chatgpt_workspace_id` is one text with commas; write a list", _FORCED
    return new_row(
        "codex_starts",
        at={
            "source": file.source,
            "pointer": "",
            "fields": {
                "base_url": {"source": file.source, "pointer": pointer},
                "forced_workspaces": {"source": file.source, "pointer": _FORCED},
                "forced_method": {"source": file.source, "pointer": "/forced_login_method"},
                "problem": {"source": file.source, "pointer": problem_at},
            },
        },
        home=reading.shown(reading.location.codex_home),
        profile=shown_text(name),
        provider=shown_text(provider) or _BUILT_IN,
        base_url=f"{urlsplit(url.strip()).scheme}://{shown_text(host)}" if host else None,
        sends_login=host is not None and _signed_in(cli),
        local=host in ("localhost", "127.0.0.1", "::1"),
        forced_workspaces=workspaces(forced),
        forced_method=shown_text(own.get("forced_login_method")),
        problem=problem,
    )


def _destinations(settings: Row, provider: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses that a ChatGPT login is sent to, with where they stand."""
    definition = members(members(settings.get("model_providers")).get(provider))
    keyed = any(definition.get(field) for field in ("env_key", "experimental_bearer_token", "auth"))
    named = [(settings.get("chatgpt_base_url"), "/chatgpt_base_url")]
    if provider == _BUILT_IN:
        named.insert(0, (settings.get("openai_base_url"), "/openai_base_url"))
    elif definition.get("requires_openai_auth") is True and not keyed:
        named.insert(0, (definition.get("base_url"), join("/model_providers", provider, "base_url")))
    yield from ((url, at) for url, at in named if isinstance(url, str) and url.strip())


def _host(url: str) -> str | None:
    try:
        return urlsplit(url.strip()).hostname
    except ValueError:
        return None


def _is_openai(host: str) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in _OPENAI)


def _signed_in(cli: Row | None) -> bool:
    """Tell whether Codex would use a ChatGPT login: not where an API key goes first."""
    if cli is None or not cli["tokens_present"]:
        return False
    return cli["auth_mode"] in ("chatgpt", "chatgptAuthTokens") or (
        cli["auth_mode"] is None and not cli["api_key_present"]
    )


def _problem(own: Row, settings: Row, provider: str) -> tuple[str | None, str]:
    """Say why Codex 0.171 does not start with a configuration, and at which key."""
    if "profile" in own:
        return "`profile` is no longer read; a profile is a file NAME.config.toml, chosen with -p", "/profile"
    mode = own.get("cli_auth_credentials_store")
    if mode is not None and mode not in _STORE_MODES:
        known = ", ".join(sorted(_STORE_MODES))
        return f"`cli_auth_credentials_store` is none of {known}", "/cli_auth_credentials_store"
    defined = members(settings.get("model_providers"))
    if _BUILT_IN in members(own.get("model_providers")):
        return (
            f"the provider `{_BUILT_IN}` is built in and cannot be defined",
            f"/model_providers/{_BUILT_IN}",
        )
    if "model_provider" in own and provider not in {*defined, *_BUILT_INS}:
        return "`model_provider` names a provider that is not defined", "/model_provider"
    return None, ""


def _laid_over(below: Row, above: Row) -> Row:
    merged = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _laid_over(merged[key], value) if both else value
    return merged
