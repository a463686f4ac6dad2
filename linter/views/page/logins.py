"""What the page says of logins, by account: where each is stored, who uses it; and of the checklist."""

from collections.abc import Iterator, Mapping, Sequence

from linter.views.checklist import Item, Verdict
from linter.views.logins import Account, Login, Logins, name_of
from linter.views.logins_text import facts, missing_facts, place_of
from linter.views.page.markup import Html, Inside, Tag


def login_cards(tag: Tag, found: Logins, now_ms: float) -> Iterator[Html]:
    """Yield a card for each account, then what is named and not stored."""
    ordered = any(login.orders for account in found.accounts for login in account.logins)
    for account in found.accounts:
        yield tag(
            "article",
            tag("h3", name_of(account), tag("small", " · ".join(details_of(account)))),
            tag("ul", [_login(tag, login, now_ms, ordered=ordered) for login in account.logins]),
        )
    if found.missing:
        unknown = all(one.unknown for one in found.missing)
        title = "Named, and unknown whether stored" if unknown else "Named, but not stored"
        rows = [
            tag("li", tag("b", one.id, class_="error"), tag("p", missing_facts(one), class_="facts"))
            for one in found.missing
        ]
        yield tag("article", tag("h3", title), tag("ul", rows), class_="missing")


def details_of(account: Account) -> list[str]:
    """Return what tells an account from others, beside its name."""
    return [
        detail
        for detail in (
            account.plan and f"plan {account.plan}",
            account.seats > 1 and f"{account.seats} seats",
            account.email and account.account and f"account {account.account}",
            account.alike,
        )
        if detail
    ]


def _login(tag: Tag, login: Login, now_ms: float, *, ordered: bool) -> Html:
    bad = {
        "state": {"broken": "error", "expired": "warning", "ok": None}[login.state],
        "copy": "error" if login.copy == "same refresh token" else None,
        "slot": "error" if login.departs else None,
        "blocked": "error",
    }
    known = facts(login, now_ms, ordered=ordered).items()
    items = [tag("li", text, class_=bad.get(name)) for name, text in known]
    return tag("li", tag("b", login.id), " ", tag("small", place_of(login)), tag("ul", items, class_="facts"))


_CLASSES: dict[Verdict, str] = {"holds": "good", "broken": "error", "cannot be known": "warning"}


def checked(tag: Tag, items: Sequence[Item], numbers: Mapping[str, int]) -> Html:
    """Return the items; `numbers` are those of causes by the fingerprints of findings."""
    return tag("ol", [tag("li", _item(tag, item, numbers)) for item in items], class_="checklist")


def _item(tag: Tag, item: Item, numbers: Mapping[str, int]) -> Iterator[Inside]:
    causes = sorted({numbers[one] for one in item.findings if one in numbers})
    yield tag("b", item.verdict, class_=_CLASSES[item.verdict])
    yield tag(
        "div",
        f"{item.statement} ",
        [tag("small", tag("a", f"cause {number}", href=f"#cause-{number}"), " ") for number in causes],
        tag("small", item.grounds.text) if item.verdict != "broken" else None,
        [tag("small", tag("code", command)) for command in item.grounds.how],
    )
