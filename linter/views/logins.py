"""The logins of a state by account: where each is stored, whether it is a copy, who uses it next."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from linter.snapshot.tables import Row, Tables
from linter.snapshot.unread import Unread, turns, unread


class Login(NamedTuple):
    """A login where it is stored. Times are ms since the epoch.

    `owner` is the agent or router that keeps it, None for the shared store and for the Codex CLI. `copy` says
    how it relates to `copy_of`, another login of the account. `next_for` are the live sessions whose next
    turn uses it, `pinned_by` those that are pinned to it. `selected` tells that the router which keeps it has
    selected it, `departs` that this slot holds another account than the router has selected. `since` says
    what is new about it.
    """

    id: str
    where: Literal["shared", "agent", "router", "codex"]
    owner: str | None
    kind: str | None
    user: str | None
    expires: float | None
    state: Literal["ok", "expired", "broken"]
    blocked_until: float | None
    last_used: float | None
    slot_of: str | None
    selected: bool
    departs: bool
    copy: Literal["same refresh token", "another login of the same seat", "another seat"] | None
    copy_of: str | None
    next_for: tuple[str, ...]
    pinned_by: tuple[str, ...]
    orders: tuple[str, ...]
    since: str | None = None


class Account(NamedTuple):
    """An account with its logins. `alike` says how it differs from another account of the same email."""

    account: str | None
    email: str | None
    plan: str | None
    seats: int
    alike: str | None
    logins: tuple[Login, ...]


class Missing(NamedTuple):
    """An id that is named and not stored, and by what; `unknown` where an unread store may hold it."""

    id: str
    unknown: bool
    pinned_by: tuple[str, ...]
    orders: tuple[str, ...]


class Logins(NamedTuple):
    """All logins of a state; `unread` are the files that may hold more.

    `gone` are those that an earlier state had and this one has not, with their account.
    """

    accounts: tuple[Account, ...]
    missing: tuple[Missing, ...]
    unread: tuple[Unread, ...]
    gone: tuple[str, ...] = ()


def logins(tables: Tables) -> Logins:
    """Return the logins of a state by account, those of OpenClaw's stores first."""
    uses = _Uses(tables)
    grouped: dict[str, list[tuple[Row, Login]]] = {}
    for row, login in uses.all():
        identity = row["identity"] or {}
        account = identity.get("account_id") or identity.get("email") or f"{login.where} {login.id}"
        grouped.setdefault(account, []).append((row, login))
    emails = [_first(group, "email") for group in grouped.values()]
    accounts = [_account(group, emails) for group in grouped.values()]
    lost = unread(tables)
    stored = {login.id for group in grouped.values() for _, login in group}
    return Logins(
        tuple(sorted(accounts, key=lambda account: (account.email or "~", account.account or ""))),
        tuple(uses.missing(stored, unknown=bool(lost))),
        tuple(lost),
    )


def since(earlier: Logins, now: Logins) -> Logins:
    """Return the logins with what has changed since an earlier state."""
    before, after = _accounts(earlier), _accounts(now)
    accounts = tuple(
        account._replace(
            logins=tuple(
                login._replace(since=_change(before.get(_place(login)), name_of(account)))
                for login in account.logins
            )
        )
        for account in now.accounts
    )
    gone = [f"{place[2]} ({account})" for place, account in before.items() if place not in after]
    return now._replace(accounts=accounts, gone=tuple(gone))


def name_of(account: Account) -> str:
    """Return what to call an account: its email, else its id."""
    return account.email or account.account or "account unknown"


def _accounts(found: Logins) -> dict[tuple[str, str | None, str], str]:
    return {_place(login): name_of(account) for account in found.accounts for login in account.logins}


def _place(login: Login) -> tuple[str, str | None, str]:
    return login.where, login.owner, login.id


def _change(before: str | None, now: str) -> str | None:
    return "new" if before is None else None if before == now else f"was {before}"


def _account(group: Sequence[tuple[Row, Login]], emails: Sequence[str | None]) -> Account:
    email, account = _first(group, "email"), _first(group, "account_id")
    users = {login.user for _, login in group if login.user}
    same = emails.count(email) - 1 if email else 0
    alike = None
    if same:
        alike = "same email, another account" if account else "same email, account unknown"
    return Account(account, email, _plan(group), max(len(users), 1), alike, tuple(_told_apart(group)))


def _told_apart(group: Sequence[tuple[Row, Login]]) -> Iterator[Login]:
    """Yield the logins of an account, each with how it relates to one before it."""
    before: list[tuple[Row, Login]] = []
    for row, login in group:
        token = _token(row)
        twin = next((one for other, one in before if token and _token(other) == token), None)
        mate = next((one for _, one in before if one.user == login.user), None)
        if twin:
            yield login._replace(copy="same refresh token", copy_of=_name(twin))
        elif mate:
            yield login._replace(copy="another login of the same seat", copy_of=_name(mate))
        elif before:
            yield login._replace(copy="another seat", copy_of=_name(before[0][1]))
        else:
            yield login
        before.append((row, login))


def _token(row: Row) -> str | None:
    return row["refresh"]["fingerprint"] if row["refresh"] else None


def _name(login: Login) -> str:
    return f"{login.id} of {login.owner}" if login.owner else login.id


def _first(group: Sequence[tuple[Row, Login]], field: str) -> str | None:
    return next((value for row, _ in group if (value := (row["identity"] or {}).get(field))), None)


def _plan(group: Sequence[tuple[Row, Login]]) -> str | None:
    plans = ((row["claims"] or {}).get("plan") or row["chatgptPlanType"] for row, _ in group)
    return next((plan for plan in plans if isinstance(plan, str) and plan), None)


class _Uses:
    """Who uses which login, by indexes over the tables."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        seen = {(row["agent"], row["id"]): row["scope"] for row in tables["visible_profiles"]}
        self._next: dict[tuple[str | None, str], list[str]] = {}
        self._pins: dict[str, list[str]] = {}
        self._orders: dict[str, list[str]] = {}
        live = {(row["agent"], row["key"]) for row in tables["sessions"] if row["live"]}
        for row in turns(tables).values():
            if row["profile"] and (row["agent"], row["key"]) in live:
                scope = seen.get((row["agent"], row["profile"]))
                self._next.setdefault((scope, row["profile"]), []).append(row["key"])
        for row in tables["sessions"]:
            if row["pin"] and row["live"]:
                self._pins.setdefault(row["pin"], []).append(row["key"])
        for row in tables["order_lists"]:
            for position, name in enumerate(row["ids"] or (), 1):
                owner = f"agent {row['agent']}" if row["layer"] == "agent" else row["layer"]
                self._orders.setdefault(name, []).append(
                    f"{owner} {row['provider']} order, {position} of {len(row['ids'])}"
                )
        self._stats = {(row["scope"], row["id"]): row for row in tables["usage_stats"]}
        self._slots = {
            (row["at"]["source"], row["at"]["pointer"]): row for row in tables["slots"] if row["at"]
        }
        chosen = [row for row in tables["routers"] if row["selected_key"]]
        self._selected = {(row["id"], row["selected_key"]) for row in chosen}
        self._departing = {
            (row["router"], row["left_agent"], row["left_id"])
            for row in tables["comparisons"]
            if (row["kind"], row["verdict"]) == ("slot-repo", "DIFFERENT")
            and (row["router"], row["right_id"]) in self._selected
        }

    def all(self) -> Iterator[tuple[Row, Login]]:
        """Yield each stored login with its row."""
        for row in self._tables["profiles"]:
            where: Literal["agent", "shared"] = "agent" if row["agent"] else "shared"
            yield row, self._login(row, row["id"], where, row["agent"], row["scope"])
        for row in self._tables["repo_profiles"]:
            yield row, self._login(row, row["key"], "router", row["router"], None)
        for row in self._tables["codex_cli"]:
            if row["tokens_present"] or row["api_key_present"]:
                yield row, self._login(row, row["home"], "codex", None, None)

    def missing(self, stored: set[str], *, unknown: bool) -> Iterator[Missing]:
        """Yield the ids that are named and not stored."""
        for name in sorted({*self._pins, *self._orders} - stored):
            yield Missing(name, unknown, tuple(self._pins.get(name, ())), tuple(self._orders.get(name, ())))

    def _login(
        self,
        row: Row,
        name: str,
        where: Literal["shared", "agent", "router", "codex"],
        owner: str | None,
        scope: str | None,
    ) -> Login:
        stats = self._stats.get((scope, name), {})
        used = stats.get("lastUsed")
        unusable = row["credential_state"] not in ("ok", "expired", None)
        broken = row.get("dropped_reason") or row["dead"] or unusable
        ours = where in ("shared", "agent")
        slot = self._slots.get((row["at"]["source"], row["at"]["pointer"])) if row["at"] else None
        return Login(
            id=name,
            where=where,
            owner=owner,
            kind=row["type"],
            user=(row["identity"] or {}).get("user_id"),
            expires=row["expires"] if isinstance(row["expires"], int | float) else None,
            state="broken" if broken else "expired" if row["expired"] else "ok",
            blocked_until=stats.get("blocked_until"),
            last_used=used if isinstance(used, int | float) else None,
            slot_of=slot["router"] if slot else None,
            selected=(owner, name) in self._selected,
            departs=slot is not None and (slot["router"], slot["agent"], slot["id"]) in self._departing,
            copy=None,
            copy_of=None,
            next_for=tuple(self._next.get((scope, name), ())) if ours else (),
            pinned_by=tuple(self._pins.get(name, ())) if ours else (),
            orders=tuple(self._orders.get(name, ())) if ours else (),
        )
