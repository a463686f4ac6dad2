"""The picture on the page: from accounts over logins to agents, as many live chats wide as go each way."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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


class Way(NamedTuple):
    """Leads from a node to one in the next column; where no live chat goes it, it is only possible."""

    start: int
    end: int
    chats: int
    bad: bool


class Picture(NamedTuple):
    """Three columns of nodes, and the ways between them."""

    accounts: tuple[Node, ...]
    logins: tuple[Node, ...]
    agents: tuple[Node, ...]
    held: tuple[Way, ...]
    used: tuple[Way, ...]


class _Held(NamedTuple):
    """A login with its account, the live chats of each agent that use it, and whom it is there for."""

    node: Node
    account: int | None
    chats: Mapping[str, int]
    meant_for: Sequence[str]


def picture(found: Logins, sessions: Sequence[SessionLayers], now_ms: float) -> Picture:
    """Return the picture of the logins of a state, and of its live chats."""
    held = list(_held(found, {one.key: one.agent for one in sessions}, sessions, now_ms))
    served = [agent for one in held for agent in (*one.chats, *one.meant_for)]
    agents = list(dict.fromkeys([*served, *(one.agent for one in sessions)]))
    return Picture(
        tuple(Node(name_of(one), _which(one)) for one in found.accounts),
        tuple(one.node for one in held),
        tuple(_agent(agent, [one for one in sessions if one.agent == agent]) for agent in agents),
        tuple(
            Way(one.account, index, sum(one.chats.values()), one.node.bad)
            for index, one in enumerate(held)
            if one.account is not None
        ),
        tuple(
            Way(index, agents.index(agent), chats, one.node.bad)
            for index, one in enumerate(held)
            for agent, chats in (one.chats or dict.fromkeys(one.meant_for, 0)).items()
        ),
    )


def _held(
    found: Logins, owners: Mapping[str, str], sessions: Sequence[SessionLayers], now_ms: float
) -> Iterator[_Held]:
    for number, account in enumerate(found.accounts):
        for login in account.logins:
            chats = Counter(owners[key] for key in login.next_for if key in owners)
            own = [login.owner] if login.where == "agent" and login.owner else []
            yield _Held(_login(login, now_ms), number, chats, own)
    for one in found.missing:
        chats = Counter(chat.agent for chat in sessions if chat.opinions[_NEXT].profile == one.id)
        pinned = [owners[key] for key in one.pinned_by if key in owners]
        if pinned or chats:
            node = Node(one.id, "unknown" if one.unknown else "not stored", bad=True)
            yield _Held(node, None, chats, pinned)


def _which(account: Account) -> str:
    """Return what tells an account from others of its email, else its plan."""
    return account.account if account.alike and account.account else account.plan or ""


def _login(login: Login, now_ms: float) -> Node:
    state = "blocked" if login.blocked_until else state_of(login, now_ms)
    bad = login.state == "broken" or bool(login.blocked_until)
    return Node(login.id, " · ".join(filter(None, [place_of(login), state])), bad)


def _agent(name: str, chats: Sequence[SessionLayers]) -> Node:
    failing = sum(cannot_answer(one.opinions[_NEXT].detail, one.opinions[_NEXT].profile) for one in chats)
    parts = [amount(len(chats), "live chat"), *([f"{failing} cannot answer"] if failing else [])]
    return Node(f"agent {name}", " · ".join(parts), bad=bool(failing))


def drawn(tag: Tag, shown: Picture) -> Iterator[Html]:
    """Yield the picture, its legend, and the same in words for those who do not see it."""
    if not shown.logins:
        return
    logins = [_ROW * (index + 0.5) for index in range(len(shown.logins))]
    accounts = _beside(len(shown.accounts), [(way.start, logins[way.end]) for way in shown.held])
    agents = _beside(len(shown.agents), [(way.end, logins[way.start]) for way in shown.used])
    height = f"{max(*logins, *accounts, *agents) + _ROW / 2:g}"
    total = max(sum(way.chats for way in shown.used), 1)
    columns = (
        _column(tag, "Account", shown.accounts, accounts),
        _ways(tag, shown.held, accounts, logins, total, height),
        _column(tag, "Login", shown.logins, logins),
        _ways(tag, shown.used, logins, agents, total, height),
        _column(tag, "Agent", shown.agents, agents),
    )
    yield tag("div", columns, class_="picture", aria_hidden="true", style=f"--height:{height}px")
    legend = "As wide as the live chats that use it next; dashed: none does; red: it cannot be used."
    yield tag("p", legend, class_="key", aria_hidden="true")
    yield tag("ul", [tag("li", text) for text in in_words(shown)], class_="words")


def in_words(shown: Picture) -> Iterator[str]:
    """Yield a sentence for each login: whose it is, and which agents use it for how many chats."""
    whose = {way.end: shown.accounts[way.start].name for way in shown.held}
    for index, login in enumerate(shown.logins):
        uses = [
            f"{amount(way.chats, 'live chat')} of {shown.agents[way.end].name}"
            for way in shown.used
            if way.start == index and way.chats
        ]
        used = f"used next by {', '.join(uses)}" if uses else "used by no live chat"
        cannot = "; it cannot be used" if login.bad else ""
        yield f"{whose.get(index, 'no account')}, login {login.name} ({login.detail}): {used}{cannot}."


def _beside(count: int, ways: Sequence[tuple[int, float]]) -> list[float]:
    """Return heights for nodes that stand beside what they are connected with, and one below the other."""
    ends = [[end for node, end in ways if node == index] for index in range(count)]
    wanted = [fmean(found) if found else 0.0 for found in ends]
    heights, lowest = [0.0] * count, _ROW / 2
    for index in sorted(range(count), key=lambda index: wanted[index] or float("inf")):
        heights[index] = max(wanted[index], lowest)
        lowest = heights[index] + _ROW
    return heights


def _column(tag: Tag, title: str, nodes: Sequence[Node], heights: Sequence[float]) -> Html:
    boxes = [
        tag(
            "div",
            tag("b", node.name),
            tag("small", node.detail),
            class_="node bad" if node.bad else "node",
            style=f"top:{height:g}px",
        )
        for node, height in zip(nodes, heights, strict=True)
    ]
    return tag("div", tag("i", title), boxes)


def _ways(
    tag: Tag, ways: Sequence[Way], left: Sequence[float], right: Sequence[float], total: int, height: str
) -> Html:
    paths = [
        tag(
            "path",
            d=f"M0 {left[way.start]:g}C50 {left[way.start]:g} 50 {right[way.end]:g} 100 {right[way.end]:g}",
            class_=" ".join(filter(None, ["bad" if way.bad else "", "" if way.chats else "unused"])) or None,
            stroke_width=f"{max(_WIDEST * way.chats / total, 2):.0f}",
        )
        for way in ways
    ]
    return tag("svg", paths, viewBox=f"0 0 100 {height}", preserveAspectRatio="none")
