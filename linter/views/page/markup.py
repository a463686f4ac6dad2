"""HTML from names and texts: what is not markup already is escaped where it joins."""

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Protocol, TypeAlias

from linter.printable import printable
from linter.snapshot.redact import scrub


class Html(str):
    """Text that is markup already; only a `Tag` makes it."""

    __slots__ = ()


Inside: TypeAlias = "Html | str | Iterable[Inside] | None"
"""What an element holds: markup, text, several of either, or nothing."""
_CODE = re.compile(r"`([^`]+)`")


class Tag(Protocol):
    """Writes one element: `tag("p", "text", class_="small")`."""

    def __call__(self, name: str, *inside: Inside, **attributes: str | bool | None) -> Html:
        """Return `<name attributes>inside</name>`; `data_x` is `data-x`, True bare, None or False none."""


def tag_with(renamed: Callable[[str], str]) -> Tag:
    """Return the writer of a page; `renamed` puts other names in place of those in a text."""

    def escaped(text: str) -> str:
        return text if isinstance(text, Html) else escape(printable(renamed(scrub(text))))

    def joined(inside: Inside) -> str:
        if inside is None or isinstance(inside, str):
            return escaped(inside or "")
        return "".join(map(joined, inside))

    def tag(name: str, *inside: Inside, **attributes: str | bool | None) -> Html:
        written = [
            f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escaped(value)}"')
            for key, value in attributes.items()
            if value is not None and value is not False
        ]
        return Html(f"<{name}{''.join(written)}>{joined(inside)}</{name}>")

    return tag


def prose(tag: Tag, text: str) -> list[Inside]:
    """Return a text with what stands in backticks as code."""
    return [tag("code", part) if index % 2 else part for index, part in enumerate(_CODE.split(text))]
