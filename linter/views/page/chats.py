"""The chats on the page: who answers next, and what each layer says, those that disagree first."""

from collections.abc import Iterator, Sequence

from linter.reports.wording import amount
from linter.views.layers import LAYERS, Opinion, SessionLayers
from linter.views.layers_text import WITHOUT_PROFILE
from linter.views.page.causes import folded
from linter.views.page.markup import Html, Tag

_NEXT = LAYERS.index("next")
_MOST_OPEN = 12
"""Chats that stand open even when all their layers agree."""


def chats(tag: Tag, sessions: Sequence[SessionLayers], idle: int) -> Iterator[Html]:
    """Yield the tables of chats; `idle` are the sessions that are not among them."""
    disagreeing = [one for one in sessions if any(opinion.differs for opinion in one.opinions)]
    agreeing = [one for one in sessions if one not in disagreeing]
    if disagreeing:
        yield _table(tag, disagreeing)
        yield tag("p", "≠ names another account than the one that answers next, = the same.", class_="key")
    if agreeing:
        title = f"{amount(len(agreeing), 'chat')} in which all layers agree"
        yield folded(tag, title, _table(tag, agreeing), unfolded=len(sessions) <= _MOST_OPEN)
    if idle and sessions:
        yield tag("p", f"{amount(idle, 'idle chat')} left out; ", tag("code", "authlint layers --all"))


def _table(tag: Tag, sessions: Sequence[SessionLayers]) -> Html:
    """Return a table; layers that say nothing of any of these chats are left out."""
    said = [
        index
        for index in range(len(LAYERS))
        if index != _NEXT and any(one.opinions[index].profile for one in sessions)
    ]
    names = ["chat", "answers next", *(LAYERS[index] for index in said)]
    rows = [
        tag(
            "tr",
            tag("th", one.key, scope="row"),
            tag("td", _answering(tag, one.opinions[_NEXT]), data_is=names[1]),
            [
                _cell(tag, one.opinions[index], one.opinions[_NEXT], name)
                for index, name in zip(said, names[2:], strict=True)
            ],
        )
        for one in sessions
    ]
    head = tag("tr", [tag("th", name, scope="col") for name in names])
    return tag("table", tag("thead", head), tag("tbody", rows), class_="chats")


def _answering(tag: Tag, following: Opinion) -> Iterator[Html]:
    if following.profile is None:
        yield tag("b", WITHOUT_PROFILE.get(following.detail, "nobody"), class_="error")
        return
    yield tag("b", following.account or following.profile)
    login = following.profile if following.account else ""
    yield tag("small", " ".join(filter(None, [login, f"({following.detail})"])))


def _cell(tag: Tag, opinion: Opinion, following: Opinion, name: str) -> Html:
    if opinion.profile is None:
        return tag("td", tag("span", "–", class_="none"), data_is=name)
    same = opinion.profile == following.profile
    text = "= same" if same else f"≠ {opinion.profile}" if opinion.differs else opinion.profile
    known = not same and opinion.account and opinion.account not in opinion.profile
    details = [detail for detail in (opinion.account if known else "", opinion.detail) if detail]
    return tag(
        "td",
        tag("span", text, class_="error" if opinion.differs else "none" if same else None),
        tag("small", ", ".join(details)) if details else None,
        data_is=name,
    )
