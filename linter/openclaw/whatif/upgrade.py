"""What `openclaw doctor --fix` of 2026.9.6 makes of an older state, on raw tables.

Each login of a state is renamed where its provider was, main's store becomes the shared one, an agent's own
copy of a shared login goes, and so do the files that are taken over. Checked against real migrations
(`fixtures/oracle/upgrades.py`).
"""

from collections.abc import Iterator

from linter.openclaw.selection.credentials import defers
from linter.openclaw.selection.drift import expires
from linter.openclaw.selection.provider import is_personal
from linter.openclaw.selection.semantics import parse_version, semantics_in
from linter.openclaw.selection.stores import SHARED, agent_scope
from linter.openclaw.store_rows import add_orders
from linter.openclaw.whatif.chats import rename_chats
from linter.openclaw.whatif.order import beside
from linter.openclaw.whatif.renames import Renames, modern, renamed_lists, renames
from linter.openclaw.whatif.unpredictable import UnpredictableError
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row, Tables

NEWEST = "2026.9.6"
_AFTER = semantics_in((2026, 9, 6))
_TAKEN_OVER = frozenset({"store", "auth-state", "sessions"})
_STORES = _TAKEN_OVER | {"legacy-auth", "legacy-oauth", "agent-db", "state-db", "config"}
_BY_HAND = "try it on a private copy instead: docs/previewing.md tells how"


def upgrade(snapshot: Snapshot, version: str) -> None:
    """Upgrade a state. Raises UnpredictableError for another version, and where the outcome is not known."""
    meta, tables = snapshot.meta, snapshot.tables
    if version == meta["version"]:
        return
    if version != NEWEST:
        raise UnpredictableError(f"only the way to {NEWEST} is known, go to {NEWEST}")
    number, newest = parse_version(meta["version"]), parse_version(NEWEST)
    if number and newest and number > newest:
        raise UnpredictableError(f"the state is of {meta['version']}, which is newer than {NEWEST}")
    for reason in _objections(snapshot):
        raise UnpredictableError(reason)
    in_files = not meta["semantics"]["agent_store"]
    names = renames(tables, _AFTER, in_files=in_files)
    if meta["shared_store"] != "state-db":
        _share(tables, meta["auth_owner"])
    _rename_logins(tables, names)
    _drop_copies(tables, in_files=in_files)
    rename_chats(tables, names.named)
    tables["files"][:] = [row for row in tables["files"] if row["role"] not in _TAKEN_OVER]
    meta.update(era="S", version=NEWEST, canonical="openai", shared_store="state-db", disabled_cap=None)


def remarks(snapshot: Snapshot) -> Iterator[str]:
    """Yield what whoever upgrades a state should know beforehand."""
    if snapshot.meta["era"] == "H":
        yield (
            "over databases of 2026.6 and 2026.7 `openclaw doctor --fix` stops at its first run, and comes "
            "to its end at the second"
        )
    expired = [row["id"] for row in snapshot.tables["profiles"] if row["type"] == "oauth" and row["expired"]]
    if expired and snapshot.meta["version"] != NEWEST:
        yield (
            "doctor renews expired logins over the network, and gives them up without one: "
            f"{', '.join(dict.fromkeys(expired))}"
        )


def _objections(snapshot: Snapshot) -> Iterator[str]:
    """Yield why the outcome is not known."""
    tables = snapshot.tables
    for row in tables["files"]:
        if row["role"] in _STORES and row["incomplete"]:
            yield f"{row['path']} cannot be read; mend it first (authlint lint says how)"
        if row["waits"] or (row["role"] in ("legacy-auth", "legacy-oauth") and row["exists"]):
            yield f"{row['path']} was never taken over whole; {_BY_HAND}"
    for row in tables["profiles"]:
        if row["type"] == "oauth" and row["ref_state"]:
            yield f"{row['id']} keeps its tokens in a file of their own or a keychain; {_BY_HAND}"
    named = {
        row["id"] for name in ("orders", "last_good") for row in tables[name] if row.get("layer") != "config"
    }
    if snapshot.meta["era"] == "J" and any(map(is_personal, named)):
        yield f"a stored list names a personal account, at which the migration stops; {_BY_HAND}"
    if snapshot.meta["shared_store"] == "legacy-main" and any(
        row["scope"] == SHARED for row in tables["profiles"]
    ):
        yield f"both main's store and the shared one have logins; {_BY_HAND}"


def _rename_logins(tables: Tables, names: Renames) -> None:
    """Give new names to logins, lists and statistics; entries that no release loads are gone."""
    tables["profiles"][:] = [row for row in tables["profiles"] if not row["dropped_reason"]]
    for name, known in (("profiles", names.stored), ("config_profiles", names.named)):
        tables[name].sort(key=lambda row: known.get(row["id"], row["id"]) != row["id"])  # those go to the end
        for row in tables[name]:
            if row["id"] in known:
                provider = modern(row["realm"])
                row.update(id=known[row["id"]], provider=provider, realm=provider)
    _rename_lists(tables, names)
    _rename_records(tables, names)


def _rename_lists(tables: Tables, names: Renames) -> None:
    """Rename order lists; of two for one provider, the one apart from the logins counts."""
    places: dict[tuple[bool, str, str | None], list[Row]] = {}
    for row in tables["order_lists"]:
        places.setdefault((_apart(row), row["layer"], row["agent"]), []).append(row)
    lists: dict[tuple[str, str | None], dict[str, list[str]]] = {}
    for (_, layer, agent), rows in sorted(places.items(), key=lambda place: place[0][0]):
        known = names.named if layer == "config" else names.stored
        found = renamed_lists({row["provider"]: row["ids"] for row in rows}, known)
        if layer != "config":
            found = {key.strip().lower(): ids for key, ids in found.items() if ids}
        lists.setdefault((layer, agent), {}).update(found)
    ats = {(row["layer"], row["agent"]): beside(row["at"]) for row in tables["order_lists"]}
    tables["order_lists"].clear()
    tables["orders"].clear()
    for (layer, agent), found in lists.items():
        told = dict(_mended(tables, found)) if layer == "config" else found
        add_orders(tables, told, ats[layer, agent], layer=layer, agent=agent)


def _mended(tables: Tables, lists: dict[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield the lists of openclaw.json without those that name nothing, where every agent has a login then.

    Where one login alone is declared of a provider, it takes the place of ids that are not.
    """
    for provider, written in lists.items():
        realm = provider.strip().lower()
        declared = {row["id"]: row["realm"] for row in tables["config_profiles"]}
        own = [name for name, other in declared.items() if other == realm]
        fit = [row for row in tables["profiles"] if (row["realm"], row["credential_state"]) == (realm, "ok")]
        known = {*declared, *(row["id"] for row in fit)}
        ids = written
        if len(own) == 1 and not {*written} <= known:
            ids = [*dict.fromkeys(name if name in known else own[0] for name in written)]
        spare = {row["scope"] for row in fit if not own or row["id"] in own}
        served = all({SHARED, agent_scope(agent["id"])} & spare for agent in tables["agents"])
        stored = {row["id"] for row in tables["profiles"]}
        if not ids or {*ids} & {*declared, *stored} or not served:
            yield provider, ids


def _rename_records(tables: Tables, names: Renames) -> None:
    """Rename lastGood and usageStats; of two that become one, the one apart from the logins counts."""
    for name, key in (("usage_stats", "id"), ("last_good", "provider")):
        kept: dict[tuple[str, str], Row] = {}
        for row in sorted(tables[name], key=_apart):
            new = names.stored.get(row["id"])
            present = modern(row[key]) if key == "provider" and new else row[key]
            if present != row[key] and (row["scope"], present) in kept:
                continue
            row["id"] = new or row["id"]
            if key == "provider":
                row.update(provider=present, realm=present.strip().lower())
            kept[row["scope"], row[key]] = row
        tables[name][:] = kept.values()


def _apart(row: Row) -> bool:
    """Tell whether a row stands in a file beside that of the logins."""
    return bool(row["at"]["source"].endswith("auth-state.json"))


def _share(tables: Tables, owner: str) -> None:
    """Make the store of an agent the shared one."""
    for name in ("profiles", "last_good", "usage_stats", "order_lists", "orders"):
        for row in tables[name]:
            if row["agent"] == owner and row.get("layer", "agent") == "agent":
                row.update({"layer": SHARED} if "layer" in row else {"scope": SHARED}, agent=None)


def _drop_copies(tables: Tables, *, in_files: bool) -> None:
    """Drop agents' own copies of shared logins that are no newer.

    A database that one goes from keeps records of its own logins only; a file is taken over with all of them.
    """
    shared = {row["id"]: row for row in tables["profiles"] if row["scope"] == SHARED}
    copies = {
        (row["scope"], row["id"])
        for row in tables["profiles"]
        if row["scope"] != SHARED
        and (whole := shared.get(row["id"]))
        and defers(row, whole, _AFTER)
        and (in_files or expires(whole) >= expires(row))
    }
    own = {(row["scope"], row["id"]) for row in tables["profiles"]} - copies
    shortened = set() if in_files else {scope for scope, _ in copies}
    tables["profiles"][:] = [row for row in tables["profiles"] if (row["scope"], row["id"]) in own]
    for name in ("last_good", "usage_stats"):
        tables[name][:] = [
            row for row in tables[name] if row["scope"] not in shortened or (row["scope"], row["id"]) in own
        ]
