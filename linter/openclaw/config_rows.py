"""Rows of what openclaw.json declares: logins, orders, and each agent's model and runtime."""

from typing import Any

from linter.openclaw.agents import Agent, workspace
from linter.openclaw.config import Config
from linter.openclaw.model_config import model_path, named_model, provider_of, runtime
from linter.openclaw.plain import members, text
from linter.openclaw.provider_keys import LOADS_SHELL, key_names
from linter.openclaw.reading import Reading
from linter.openclaw.selection.blocked import number
from linter.openclaw.selection.provider import realm_of
from linter.openclaw.store_rows import add_orders
from linter.snapshot.credential import credential_type
from linter.snapshot.secrets import lowered, reduce_secret
from linter.snapshot.tables import Row, new_row

_MINUTE_MS = 60_000
_HOME_SCOPE = ("plugins", "entries", "codex", "config", "appServer", "homeScope")
_SHELL_ENV = ("env", "shellEnv", "enabled")
_ENDLESS = 1e9
"""Hours or minutes, of which no clock sees the end: a number that OpenClaw takes, but that says nothing."""


def add_declarations(reading: Reading, config: Config) -> None:
    """Append `auth.profiles` and `auth.order`."""
    for id_, entry in config.members("auth", "profiles"):
        reading.snapshot.tables["config_profiles"].append(_declared(config, id_, members(entry)))

    def at(*path: str | int) -> Row:
        return config.at("auth", "order", *path)

    add_orders(reading.snapshot.tables, config.get("auth", "order"), at, layer="config", agent=None)

    for base in (("env",), ("env", "vars")):
        for name, value in config.members(*base):
            if name in key_names():
                row = new_row(
                    "env_flags", at=config.at(*base, name), name=name, where="config", set=bool(value)
                )
                reading.snapshot.tables["env_flags"].append(row)
    if config.get(*_SHELL_ENV) is True:
        row = new_row("env_flags", at=config.at(*_SHELL_ENV), name=LOADS_SHELL, where="config", set=True)
        reading.snapshot.tables["env_flags"].append(row)


def add_model_providers(reading: Reading, config: Config) -> None:
    """Append what the entries of `models.providers` say of logging in; the profiles must be known."""
    tables = reading.snapshot.tables
    stored = {row["id"] for row in tables["profiles"]}
    for name, entry in config.members("models", "providers"):
        auth, key, url = (members(entry).get(column) for column in ("auth", "apiKey", "baseUrl"))
        path = ("models", "providers", name)
        tables["model_providers"].append(
            new_row(
                "model_providers",
                at=config.row_at(path, {column: (*path, column) for column in ("auth", "apiKey")}),
                provider=name,
                realm=realm_of(name),
                auth=text(auth),
                apiKey=reduce_secret(key),
                profile=key.strip() if isinstance(key, str) and key.strip() in stored else None,
                own_endpoint=bool(text(url)),
            )
        )


def disabled_cap(config: Config) -> int | None:
    """Return for how long `auth.cooldowns` lets OpenClaw disable a profile at most, ms; None if unsaid."""
    given = members(config.get("auth", "cooldowns"))
    hours = [given.get("billingMaxHours"), given.get("billingBackoffHours")]
    hours += members(given.get("billingBackoffHoursByProvider")).values()
    minutes = [given.get("authPermanentMaxMinutes"), given.get("authPermanentBackoffMinutes")]
    limits = [_length(value, 60 * _MINUTE_MS) for value in hours] + [
        _length(value, _MINUTE_MS) for value in minutes
    ]
    return max((limit for limit in limits if limit is not None), default=None)


def _length(value: Any, unit: int) -> int | None:
    amount = number(value)
    return round(amount * unit) if amount is not None and 0 < amount < _ENDLESS else None


def agent_row(reading: Reading, config: Config, agent: Agent, default: str, at: Row) -> Row:
    """Return an agent's row; how many profiles it stores is not yet known.

    `default` is the default agent. `at` is where one lies that the configuration does not describe.
    """
    reference = named_model(config, config.text(*model_path(config, agent)) or "")
    model = reference.model or None
    scope = config.text(*_HOME_SCOPE)
    placed = {"model": model, "model_suffix": reference.profile, "codex_home_scope": scope}
    return new_row(
        "agents",
        at=_agent_at(config, agent, at, placed),
        id=agent.id,
        main=agent.id == "main",
        configured=agent.entry is not None,
        agent_dir=reading.shown(agent.dir),
        workspace=reading.shown(workspace(reading.location, config, agent, default)),
        model=model,
        model_provider=provider_of(model),
        model_suffix=reference.profile,
        runtime=runtime(config, agent, model),
        codex_home_scope=scope,
    )


def _declared(config: Config, id_: str, entry: dict[str, Any]) -> Row:
    path = ("auth", "profiles", id_)
    mode = text(entry.get("mode"))
    return new_row(
        "config_profiles",
        at=config.row_at(path, {name: (*path, name) for name in ("provider", "mode", "email")}),
        id=text(id_),
        provider=text(entry.get("provider")),
        realm=lowered(entry.get("provider")),
        mode=mode,
        declared_type=credential_type({"type": mode}) or mode,
        email=text(entry.get("email")),
    )


def _agent_at(config: Config, agent: Agent, at: Row, placed: dict[str, str | None]) -> Row:
    """Return where an agent is described: its entry, else the place given."""
    written = {"codex_home_scope": _HOME_SCOPE}
    moved = {
        name: written.get(name) or model_path(config, agent)
        for name, value in placed.items()
        if value is not None
    }
    if agent.entry is not None:
        return config.row_at(agent.entry, moved)
    fields = {name: config.at(*path) for name, path in moved.items()}
    return {**at, "fields": fields} if fields else at
