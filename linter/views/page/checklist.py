"""The checklist on the page: a line for each question, with what breaks it or what it was judged from."""

from collections.abc import Iterator, Mapping, Sequence

from linter.views.checklist import Item, Verdict
from linter.views.page.markup import Html, Inside, Tag

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
