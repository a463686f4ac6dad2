"""What the migration to OpenClaw 2026.9.6 does to models and to the pins of chats, on raw tables.

(2026.9.6: codex-route-session-repair, doctor-state-integrity and what the plugins' manifests own.)
"""

from collections.abc import Mapping, Sequence

from linter.openclaw.selection.provider import realm_of
from linter.openclaw.selection.stores import SHARED, agent_scope
from linter.openclaw.whatif.renames import modern
from linter.snapshot.tables import Row, Tables

_PIN = ("authProfileOverride", "authProfileOverrideSource", "authProfileOverrideCompactionCount")
_CHOICE = ("providerOverride", "modelOverride", "modelOverrideSource", "modelOverrideFallbackOriginProvider")
_OWNED = (
    frozenset({"openai"}),
    frozenset({"anthropic", "claude-cli"}),
    frozenset({"google", "google-antigravity", "google-gemini-cli", "google-vertex"}),
)
"""Providers of one plugin, whose traces are cleared from chats of agents without a model of it."""


def rename_chats(tables: Tables, names: Mapping[str, str]) -> None:
    """Give new names to models, and to pins whose agent sees the login; clear what no agent's model explains.

    `names` has the new ids by old ones; the logins are already renamed.
    """
    custom = frozenset(row["realm"] for row in tables["model_providers"])
    for row in (*tables["agents"], *tables["model_uses"]):
        row["model"] = _renamed(row["model"], custom)
        provider = realm_of((row["model"] or "").partition("/")[0])
        row.update({name: provider for name in ("provider", "model_provider") if row.get(name)})
    for row in tables["agents"]:
        row["model_suffix"] = names.get(row["model_suffix"], row["model_suffix"])
    routes: dict[str, list[str]] = {row["id"]: [] for row in tables["agents"]}
    for row in tables["model_uses"]:
        if row["model"] and row["use"] in ("primary", "fallback"):
            routes[row["agent"]].append(row["model"].strip().lower())
    seen = {(row["scope"], row["id"]): row["realm"] for row in tables["profiles"]}
    for row in tables["sessions"]:
        _rename_models(row, custom)
        pin = row["authProfileOverride"]
        new = names.get(pin.strip()) if isinstance(pin, str) else None
        realm = seen.get((agent_scope(row["agent"]), new)) or seen.get((SHARED, new))
        if new and realm == new.partition(":")[0]:
            row["authProfileOverride"] = new
        for providers in _OWNED:
            _clear(row, routes.get(row["agent"], []), providers)


def _rename_models(row: Row, custom: frozenset[str | None]) -> None:
    for provider, model in (("modelProvider", "model"), ("providerOverride", "modelOverride")):
        realm = realm_of(row[provider])
        if realm is None or (modern(realm) != realm and realm not in custom):
            row[provider] = realm and modern(realm)
            renamed = _renamed(row[model], custom)
            row[model] = (
                renamed if realm is None or renamed is None else renamed.removeprefix(f"{modern(realm)}/")
            )


def _renamed(model: str | None, custom: frozenset[str | None]) -> str | None:
    """Return a model, `provider/model`, under its provider's present name."""
    realm, slash, rest = (model or "").strip().partition("/")
    realm = realm.strip().lower()
    return f"{modern(realm)}/{rest}" if slash and modern(realm) != realm and realm not in custom else model


def _clear(row: Row, models: Sequence[str], providers: frozenset[str]) -> None:
    """Clear what leads a chat to a plugin's providers, unless a person chose it or the agent runs on them.

    `models` are those of the agent, `provider/model`, the first one first.
    """
    chosen = row["modelOverride"] or ""
    if chosen and (row["providerOverride"] or "/" not in chosen):
        first = models[0].partition("/")[0] if models else ""
        chosen = f"{realm_of(row['providerOverride']) or first}/{chosen}"
    owned = realm_of(chosen.partition("/")[0]) in providers
    automatic = row["modelOverrideSource"] == "auto"
    if owned and automatic and chosen.lower() not in models:
        row.update(dict.fromkeys(_CHOICE))
    if (owned and not automatic) or any(model.partition("/")[0] in providers for model in models):
        return
    if realm_of(row["modelProvider"]) in providers and row["model"]:
        row.update(modelProvider=None, model=None)
    pin = row["authProfileOverride"]
    prefix = realm_of(pin.partition(":")[0]) if isinstance(pin, str) else None
    if row["authProfileOverrideSource"] == "auto" and prefix in providers:
        row.update(dict.fromkeys(_PIN))
