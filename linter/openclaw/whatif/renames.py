"""Which names the migration to OpenClaw 2026.9.6 gives to logins, and where it uses them.

(2026.9.6: auth-profile-repair, codex-route-session-repair.)
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from linter.openclaw.selection.drift import has_identity, is_same_person
from linter.openclaw.selection.provider import realm_of
from linter.openclaw.selection.semantics import Semantics
from linter.snapshot.tables import Row, Tables

_PROVIDERS = {
    "openai-codex": "openai",
    "codex": "openai",
    "codex-cli": "openai",
    "claude-cli": "anthropic",
    "anthropic-cli": "anthropic",
    "google-gemini-cli": "google",
}
_CODEX_CLI = "openai:codex-cli"
"""An id of the new provider that is retired all the same."""


class Renames(NamedTuple):
    """New names by old ones: `stored` in stores and their lists, `named` in chats and openclaw.json.

    The second is empty where the migration loses sight of an account that is stored under two ids.
    """

    stored: Mapping[str, str]
    named: Mapping[str, str]


def modern(provider: str) -> str:
    """Return a provider's present name."""
    realm = realm_of(provider) or ""
    return _PROVIDERS.get(realm, realm)


def renames(tables: Tables, semantics: Semantics, *, in_files: bool) -> Renames:
    """Return the new names of the logins of a state; `semantics` are those of 2026.9.6."""
    taken = {_CODEX_CLI, *_named(tables)}
    custom = {row["realm"] for row in tables["model_providers"]}
    fit: dict[str, bool] = {}
    for row in (*tables["config_profiles"], *tables["profiles"]):
        if _target(row["id"]) or (row["realm"] and modern(row["realm"]) != row["realm"]):
            fit[row["id"]] = fit.get(row["id"], True) and _is_plain(row, custom)
    stored = {
        old: _free(old, taken) if _target(old) else old
        for old in sorted(fit, key=lambda name: (name.casefold(), name.swapcase()))
        if fit[old]
    }
    lost = in_files and any(_lost(tables, stored, semantics))
    return Renames(stored, {} if lost else stored)


def _named(tables: Tables) -> Iterator[str]:
    """Yield every id that a store or openclaw.json names."""
    for name in ("config_profiles", "profiles", "orders", "last_good", "usage_stats"):
        yield from (row["id"] for row in tables[name])


def _target(old: str) -> tuple[str, str] | None:
    """Return the provider and the rest of the name of a retired id; None for any other."""
    if old == _CODEX_CLI:
        return "openai", "default"
    prefix, colon, rest = old.partition(":")
    realm = prefix.strip().lower()
    return (modern(realm), rest.strip() or "default") if colon and realm in _PROVIDERS else None


def _is_plain(row: Row, custom: set[str]) -> bool:
    """Tell whether a login is of the provider that its id names, and that provider the usual one."""
    target, realm = _target(row["id"]), row["realm"]
    if realm is None or (target and target[0] != modern(realm)):
        return False
    prefix = row["id"].partition(":")[0].strip().lower()
    return not (target and prefix in custom) and (modern(realm) == realm or realm not in custom)


def _free(old: str, taken: set[str]) -> str:
    """Return a new name that nothing has, and take it."""
    provider, rest = _target(old) or ("", old)
    beside = f"{provider}:{'chatgpt' if old.strip().lower().startswith('openai-codex:') else 'cli'}-{rest}"
    number, name = 1, f"{provider}:{rest}"
    while name in taken:
        name, number = beside if number == 1 else f"{beside}-{number}", number + 1
    taken.add(name)
    return name


def _lost(tables: Tables, stored: Mapping[str, str], semantics: Semantics) -> Iterator[str]:
    """Yield the old ids that the migration cannot tell from another login of the same store."""
    stores: dict[str, list[Row]] = {}
    for row in tables["profiles"]:
        if not row["dropped_reason"]:
            stores.setdefault(row["scope"], []).append(row)
    for rows in stores.values():
        for row in rows:
            if stored.get(row["id"], row["id"]) != row["id"]:
                same = (one for one in rows if one is not row and _looks_like(row, one, semantics))
                yield from (row["id"] for _ in same)


def _looks_like(row: Row, other: Row, semantics: Semantics) -> bool:
    if row["type"] != other["type"] or modern(row["realm"]) != modern(other["realm"]):
        return False
    if row["type"] == "oauth":
        return has_identity(row) and is_same_person(row, other, semantics)
    return all(row[name] == other[name] for name in ("token", "key", "email", "displayName", "expires"))


def renamed_lists(lists: Mapping[str, Iterable[str]], names: Mapping[str, str]) -> dict[str, list[str]]:
    """Return order lists by provider, in the order of keys that results.

    Lists of a provider's old names go before that of its present one, without the ids that have no new name,
    which stay behind; an empty list of the present name stays empty.
    """
    old = {key: [*ids] for key, ids in lists.items() if modern(key) != key}
    new = {key: [names.get(one, one) for one in ids] for key, ids in lists.items() if key not in old}
    moved: dict[str, list[str]] = {}
    for key, ids in old.items():
        known = [names[one] for one in ids if one in names]
        if known or not ids:
            moved.setdefault(modern(key), []).extend(known)
    for key, ids in moved.items():
        present = new.get(key)
        new[key] = [] if present == [] else [*dict.fromkeys([*ids, *(present or ())])]
    stay = {key: [one for one in ids if one not in names] for key, ids in old.items()}
    return new | {key: ids for key, ids in stay.items() if ids}
