"""Changes of what the next turns really use: choices, orders in effect, blocks, and the logins themselves."""

from collections.abc import Iterator

from linter.engine.functions import time
from linter.snapshot.sides import place as place_of
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row, Tables
from linter.views.diff.fact import Change, Fact, changed
from linter.views.diff.logins import login_changes
from linter.views.diff.matching import Key, Naming
from linter.views.diff.words import listed, place


def changes(before: Snapshot, after: Snapshot, naming: Naming) -> Iterator[Change]:
    """Yield the changes of this layer: first of what is used, then of what that comes from."""
    for facts in (_choices, _orders, _blocks):
        yield from changed(facts(before.tables), facts(after.tables), naming)
    yield from login_changes(_logins(before.tables), _logins(after.tables), naming)
    yield from changed(_rest(before.tables), _rest(after.tables), naming)


def _choices(tables: Tables) -> Iterator[Fact]:
    accounts = {(row["agent"], row["id"]): row for row in tables["visible_profiles"]}
    archived = {(row["agent"], row["key"]) for row in tables["sessions"] if row["archived"]}
    for row in tables["selections"]:
        if (row["agent"], row["key"]) not in archived:
            fails = " (fails)" if row["outcome"] == "unrunnable" else ""
            value = f"{row['profile'] or 'nobody'}{fails}"
            account = accounts.get((row["agent"], row["profile"]))
            key = ("next", row["agent"], row["key"])
            yield Fact(key, row["key"], "next turn", value, account, lasting=False)


def _orders(tables: Tables) -> Iterator[Fact]:
    for row in tables["order_summaries"]:
        if row["in_use"]:
            key = ("effective", row["agent"], row["provider"])
            yield Fact(key, f"agent {row['agent']}, {row['provider']}", "tries", _turns(row), lasting=False)


def _turns(order: Row) -> str:
    """Say who is tried. Rotation puts whoever was used last at the end: that is no change."""
    if order["explicit"] or not order["ids"]:
        return listed(order["ids"])
    return f"{listed(sorted(order['ids']))} in rotation"


def _blocks(tables: Tables) -> Iterator[Fact]:
    for row in tables["usage_stats"]:
        subject = f"{row['id']} ({place(row['scope'])})"
        reasons = [row[f"{kind}Reason"] for kind in ("blocked", "disabled", "cooldown")]
        reason = next((f" ({reason})" for reason in reasons if reason), "")
        if row["blocked_until"]:
            value = f"until {time(row['blocked_until'])}{reason}"
            yield Fact(("blocked", row["scope"], row["id"]), subject, "blocked", value)
        if row["model_blocked_until"]:
            value = f"until {time(row['model_blocked_until'])}{reason}"
            what = f"blocked for {row['blocked_model']}"
            yield Fact((what, row["scope"], row["id"]), subject, what, value)


def _logins(tables: Tables) -> dict[Key, tuple[str, Row]]:
    """Return the logins by key, each with its name. Those in slots are told with their routers."""
    slots = {place_of(row) for row in tables["slots"]}
    logins: dict[Key, tuple[str, Row]] = {}
    for row in tables["profiles"]:
        if place_of(row) not in slots:
            logins[(row["scope"], row["id"])] = (f"{row['id']} ({place(row['scope'])})", row)
    for row in tables["codex_cli"]:
        if place_of(row) not in slots and row["tokens_present"]:
            logins[("cli", row["home"])] = (f"Codex CLI {row['home']}", row)
    return logins


def _rest(tables: Tables) -> Iterator[Fact]:
    for row in tables["last_good"]:
        subject = f"{place(row['scope'])}, {row['provider']}"
        key = ("good", row["scope"], row["provider"])
        yield Fact(key, subject, "last good", row["id"], lasting=False)
    for row in tables["agents"]:
        yield Fact(("agent", row["id"]), f"agent {row['id']}", "agent in", row["agent_dir"])
    for row in tables["codex_cli"]:
        name = f"Codex CLI {row['home']}"
        yield Fact(("mode", row["home"]), name, "auth mode", row["auth_mode"] or "none")
