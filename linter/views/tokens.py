"""Login tokens found in files, as one value."""

from typing import NamedTuple

from linter.printable import printable


class FoundToken(NamedTuple):
    """A token: its kind in words, and where it stands. Line and column count from 1."""

    path: str
    line: int
    column: int
    kind: str


class Unreadable(NamedTuple):
    """A file that could not be read, and why."""

    path: str
    why: str


class Tokens(NamedTuple):
    """The tokens of some files, never what they are."""

    tokens: tuple[FoundToken, ...]
    unreadable: tuple[Unreadable, ...]


def tokens_text(found: Tokens) -> str:
    """Return a line for each token, as editors and CI services read it."""
    return "\n".join(f"{printable(one.path)}:{one.line}:{one.column}: {one.kind}" for one in found.tokens)
