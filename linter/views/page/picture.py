"""The picture on the page: from accounts over logins to agents, as many live chats wide as go each way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from linter.reports.verdict import cannot_answer
from linter.reports.wording import amount
from linter.views.layers import LAYERS, SessionLayers
from linter.views.logins import Account, Login, Logins, name_of
from linter.views.logins_text import place_of, state_of
from linter.views.page.markup import Html, Tag

_ROW, _WIDEST = 68, 22
"""Distance of nodes, and the width of a way that all chats go, in CSS pixels."""
_NEXT = LAYERS.index("next")


class Node(NamedTuple):
    """An account, a login or an agent; a `bad` one cannot be used, or has a chat that cannot answer."""

    name: str
    detail: str
    bad: bool = False


class Held(NamedTuple):
    """A login, the number of its account, and its live chats by agent, 0 for one that it is there for."""

    node: Node
    account: int | None
    chats: Mapping[str, int]


class Picture(NamedTuple):
    """Accounts, logins, and agents by id."""

    accounts: tuple[Node, ...]
    logins: tuple[Held, ...]
    agents: Mapping[str, Node]


def picture(found: Logins, sessions: Sequence[SessionLayers], now_ms: float) -> Picture:
    """Return the picture of the logins of a state, and of its live chats."""
    logins = tuple(_held(found, sessions, now_ms))
    names = [*(agent for one in logins for agent in one.chats), *(one.agent for one in sessions)]
    return Picture(
        tuple(Node(name_of(one), _which(one)) for one in found.accounts),
        logins,
        {name: _agent(name, [one for one in sessions if one.agent == name]) for name in names},
    )


def _held(found: Logins, sessions: Sequence[SessionLayers], now_ms: float) -> Iterator[Held]:
    agents = {one.key: one.agent for one in sessions}
    for number, account in enumerate(found.accounts):
        for login in account.logins:
            chats = Counter(agents[key] for key in login.next_for if key in agents)
            own = [login.owner] if login.where == "agent" and login.owner else []
            yield Held(_login(login, now_ms), number, chats or dict.fromkeys(own, 0))
    for one in found.missing:
        chats = Counter(chat.agent for chat in sessions if chat.opinions[_NEXT].profile == one.id)
        pinned = dict.fromkeys((agents[key] for key in one.pinned_by if key in agents), 0)
        if chats or pinned:
            yield Held(
                Node(one.id, "unknown" if one.unknown else "not stored", bad=True), None, chats or pinned
            )


def _which(account: Account) -> str:
    """Return what tells an account from others of its email, else its plan."""
    return account.account if account.alike and account.account else account.plan or ""


def _login(login: Login, now_ms: float) -> Node:
    state = "blocked" if login.blocked_until else state_of(login, now_ms)
    bad = login.state == "broken" or bool(login.blocked_until)
    return Node(login.id, " · ".join(filter(None, [place_of(login), state])), bad)


def _agent(name: str, chats: Sequence[SessionLayers]) -> Node:
    failing = sum(cannot_answer(one.opinions[_NEXT].detail, one.opinions[_NEXT].profile) for one in chats)
    detail = amount(len(chats), "live chat") + (f" · {failing} cannot answer" if failing else "")
    return Node(f"agent {name}", detail, bool(failing))


def drawn(tag: Tag, shown: Picture) -> Iterator[Html]:
    """Yield the picture, its legend, and the same in words for those who do not see it."""
    if not shown.logins:
        return
    middle = [_ROW * (index + 0.5) for index in range(len(shown.logins))]
    agents = list(shown.agents)
    whose = [(one.account, y) for one, y in zip(shown.logins, middle, strict=True) if one.account is not None]
    users = [
        (agents.index(name), y) for one, y in zip(shown.logins, middle, strict=True) for name in one.chats
    ]
    left, right = _beside(len(shown.accounts), whose), _beside(len(agents), users)
    total = max(sum(sum(one.chats.values()) for one in shown.logins), 1)
    height = f"{max(*middle, *left, *right) + _ROW / 2:g}"
    held, used = [], []
    for one, y in zip(shown.logins, middle, strict=True):
        if one.account is not None:
            held.append(_way(tag, left[one.account], y, sum(one.chats.values()) / total, one.node))
        for name, chats in one.chats.items():
            used.append(_way(tag, y, right[agents.index(name)], chats / total, one.node))
    columns = (
        _column(tag, "Account", shown.accounts, left),
        tag("svg", held, viewBox=f"0 0 100 {height}", preserveAspectRatio="none"),
        _column(tag, "Login", [one.node for one in shown.logins], middle),
        tag("svg", used, viewBox=f"0 0 100 {height}", preserveAspectRatio="none"),
        _column(tag, "Agent", shown.agents.values(), right),
    )
    yield tag("div", columns, class_="picture", aria_hidden="true", style=f"--height:{height}px")
    legend = "As wide as the live chats that use it next; dashed: none does; red: it cannot be used."
    yield tag("p", legend, class_="key", aria_hidden="true")
    yield tag("ul", [tag("li", text) for text in in_words(shown)], class_="words")


def in_words(shown: Picture) -> Iterator[str]:
    """Yield a sentence for each login: whose it is, and which agents use it for how many chats."""
    for login, account, chats in shown.logins:
        whose = "no account" if account is None else shown.accounts[account].name
        uses = [f"{amount(count, 'live chat')} of agent {name}" for name, count in chats.items() if count]
        used = f"used next by {', '.join(uses)}" if uses else "used by no live chat"
        cannot = "; it cannot be used" if login.bad else ""
        yield f"{whose}, login {login.name} ({login.detail}): {used}{cannot}."


def _beside(count: int, ways: Sequence[tuple[int, float]]) -> list[float]:
    """Return heights for nodes that stand beside what they are connected with, and one below the other."""
    ends = [[end for node, end in ways if node == index] for index in range(count)]
    heights, lowest = [0.0] * count, _ROW / 2
    for index in sorted(range(count), key=lambda index: fmean(ends[index] or [float("inf")])):
        heights[index] = max(fmean(ends[index] or [0.0]), lowest)
        lowest = heights[index] + _ROW
    return heights


def _column(tag: Tag, title: str, nodes: Iterable[Node], heights: Sequence[float]) -> Html:
    boxes = [
        tag(
            "div",
            tag("b", name),
            tag("small", detail),
            class_="node bad" if bad else "node",
            style=f"top:{y:g}px",
        )
        for (name, detail, bad), y in zip(nodes, heights, strict=True)
    ]
    return tag("div", tag("i", title), boxes)


def _way(tag: Tag, start: float, end: float, share: float, login: Node) -> Html:
    """Return a line whose width is the share of all live chats that go it."""
    classes = [*(["bad"] if login.bad else []), *([] if share else ["unused"])]
    return tag(
        "path",
        d=f"M0 {start:g}C50 {start:g} 50 {end:g} 100 {end:g}",
        class_=" ".join(classes) or None,
        stroke_width=f"{max(_WIDEST * share, 2):.0f}",
    )
