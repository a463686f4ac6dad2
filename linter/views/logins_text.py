"""The logins of a state as text for a terminal."""

from collections.abc import Iterator, Sequence

from linter.engine.functions import duration, time
from linter.printable import printable
from linter.reports.wording import amount
from linter.reports.wrapping import BOLD, RED, Painter, wrapped
from linter.snapshot.unread import unread_lines
from linter.views.logins import Account, Login, Logins, Missing, name_of

_DEPARTS = ", which has selected another account"
_WHERE = {"shared": "shared store", "agent": "agent", "router": "router", "codex": "Codex CLI"}


def logins_text(found: Logins, now_ms: float, width: int, paint: Painter) -> str:
    """Return a block for each account, then what is named and not stored, and what is unknown."""
    blocks = [wrapped(printable(line), width, "", "  ") for line in unread_lines(found.unread)]
    ordered = any(login.orders for account in found.accounts for login in account.logins)
    blocks += [list(_account(account, now_ms, width, paint, ordered=ordered)) for account in found.accounts]
    if found.missing:
        unknown = all(one.unknown for one in found.missing)
        head = "named, and unknown whether stored" if unknown else "named, but not stored"
        rows = [line for one in found.missing for line in wrapped(_missing(one), width, "   ", "      ")]
        blocks.append([paint(head, BOLD), *rows])
    if found.gone:
        rows = [line for one in found.gone for line in wrapped(printable(one), width, "   ", "      ")]
        blocks.append([paint("gone since then", BOLD), *rows])
    if not found.accounts and not found.unread:
        blocks.append(["No login is stored here."])
    return "\n\n".join("\n".join(block) for block in blocks)


def _account(account: Account, now_ms: float, width: int, paint: Painter, *, ordered: bool) -> Iterator[str]:
    named = [name_of(account)]
    if account.account and account.email:
        named.append(f"account {account.account}")
    if account.plan:
        named.append(f"plan {account.plan}")
    if account.seats > 1:
        named.append(f"{account.seats} seats")
    head, *rest = wrapped(printable(", ".join(named)), width, "", "  ")
    yield paint(head, BOLD)
    yield from rest
    if account.alike:
        yield from wrapped(f"({account.alike})", width, "  ")
    for login in account.logins:
        yield from wrapped(printable(f"{login.id}  {place_of(login)}"), width, "   ", "     ")
        said = "; ".join(facts(login, now_ms, ordered=ordered).values())
        for line in wrapped(printable(said), width, "      "):
            wrong = login.copy == "same refresh token" or login.state == "broken" or login.departs
            yield paint(line, RED) if wrong else line


def place_of(login: Login) -> str:
    """Say where a login is stored."""
    return f"{_WHERE[login.where]} {login.owner}" if login.owner else _WHERE[login.where]


def facts(login: Login, now_ms: float, *, ordered: bool) -> dict[str, str]:
    """Say what is known of a login, by what each fact is about; `ordered` where there are orders at all."""
    lost = ordered and not login.orders and login.where in ("shared", "agent")
    than = "than" if login.copy == "another seat" else "as"
    known = {
        "since": login.since,
        "copy": login.copy and f"{login.copy} {than} {login.copy_of}",
        "kind": login.kind != "oauth" and (login.kind or "unknown kind").replace("_", " "),
        "state": state_of(login, now_ms),
        "blocked": login.blocked_until and f"blocked until {time(login.blocked_until)}",
        "selected": login.selected and f"selected by {login.owner}",
        "slot": login.slot_of and f"the slot of {login.slot_of}{_DEPARTS if login.departs else ''}",
        "next": login.next_for and f"next for {_some(login.next_for)}",
        "pins": login.pinned_by and f"pinned by {_some(login.pinned_by)}",
        "orders": "in no order" if lost else "; ".join(login.orders),
        "used": login.last_used and f"last used {time(login.last_used)}",
    }
    return {name: str(fact) for name, fact in known.items() if fact}


def state_of(login: Login, now_ms: float) -> str:
    """Say whether a login can be used, and until when."""
    if login.state == "broken" or not login.expires:
        return "cannot be used" if login.state == "broken" else ""
    left = login.expires - now_ms
    return f"expires in {duration(left)}" if left > 0 else f"expired {duration(-left)} ago"


def missing_facts(one: Missing) -> str:
    """Say what names an id that is not stored."""
    return "; ".join([*([f"pinned by {_some(one.pinned_by)}"] if one.pinned_by else []), *one.orders])


def _missing(one: Missing) -> str:
    return printable(f"{one.id}  {missing_facts(one)}")


def _some(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {amount(len(names) - 1, 'other')}"
