"""Rows of what openclaw.json declares: logins, orders, and each agent's model and runtime."""

from typing import Any

from linter.openclaw.agents import Agent, ConfigPath, workspace
from linter.openclaw.config import Config
from linter.openclaw.plain import folded, members, public, text
from linter.openclaw.reading import Reading
from linter.openclaw.selection.blocked import number
from linter.openclaw.selection.provider import realm_of, split_profile
from linter.openclaw.store_rows import add_orders
from linter.snapshot.credential import credential_type
from linter.snapshot.secrets import lowered, reduce_secret
from linter.snapshot.tables import Row, new_row

_RUNTIMES = frozenset({"codex", "openclaw"})
_MINUTE_MS = 60_000
_ENDLESS = 1e9
"""Hours or minutes, of which no clock sees the end: a number that OpenClaw takes, but that says nothing."""


def add_declarations(reading: Reading, config: Config) -> None:
    """Append `auth.profiles` and `auth.order`."""
    for id_, entry in config.members("auth", "profiles"):
        reading.snapshot.tables["config_profiles"].append(_declared(config, id_, members(entry)))

    def at(*path: str | int) -> Row:
        return config.at("auth", "order", *path)

    add_orders(reading.snapshot.tables, config.get("auth", "order"), at, layer="config", agent=None)


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


def agent_row(reading: Reading, config: Config, agent: Agent) -> Row:
    """Return an agent's row; how many profiles it stores is not yet known."""
    written = config.text(*_model_path(config, agent)) or ""
    reference = split_profile(public(_unaliased(config, written)))
    model = reference.model or None
    return new_row(
        "agents",
        at=_agent_at(reading, config, agent, {"model": model, "model_suffix": reference.profile}),
        id=agent.id,
        main=agent.id == "main",
        configured=agent.entry is not None,
        agent_dir=reading.shown(agent.dir),
        workspace=reading.shown(workspace(reading.location, config, agent)),
        model=model,
        model_provider=realm_of(model.split("/")[0]) if model and "/" in model else None,
        model_suffix=reference.profile,
        runtime=_runtime(config, agent, model),
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


def _agent_at(reading: Reading, config: Config, agent: Agent, from_model: dict[str, str | None]) -> Row:
    """Return where an agent is described: its entry, else the first of its files, else the configuration."""
    model_path = _model_path(config, agent)
    moved = {name: model_path for name, value in from_model.items() if value is not None}
    if agent.entry is not None:
        return config.row_at(agent.entry, moved)
    own = (row["at"] for row in reading.snapshot.tables["files"] if row["agent"] == agent.id)
    at = next(own, config.at())
    fields = {name: config.at(*path) for name, path in moved.items()}
    return {**at, "fields": fields} if fields else at


def _model_path(config: Config, agent: Agent) -> ConfigPath:
    """Return where an agent's primary model stands: in its own entry, or in the defaults."""
    bases: list[ConfigPath] = [("agents", "defaults", "model")]
    if agent.entry is not None:
        bases.insert(0, (*agent.entry, "model"))
    for base in bases:
        for path in (base, (*base, "primary")):
            if config.text(*path):
                return path
    return bases[-1]


def _unaliased(config: Config, model: str) -> str:
    """Return what a model's alias stands for, or the model itself."""
    if model and "/" not in model:
        for reference, settings in config.members("agents", "defaults", "models"):
            if folded(text(members(settings).get("alias")) or "") == folded(model):
                return reference
    return model


def _runtime(config: Config, agent: Agent, model: str | None) -> str | None:
    bases: list[ConfigPath] = [("agents", "defaults")]
    if agent.entry is not None:
        bases.insert(0, agent.entry)
    for base in bases:
        for path in ((*base, "models", model or ""), base):
            name = config.text(*path, "agentRuntime", "id")
            if name:
                return name if name in _RUNTIMES else None
    return None
