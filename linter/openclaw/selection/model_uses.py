"""Which credential answers for each model that is configured, and which login it passes by."""

from linter.openclaw.agents import MAIN
from linter.openclaw.provider_keys import LOADS_SHELL, provider_keys
from linter.openclaw.selection.blocked import summary_scope
from linter.openclaw.selection.order import Agent, Orders
from linter.openclaw.selection.provider import OPENAI, OPENAI_REALMS, accepted_providers
from linter.openclaw.selection.sessions import runs_native
from linter.openclaw.selection.view import unique
from linter.snapshot.tables import Row, Tables

_LOGINS = frozenset({"oauth", "token"})


def fill_model_uses(tables: Tables, orders: dict[str, Orders]) -> None:
    """Fill the derived columns of `model_uses`."""
    agents = {row["id"]: row for row in tables["agents"]}
    runs = {row["id"] for row in tables["agents"] if row["configured"]} or {MAIN}
    for row in tables["model_uses"]:
        agent_orders, agent = orders.get(row["agent"]), agents.get(row["agent"])
        if agent_orders is not None and agent is not None and row["provider"]:
            providers = _fill(row, agent_orders, agent["runtime"])
            row["keys"] = provider_keys().get(row["provider"], [])
            row["holders"] = [
                name
                for name, other in orders.items()
                if any(profile["realm"] in providers for profile in other.agent.view.own.profiles.values())
            ]
            if row["agent"] in runs and not runs_native(agent, agent["runtime"], row["provider"]):
                row["login"] = _login(row, providers, agent_orders.agent, agent["runtime"], tables)


def _login(
    row: Row, providers: tuple[str, ...], agent: Agent, runtime: str | None, tables: Tables
) -> str | None:
    """Return what a turn signs in with; None where a stored profile is at fault, or nothing may be needed."""
    if row["profile"]:
        return "stored"
    entry = next((known for known in tables["model_providers"] if known["realm"] == row["provider"]), None)
    if entry and (entry["apiKey"] or entry["own_endpoint"] or entry["auth"] == "aws-sdk"):
        return "config"
    if any(flag["set"] and flag["name"] in row["keys"] for flag in tables["env_flags"]):
        return "environment"
    renamed = agent.semantics.openai_namespace and row["provider"] in OPENAI_REALMS - {OPENAI}
    native = runtime == "codex" and not agent.semantics.agent_store  # it may have a login of its own
    known = row["provider"] in provider_keys() and not renamed and not native
    if not known or any(agent.stored(provider) for provider in providers):
        return None
    serves = any(file["role"] == "service" for file in tables["files"])
    shell = any(flag["name"] == LOADS_SHELL and flag["set"] for flag in tables["env_flags"])
    return "unseen" if row["keys"] and (shell or not serves) else "none"


def _fill(row: Row, orders: Orders, runtime: str | None) -> tuple[str, ...]:
    agent, scope = orders.agent, summary_scope(orders.agent.semantics)
    providers = accepted_providers(agent.semantics, row["provider"], runtime, agent.starts_with_codex)
    tried = unique(listed for provider in providers for listed in orders.arranged(provider, scope))
    profiles = agent.view.profiles
    types = {listed: profiles[listed]["type"] for listed in tried if listed in profiles}
    if tried:
        row["profile"], row["type"] = tried[0], types.get(tried[0])
    if tried and not _LOGINS & set(types.values()):
        row["bypassed"] = _bypassed(agent, providers, tried)
    return providers


def _bypassed(agent: Agent, providers: tuple[str, ...], tried: list[str]) -> str | None:
    """Return a login that was meant for a provider: stored under its other name, or only declared."""
    names = OPENAI_REALMS if OPENAI_REALMS.intersection(providers) else frozenset(providers)
    stored = (
        profile_id
        for realm in sorted(names.difference(providers))
        for profile_id in agent.usable(agent.stored(realm), realm)
        if agent.view.profiles[profile_id]["type"] in _LOGINS
    )
    declared = (
        profile_id
        for profile_id, row in agent.config.declared.items()
        if row["realm"] in names and row["mode"] in _LOGINS and profile_id not in tried
    )
    return next(stored, None) or next(declared, None)
