"""What each layer says in a snapshot, as facts: those layers of which a fact is one row of a table."""

from collections.abc import Iterator

from linter.snapshot.tables import Row, Tables
from linter.views.diff.fact import Fact
from linter.views.diff.matching import Key
from linter.views.diff.words import listed, place

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"))


def preference(tables: Tables) -> Iterator[Fact]:
    """Yield what users and helpers asked for."""
    for row in tables["preference"]:
        yield Fact(("tool", row["tool"]), row["tool"], "prefers", row["value"] or "nobody")
    for row in tables["agents"]:
        if row["model"]:
            name, suffix = f"agent {row['id']}", row["model_suffix"]
            model = f"{row['model']}@{suffix}" if suffix else row["model"]
            yield Fact(("model", row["id"]), name, "model", model, lasting=False)


def order(tables: Tables) -> Iterator[Fact]:
    """Yield the auth orders, list by list, and the profiles that openclaw.json declares."""
    for row in tables["order_lists"]:
        scope, file = _scope(row), " (auth-profiles.json)" if row["embedded"] else ""
        owner = "openclaw.json" if scope == "config" else place(scope)
        key = ("order", scope, str(row["embedded"]), row["provider"])
        yield Fact(key, f"{owner}, {row['provider']}{file}", "order", listed(row["ids"]))
    for row in tables["config_profiles"]:
        value = f"{row['mode'] or 'no mode'} of {row['provider'] or 'no provider'}"
        yield Fact(("declared", row["id"]), row["id"], "declared in openclaw.json as", value)


def _scope(row: Row) -> str:
    return f"agent:{row['agent']}" if row["layer"] == "agent" else str(row["layer"])


def session(tables: Tables) -> Iterator[Fact]:
    """Yield what sessions are pinned to, and whether that is there at all."""
    stored = {(row["agent"], row["id"]) for row in tables["visible_profiles"]}
    keyless = {row["id"] for row in tables["config_profiles"] if row["mode"] == "aws-sdk"}
    unknown = any(row["what"] == "logins" for row in tables["unread"])
    for row in tables["sessions"]:
        there = unknown or (row["agent"], row["pin"]) in stored or row["pin"] in keyless
        for what, value in _pinned(row, there=there):
            if value:
                yield Fact((row["agent"], row["key"], what), row["key"], what, value)


def _pinned(row: Row, *, there: bool) -> Iterator[tuple[str, str | None]]:
    told = ", ".join(filter(None, [row["override_source"], None if there else "no such login"]))
    yield "pin", f"{row['pin']}{f' ({told})' if told else ''}" if row["pin"] else None
    model = (row["providerOverride"], row["modelOverride"])
    yield "model", "/".join(part for part in model if isinstance(part, str) and part)
    yield "Codex thread", row["binding_profile"]


def usage(tables: Tables) -> Iterator[Fact]:
    """Yield what usage figures were fetched with, and the figures, where there are captures."""
    for row in tables["usage_evidence"]:
        subject = f"{row['surface']}, {row['for_profile'] or row['session'] or 'no profile'}"
        for what, value in _fetched(row):
            if value:
                key = (row["surface"], row["for_profile"] or "", row["session"] or "", what)
                yield Fact(key, subject, what, value, lasting=False)


def _fetched(row: Row) -> Iterator[tuple[str, str | None]]:
    yield "fetched with", row["fetched_profile"]
    yield "account", row["account_id"] or row["header_account"]
    yield "user", row["user_id"]
    yield "email", row["email"]
    windows = [window for window in row["windows"] or () if window["used_percent"] is not None]
    yield "used", ", ".join(map(_window, windows))


def _window(window: Row) -> str:
    seconds = window["seconds"] or 0
    length = next((f"{seconds // size} {unit}" for size, unit in _UNITS if seconds >= size), f"{seconds} s")
    return f"{window['used_percent']} % of {length}"


def display(tables: Tables) -> Iterator[Fact]:
    """Yield the names that status views show. A name that is not known on a side is not compared."""
    for key, subject, shown in _shown(tables):
        for what, value in shown.items():
            if value:
                yield Fact((*key, what), subject, what, value, lasting=False)


def _shown(tables: Tables) -> Iterator[tuple[Key, str, dict[str, str | None]]]:
    for row in tables["profiles"]:
        plan = row["chatgptPlanType"] or (row["claims"] or {}).get("plan")
        shown = {"email": row["email"] or row["identity"]["email"], "name": row["displayName"], "plan": plan}
        yield ("profile", row["scope"], row["id"]), f"{row['id']} ({place(row['scope'])})", shown
    for row in tables["config_profiles"]:
        yield ("declared", row["id"]), f"{row['id']} (openclaw.json)", {"email": row["email"]}
    for row in tables["repo_profiles"]:
        if row["key_style"] != "index":  # another position is no other label
            yield (
                ("repo", row["router"], row["key"]),
                f"{row['key']} ({row['router']})",
                {"label": row["label"]},
            )
    for row in tables["display_evidence"]:
        subject = " of ".join(filter(None, [row["surface"], row["session"]]))
        names = {"profile": row["profile_id"], **{name: row[name] for name in ("email", "workspace", "plan")}}
        shown = {f"shows {name}": value for name, value in names.items()}
        yield ("shown", row["surface"], row["session"] or "", row["semantic"] or ""), subject, shown
