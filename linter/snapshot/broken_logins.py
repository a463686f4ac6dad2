"""Logins that are broken or gone, and whole copies of them elsewhere: the `broken_logins` table."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linter.snapshot.credential import is_milliseconds
from linter.snapshot.grants import REAL
from linter.snapshot.identity import contradiction, identify
from linter.snapshot.sides import cli_side, fault_of, place, profile_side, repo_side
from linter.snapshot.tables import Row, Tables, new_row
from linter.sources.paths import join

_AT_OPENAI = frozenset({"openai", "openai-codex", "codex", "codex-cli"})
_NOBODY = identify(None, None, None)
_BORROWED = ("openai:default", "openai-codex:default")
"""What OpenClaw up to 2026.9.4 calls the login of the Codex CLI, where it stores none of that name."""


class _Whole(NamedTuple):
    row: Row
    kind: str
    name: str
    id: str


class _Broken(NamedTuple):
    at: Row
    scope: str | None
    agent: str | None
    id: str
    provider: str | None
    realm: str | None
    fault: str
    identity: Row
    issued_at: float | None = None


class _Wholes:
    """Whole logins by what can show of whom they are, so that each broken one is compared with few."""

    def __init__(self, logins: Iterable[_Whole]) -> None:
        self._logins = list(logins)
        self._places: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, one in enumerate(self._logins):
            for key in _keys(one.row["identity"], one.id, *(_BORROWED if one.kind == "cli" else ())):
                self._places[key].append(number)

    def near(self, broken: _Broken) -> list[_Whole]:
        """Return those that share an account, an email or the id with a broken login, in their order."""
        keys = _keys(broken.identity, broken.id)
        numbers = {number for key in keys for number in self._places.get(key, ())}
        return [self._logins[number] for number in sorted(numbers)]


def _keys(identity: Row, *names: str) -> list[tuple[str, str]]:
    known = [(part, identity[part]) for part in ("seat", "account_id", "email") if identity[part]]
    return [*known, *(("id", name) for name in names)]


def fill_broken_logins(tables: Tables, heir: str, now: int) -> None:
    """Append a row for each login that is broken, or named and not stored, with the best whole copy of it.

    `heir` is the scope of the store that all agents inherit, `now` the time in ms since the epoch.
    """
    broken = [*_broken(tables["profiles"], _mixed(tables)), *_gone(tables)]
    if not broken:
        return
    whole = _Wholes(_whole(tables))
    stores = {row["agent"]: row["at"]["source"] for row in tables["profiles"]}
    users: dict[str, list[str]] = defaultdict(list)
    for grant in tables["grants"]:
        if grant["live"]:
            users[grant["fingerprint"]].append(grant["holder"])
    for entry in broken:
        found = [(one, by) for one in whole.near(entry) if (by := _same_account(entry, one)) is not None]
        if entry.fault == "gone" and any(one.kind == "profile" for one, _ in found):
            found.clear()  # it is stored, under another id
        found.sort(key=lambda pair: _worth(entry, pair[0], heir), reverse=True)
        row = new_row(
            "broken_logins",
            at=entry.at,
            scope=entry.scope,
            agent=entry.agent,
            id=entry.id,
            provider=entry.provider,
            fault=entry.fault,
        )
        if found:
            row.update(_copy(entry, found, users, heir))
            _tell_return(row, entry, stores, now)
        tables["broken_logins"].append(row)


def _broken(profiles: Iterable[Row], mixed: set[tuple[str, str]]) -> Iterator[_Broken]:
    for row in profiles:
        fault = "torn" if place(row) in mixed else fault_of(row)
        if fault is not None:
            told = identify(None, row["accountId"], row["email"] or _email_in(row["id"]))
            who = row["identity"] if fault in ("empty", "cut") else told  # torn tokens name two people
            issued = row["claims"]["iat"] if row["claims"] else None
            named = row["at"], row["scope"], row["agent"], row["id"], row["provider"], row["realm"]
            yield _Broken(*named, fault, who, issued)


def _mixed(tables: Tables) -> set[tuple[str, str]]:
    """Return where slots lie that share one token with an entry of their router and another one not."""
    return {
        (row["left_at"]["source"], row["left_at"]["pointer"])
        for row in tables["comparisons"]
        if row["kind"] == "slot-repo" and row["verdict"] == "MIXED"
    }


def _gone(tables: Tables) -> Iterator[_Broken]:
    """Yield the ids that pins, orders and openclaw.json name and no store holds, each once."""
    if any(row["what"] == "logins" for row in tables["unread"]):
        return  # it may lie there
    stored = {row["id"] for name in ("profiles", "visible_profiles") for row in tables[name]}
    stored |= {row["id"] for row in tables["spare_logins"] if row["missed"]}  # that is said by itself
    named = [
        *((row, row["pin"]) for row in tables["sessions"] if row["live"]),
        *((row, row["id"]) for name in ("orders", "config_profiles") for row in tables[name]),
    ]
    for row, name in named:
        if name and name not in stored:
            stored.add(name)
            provider = name.partition(":")[0] if ":" in name else None
            who = identify(None, None, _email_in(name))
            yield _Broken(row["at"], None, None, name, provider, provider, "gone", who)


def _whole(tables: Tables) -> Iterator[_Whole]:
    named = (
        ("profiles", "profile", lambda row: profile_side(row).name, "id"),
        ("spare_logins", "spare", lambda row: row["path"], "id"),
        ("repo_profiles", "repo", lambda row: repo_side(row).name, "key"),
        ("codex_cli", "cli", lambda row: cli_side(row).name, "home"),
    )
    for table, kind, name, key in named:
        for row in tables[table]:
            if not row.get("missed") and not row["dead"] and not row["ref_state"] and fault_of(row) is None:
                yield _Whole(row, kind, name(row), row[key])


def _same_account(broken: _Broken, whole: _Whole) -> str | None:
    """Return by what a whole login is of the account of a broken one; None where nothing shows it."""
    row = whole.row
    if place(row) == (broken.at["source"], broken.at["pointer"]):
        return None
    realms = {broken.realm, row["realm"] or ("openai" if whole.kind in ("repo", "cli") else None)}
    if len(realms) > 1 and not realms <= _AT_OPENAI:
        return None
    one, other = broken.identity, row["identity"]
    if contradiction(one, other):
        return None
    if one["seat"] and one["seat"] == other["seat"]:
        return "seat"
    for name, by in (("account_id", "account"), ("email", "email")):
        if one[name] and one[name] == other[name]:
            return by
    if whole.kind == "cli" and broken.fault == "gone" and broken.id in _BORROWED:
        return "borrowed"
    return "id" if one == _NOBODY and whole.id == broken.id else None


def _worth(broken: _Broken, whole: _Whole, heir: str) -> tuple[bool, float]:
    return _inherits(broken, whole, heir), _ends_at(whole.row) or 0


def _inherits(broken: _Broken, whole: _Whole, heir: str) -> bool:
    own = broken.scope is not None and broken.scope != heir
    return own and whole.kind == "profile" and whole.row["scope"] == heir and whole.id == broken.id


def _ends_at(row: Row) -> float | None:
    told: float | None = row["claims"]["exp"] if row["claims"] else None
    stored: float | None = row["expires"] if is_milliseconds(row["expires"]) else None
    return told or stored


def _copy(broken: _Broken, found: list[tuple[_Whole, str]], users: dict[str, list[str]], heir: str) -> Row:
    (best, by), *others = found
    row, refresh = best.row, best.row["refresh"]
    where = {key: row["at"][key] for key in ("source", "pointer")}
    return {
        "at": {**broken.at, "fields": {"copy_at": where}},
        "provider": broken.provider or (row["provider"] if best.kind in ("profile", "spare") else None),
        "copy": best.name,
        "copy_id": best.id,
        "copy_agent": row.get("agent"),
        "copy_at": where,
        "kind": best.kind,
        "router": row.get("router"),
        "by": by,
        "issued_at": row["claims"]["iat"] if row["claims"] else None,
        "ends_at": _ends_at(row),
        "written_at": row.get("mtime"),
        "users": users[refresh["fingerprint"]] if refresh and refresh["kind"] in REAL else [],
        "inherits": _inherits(broken, best, heir),
        "entry": best.kind == "spare" and "/profiles/" in row["at"]["pointer"],
        "others": [one.name for one, _ in others],
    }


def _tell_return(row: Row, broken: _Broken, stores: dict[str | None, str], now: int) -> None:
    """Fill where the entry belongs in a file, and whether its copy may be put there."""
    where = {"source": broken.at["source"], "pointer": broken.at["pointer"]}
    if broken.scope is None:
        where = {"source": stores.get(row["copy_agent"], "#"), "pointer": join("/profiles", broken.id)}
    if "#" in where["source"]:  # a database
        return
    row.update(entry_at=where, at={**row["at"], "fields": {**row["at"]["fields"], "entry_at": where}})
    ended = row["ends_at"] is not None and row["ends_at"] <= now
    older = (broken.issued_at or 0) > (row["issued_at"] or 0)
    fits = row["entry"] and row["copy_id"] == broken.id and not row["inherits"]
    row["returns"] = fits and not (row["users"] or ended or older)


def _email_in(profile_id: str) -> str | None:
    _, _, name = profile_id.partition(":")
    return name if "@" in name else None
