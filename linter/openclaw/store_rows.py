"""Rows of a parsed credential store, wherever it is kept: profiles, orders, lastGood, usageStats.

Columns that selection derives stay empty until then.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from linter.openclaw.plain import folded, members, public, shape, text
from linter.openclaw.references import References
from linter.snapshot.credential import credential_columns, credential_type, is_number
from linter.snapshot.tables import Row, Tables, new_row
from linter.sources.paths import join

_STORED = ("cooldownUntil", "disabledUntil", "blockedUntil", "errorCount", "lastFailureAt", "lastUsed")
_NOTED = (
    "cooldownReason",
    "disabledReason",
    "blockedReason",
    "cooldownModel",
    "blockedScope",
    "blockedModel",
)
_ALIASES = {"type": "mode", "key": "apiKey"}
_TYPES = ("oauth", "token", "api_key", "apiKey")
_TEXTS = ("access", "refresh", "idToken")
_TEXTS_OR_REFERENCES = ("token", "key", "apiKey")
_REFERENCES = ("tokenRef", "keyRef")
At = Callable[..., Row]
"""Returns a row's `at` for a path of keys and indices."""


class Owner(NamedTuple):
    """Whose store it is: an agent's, or the shared one (None)."""

    agent: str | None

    @property
    def scope(self) -> str:
        """The scope column of its rows."""
        return "shared" if self.agent is None else f"agent:{self.agent}"

    @property
    def layer(self) -> str:
        """The layer column of its order lists."""
        return "shared" if self.agent is None else "agent"


def located(source: str) -> At:
    """Return the `at` of rows of one document."""
    return lambda *path: {"source": source, "pointer": join("", *path)}


def add_profiles(
    tables: Tables, store: dict[str, Any], at: At, owner: Owner, realpath: str, references: References
) -> None:
    """Append the credentials of a store."""
    for id_, raw in members(store.get("profiles")).items():
        credential = members(raw)
        found = references.check(id_, credential)
        setup = members(credential.get("setup"))
        tables["profiles"].append(
            new_row(
                "profiles",
                at=_profile_at(at, id_, credential),
                scope=owner.scope,
                agent=owner.agent,
                id=public(id_),
                owner=realpath,
                dropped_reason=_dropped_reason(raw),
                misshapen=_misshapen(credential),
                setup_replacement=setup.get("replacement") is True,
                **credential_columns(
                    credential, references.now, ref_state=found.state, ref_detail=found.detail
                ),
            )
        )


def count_profiles(file: Row, store: dict[str, Any], written: int | None) -> None:
    """Enter into the row of a store's file how many credentials it holds, and since when."""
    file.update(profile_count=len(members(store.get("profiles"))), stored_at=written)


def add_orders(
    tables: Tables, lists: Any, at: At, *, layer: str, agent: str | None, embedded: bool = False
) -> None:
    """Append order lists by provider key and their ids; what is no list of ids is nothing to OpenClaw."""
    for provider, ids in members(lists).items():
        if not isinstance(ids, list):
            continue
        key = {
            "layer": layer,
            "agent": agent,
            "embedded": embedded,
            "provider": public(provider),
            "realm": public(folded(provider)),
        }
        named = [
            (pos, public(id_.strip())) for pos, id_ in enumerate(ids) if isinstance(id_, str) and id_.strip()
        ]
        tables["order_lists"].append(
            new_row("order_lists", at=at(provider), **key, ids=[id_ for _, id_ in named])
        )
        tables["orders"].extend(
            new_row("orders", at=at(provider, pos), **key, pos=pos, id=id_) for pos, id_ in named
        )


def add_last_good(
    tables: Tables, entries: dict[str, Any], at: At, owner: Owner, *, but: frozenset[str] = frozenset()
) -> None:
    """Append `lastGood` entries, except for the keys in `but`."""
    for provider, id_ in entries.items():
        if isinstance(id_, str) and provider not in but:
            tables["last_good"].append(
                new_row(
                    "last_good",
                    at=at(provider),
                    scope=owner.scope,
                    agent=owner.agent,
                    provider=public(provider),
                    realm=public(folded(provider)),
                    id=public(id_),
                )
            )


def add_usage_stats(
    tables: Tables, entries: dict[str, Any], at: At, owner: Owner, *, but: frozenset[str] = frozenset()
) -> None:
    """Append `usageStats` entries, except for the keys in `but`."""
    for id_, stats in entries.items():
        if isinstance(stats, dict) and id_ not in but:
            tables["usage_stats"].append(
                new_row(
                    "usage_stats",
                    at=at(id_),
                    scope=owner.scope,
                    agent=owner.agent,
                    id=public(id_),
                    **{name: shape(stats.get(name)) for name in _STORED},
                    **{name: text(stats.get(name)) for name in _NOTED},
                    failureCounts=_counts(stats.get("failureCounts")),
                )
            )


def _profile_at(at: At, id_: str, credential: dict[str, Any]) -> Row:
    """Return where a credential stands, and its type and key where they go by their other names."""
    fields = {
        name: at("profiles", id_, alias)
        for name, alias in _ALIASES.items()
        if credential.get(name) is None and credential.get(alias) is not None
    }
    place = at("profiles", id_)
    return {**place, "fields": fields} if fields else place


def _dropped_reason(raw: Any) -> str | None:
    """Return why OpenClaw drops an entry when it loads the store."""
    if not isinstance(raw, dict):
        return "non_object"
    if (raw["type"] if "type" in raw else raw.get("mode")) not in _TYPES:
        return "invalid_type"
    provider = raw.get("provider")
    return None if isinstance(provider, str) and provider.strip() else "missing_provider"


def _misshapen(credential: dict[str, Any]) -> list[str]:
    """Return the fields whose value OpenClaw cannot use; no SecretRef may stand in an OAuth login."""
    refuses = credential_type(credential) == "oauth"
    texts = (*_TEXTS, *_TEXTS_OR_REFERENCES) if refuses else _TEXTS
    found = [name for name in texts if not isinstance(credential.get(name), str | None)]
    if refuses:
        return found + [name for name in _REFERENCES if credential.get(name)]
    return found + [
        name for name in _TEXTS_OR_REFERENCES if not isinstance(credential.get(name), str | dict | None)
    ]


def _counts(value: Any) -> dict[str, Any]:
    return {public(reason): count for reason, count in members(value).items() if is_number(count)}
