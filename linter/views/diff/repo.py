"""Changes of external routers: what they select, what they know, and what their slots hold."""

from collections.abc import Iterator

from linter.engine.functions import time
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row, Tables
from linter.views.diff.fact import Change, Fact, changed
from linter.views.diff.logins import aspects, login_changes
from linter.views.diff.matching import Key, Naming, paired
from linter.views.diff.words import listed, who


def changes(before: Snapshot, after: Snapshot, naming: Naming) -> Iterator[Change]:
    """Yield the changes of this layer: first of the choice and what was made of it, then of the rest."""
    for facts in (_routers, _contents):
        yield from changed(facts(before.tables), facts(after.tables), naming)
    for one, two in paired(_slots(before.tables), _slots(after.tables), naming):
        if one and two:  # that another account is in a slot, its contents tell
            told = (aspect for aspect in aspects(one[1], two[1]) if aspect.before is None)
            yield from (Change("changed", two[0], *aspect) for aspect in told)
    yield from login_changes(_entries(before.tables), _entries(after.tables), naming)
    yield from changed(_pool(before.tables), _pool(after.tables), naming)


def _routers(tables: Tables) -> Iterator[Fact]:
    for row in tables["routers"]:
        name = row["id"]
        yield Fact(("router", name), name, "router", row["tool"])
        for what, value in _settings(row, tables):
            yield Fact(("router", name, what), name, what, value, lasting=False)


def _pool(tables: Tables) -> Iterator[Fact]:
    for row in tables["router_accounts"]:
        key = ("account", row["router"], row["id"])
        yield Fact(key, f"{row['id']} ({row['router']})", "in the pool:", _standing(row))
    for row in tables["leases"]:
        if row["active"]:
            subject = f"{row['key']} ({row['router']})"
            yield Fact(("lease", row["router"], row["key"]), subject, "lease of", row["profile"] or "nobody")


def _settings(router: Row, tables: Tables) -> Iterator[tuple[str, str]]:
    indexed = [row for row in tables["repo_profiles"] if row["key_style"] == "index"]
    entries = {(row["router"], row["key"]): row for row in indexed}
    selected = entries.get((router["id"], router["selected_key"]))
    stored = router["selected_key"] or router["selection"]
    yield "selects", who(selected["identity"]) if selected else str("nobody" if stored is None else stored)
    yield "selection is", router["selection_state"]
    yield "wants the order", listed(router["intended_order"] or [])
    yield "forced selection", "on" if router["override_enabled"] else "off"
    yield "login waits:", router["pending"] or "none"


def _standing(account: Row) -> str:
    """Say how a router treats an account; figures that change with every turn are left out."""
    words = ["ignored" if account["ignored"] else "on" if account["enabled"] else "off"]
    if account["priority"] is not None:
        words.append(f"priority {account['priority']}")
    if account["quarantine_active"] or account["quarantine_until"]:
        until = f" until {time(account['quarantine_until'])}" if account["quarantine_until"] else ""
        words.append(f"quarantine{until}")
    return ", ".join(words)


def _entries(tables: Tables) -> dict[Key, tuple[str, Row]]:
    """Return the logins of repos by key; those whose key is only a position, by their seat."""
    found: dict[Key, tuple[str, Row]] = {}
    for row in tables["repo_profiles"]:
        seat = row["identity"]["seat"] if row["key_style"] == "index" else None
        name = row["router"] if seat else f"{row['key']} ({row['router']})"
        found[(row["router"], seat or row["key"])] = (name, row)
    return found


def _slots(tables: Tables) -> dict[Key, tuple[str, Row]]:
    present = [row for row in tables["slots"] if row["present"]]
    return {(row["router"] or "", row["agent"] or "", row["id"]): (_name(row), row) for row in present}


def _name(slot: Row) -> str:
    owner = slot["agent"] or ("the Codex CLI" if slot["id"] == "auth.json" else "all agents")
    return f"slot {slot['id']} of {owner}"


def _contents(tables: Tables) -> Iterator[Fact]:
    copies: dict[Key, list[str]] = {}
    indexed = {row["router"] for row in tables["repo_profiles"] if row["key_style"] == "index"}
    for row in tables["comparisons"]:
        if row["kind"] == "slot-repo" and row["verdict"] in ("EXACT", "STALE_COPY"):
            slot = (row["router"], row["left_agent"] or "", row["left_id"])
            copies.setdefault(slot, []).append(row["right_id"])
    for row in tables["slots"]:
        key = (row["router"] or "", row["agent"] or "", row["id"])
        entries = sorted(copies.get(key, [])) if row["router"] not in indexed else []
        value = listed(entries) if entries else who(row["identity"])
        account = row["identity"] if row["present"] else None
        yield Fact(("slot", *key), _name(row), "holds", value if row["present"] else "nothing", account)
