"""The credentials that each agent sees."""

from collections.abc import Iterator

from linter.openclaw.selection.blocked import summary_scope
from linter.openclaw.selection.codex_login import RUNTIME_IDS, borrowed_logins
from linter.openclaw.selection.drift import expires, is_same_person
from linter.openclaw.selection.order import Agent
from linter.openclaw.selection.semantics import Semantics
from linter.openclaw.selection.stores import SHARED, agent_scope
from linter.snapshot.tables import Row

_COPIED = ("provider", "realm", "type", "credential_state", "expired", "dead", "setup_replacement")

_TOLD = frozenset({"api-key", "login", "jwt"})


def visible_profiles(agents: dict[str, Agent], codex_homes: list[Row]) -> Iterator[Row]:
    """Yield the credentials that agents see. A copy that defers to an inherited login shows as that one."""
    for agent in agents.values():
        for profile_id, row in agent.view.profiles.items():
            yield _visible(agent, profile_id, _owner(agent, profile_id, row))
        yield from _virtual(agent, codex_homes)


def _visible(agent: Agent, profile_id: str, row: Row) -> Row:
    identity = row["identity"]
    return {
        "at": row["at"],
        "agent": agent.id,
        "id": profile_id,
        "origin": _origin(agent, row),
        "scope": row["scope"],
        **{name: row[name] for name in _COPIED},
        "declared": profile_id in agent.config.declared,
        "email": identity["email"],
        "account_id": identity["account_id"],
        "user_id": identity["user_id"],
        "seat": identity["seat"],
        "refresh_fingerprint": row["refresh"]["fingerprint"] if row["refresh"] else None,
        "key_fingerprint": _key(row),
        "blocked_until": agent.blocked_until(profile_id, summary_scope(agent.semantics)),
    }


def _key(row: Row) -> str | None:
    """Return the fingerprint of an API key or static token that can be told from a word in its place."""
    secret = row["key"] if row["type"] == "api_key" else row["token"] if row["type"] == "token" else None
    return secret["fingerprint"] if secret and secret["kind"] in _TOLD else None


def _origin(agent: Agent, row: Row) -> str:
    if row.get("borrowed"):
        return "virtual"
    if row["scope"] == agent_scope(agent.id):
        return "own"
    return "shared" if row["scope"] == SHARED else "main"


def _owner(agent: Agent, profile_id: str, row: Row) -> Row:
    """Return the row whose tokens are used: the inherited one for an own copy of it that is no newer."""
    inherited = agent.view.inherited.profiles.get(profile_id)
    yields = (
        agent.semantics.shared_store and inherited is not None and defers(row, inherited, agent.semantics)
    )
    return inherited if yields and inherited is not None else row


def defers(own: Row, inherited: Row, semantics: Semantics) -> bool:
    """Tell whether an own login gives way to the inherited one of its name, which is no older."""
    if own["type"] != "oauth" or inherited["type"] != "oauth" or own["realm"] != inherited["realm"]:
        return False
    refresh, inherited_refresh = own["refresh"], inherited["refresh"]
    if refresh and inherited_refresh and refresh["fingerprint"] == inherited_refresh["fingerprint"]:
        return True
    return is_same_person(own, inherited, semantics) and expires(inherited) >= expires(own)


def _virtual(agent: Agent, codex_homes: list[Row]) -> Iterator[Row]:
    """Yield the logins that agents of the JSON era borrow from the Codex CLI while a turn runs."""
    if agent.semantics.openai_namespace:
        return
    for login in borrowed_logins(codex_homes):
        for profile_id in RUNTIME_IDS:
            if profile_id not in agent.view.profiles:
                yield _visible(agent, profile_id, {**login, "scope": agent_scope(agent.id)})
