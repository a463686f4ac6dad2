"""What one agent sees: its own store merged with the one it inherits."""

from collections.abc import Iterable
from typing import NamedTuple

from linter.openclaw.selection.drift import is_newer, replacements
from linter.openclaw.selection.provider import realm_of, spelled
from linter.openclaw.selection.semantics import Semantics
from linter.openclaw.selection.stores import SHARED, OrderList, Store, visible_ids
from linter.snapshot.tables import Row

EMPTY = Store({}, {}, {}, {})


class View(NamedTuple):
    """The merged store of an agent. `orders` is keyed by realm; `own` is the agent's part by itself."""

    profiles: dict[str, Row]
    orders: dict[str, OrderList]
    stats: dict[str, Row]
    own: Store
    inherited: Store


def merge(own: Store, inherited: Store | None, layer: str, semantics: Semantics, now: int) -> View:
    """Merge an agent's store with the one it inherits (None: it is that store), which is of this layer."""
    if inherited is None:
        lists = _by_realm(_lists(own, "agent", semantics), semantics)
        return View(own.profiles, lists, own.stats, own, EMPTY)
    if semantics.copies_inherited and not any(own):
        own = EMPTY._replace(profiles=inherited.profiles)
    orders = _merged_orders(own, inherited, layer, semantics)
    profiles = _merged(inherited.profiles, own.profiles, semantics)
    stats = inherited.stats | own.stats
    if any(own):
        if semantics.merge_forgets_missing:
            orders = _restrict(orders, profiles)
        replaced = replacements(own, inherited, semantics, now)
        if replaced:
            profiles = _replace(profiles, inherited.profiles, replaced, semantics, now)
            stats = {key: row for key, row in stats.items() if key not in replaced}
            stats |= {key: inherited.stats[key] for key in replaced if key in inherited.stats}
            orders = {
                key: entry._replace(ids=unique(replaced.get(listed, listed) for listed in entry.ids))
                for key, entry in orders.items()
            }
    return View(profiles, _by_realm(orders, semantics), stats, own, inherited)


def inherited_list(view: View, provider: str, semantics: Semantics) -> OrderList | None:
    """Return the list of the inherited store, whether or not an own one hides it."""
    return _by_realm(_lists(view.inherited, SHARED, semantics), semantics).get(provider)


def unique(ids: Iterable[str]) -> list[str]:
    """Return ids once each, in order."""
    return list(dict.fromkeys(ids))


def _lists(store: Store, layer: str, semantics: Semantics) -> dict[str, OrderList]:
    return {key: OrderList(visible_ids(row, semantics), layer, row) for key, row in store.orders.items()}


def _merged_orders(own: Store, inherited: Store, layer: str, semantics: Semantics) -> dict[str, OrderList]:
    """Return the lists of both stores; an own list hides an inherited one of the same key."""
    orders = _lists(inherited, layer, semantics) | _lists(own, "agent", semantics)
    if not semantics.own_profiles_first:
        return orders
    own_ids: dict[str, list[str]] = {}
    for profile_id, row in own.profiles.items():
        own_ids.setdefault(row["realm"], []).append(profile_id)
    for realm, ids in own_ids.items():
        if realm in orders:
            entry = orders[realm]
            listed = entry.ids if realm in own.orders else [*ids, *entry.ids]
            orders[realm] = entry._replace(ids=unique(listed))
    return orders


def _by_realm(orders: dict[str, OrderList], semantics: Semantics) -> dict[str, OrderList]:
    """Key lists by what OpenClaw calls their realm; of several keys for one realm the first counts."""
    found: dict[str, OrderList] = {}
    for key, entry in orders.items():
        found.setdefault(spelled(semantics, realm_of(key) or ""), entry)
    return found


def _merged(inherited: dict[str, Row], own: dict[str, Row], semantics: Semantics) -> dict[str, Row]:
    if not semantics.own_profiles_first:
        return inherited | own
    return own | {profile_id: row for profile_id, row in inherited.items() if profile_id not in own}


def _restrict(orders: dict[str, OrderList], profiles: dict[str, Row]) -> dict[str, OrderList]:
    """Drop unknown ids from the lists, and lists that are left empty."""
    known = {
        key: entry._replace(ids=[listed for listed in entry.ids if listed in profiles])
        for key, entry in orders.items()
    }
    return {key: entry for key, entry in known.items() if entry.ids}


def _replace(
    profiles: dict[str, Row],
    inherited: dict[str, Row],
    replaced: dict[str, str],
    semantics: Semantics,
    now: int,
) -> dict[str, Row]:
    """Return the profiles without own logins that give way, and with their successors up to date."""
    result = dict(profiles)
    for old, new in replaced.items():
        if old in inherited:
            result[old] = inherited[old]
        else:
            result.pop(old, None)
        present = result.get(new)
        if present is None or (
            present["type"] == "oauth" and is_newer(inherited[new], present, semantics, now)
        ):
            result[new] = inherited[new]
    return result
