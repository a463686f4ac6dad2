"""Which credential answers for each model that is configured, and which login it passes by."""

from linter.openclaw.selection.blocked import summary_scope
from linter.openclaw.selection.order import Agent, Orders
from linter.openclaw.selection.provider import OPENAI_REALMS, accepted_providers
from linter.openclaw.selection.view import unique
from linter.snapshot.tables import Row, Tables

_LOGINS = frozenset({"oauth", "token"})


def fill_model_uses(tables: Tables, orders: dict[str, Orders]) -> None:
    """Fill the derived columns of `model_uses`."""
    runtimes = {row["id"]: row["runtime"] for row in tables["agents"]}
    for row in tables["model_uses"]:
        agent_orders = orders.get(row["agent"])
        if agent_orders is not None and row["provider"]:
            _fill(row, agent_orders, runtimes.get(row["agent"]))


def _fill(row: Row, orders: Orders, runtime: str | None) -> None:
    agent, scope = orders.agent, summary_scope(orders.agent.semantics)
    providers = accepted_providers(agent.semantics, row["provider"], runtime, agent.starts_with_codex)
    tried = unique(listed for provider in providers for listed in orders.arranged(provider, scope))
    profiles = agent.view.profiles
    types = {listed: profiles[listed]["type"] for listed in tried if listed in profiles}
    if tried:
        row["profile"], row["type"] = tried[0], types.get(tried[0])
    if tried and not _LOGINS & set(types.values()):
        row["bypassed"] = _bypassed(agent, providers, tried)


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
