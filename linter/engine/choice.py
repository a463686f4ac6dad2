"""Which rules are reported, as people choose them: by ids and globs."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Literal

from linter.engine.errors import near
from linter.engine.settings import Settings


class UnknownRule(ValueError):  # noqa: N818 - it says what was wrong with the call
    """A choice that matches no rule; `choice` tells which one it was."""

    def __init__(self, pattern: str, choice: Literal["select", "ignore"], ids: Iterable[str]) -> None:
        super().__init__(f"no rule is called {pattern!r}{near(pattern, ids)}; `authlint rules` lists them")
        self.choice = choice


def choose(ids: Sequence[str], select: Iterable[str], ignore: Iterable[str]) -> Settings:
    """Return the settings for ids and globs, several in one string between commas. Raises UnknownRule."""
    selected = _matching(select, ids, "select")
    return Settings(select=selected or None, ignore=_matching(ignore, ids, "ignore"))


def _matching(
    patterns: Iterable[str], ids: Sequence[str], choice: Literal["select", "ignore"]
) -> frozenset[str]:
    found: set[str] = set()
    for pattern in (part.strip() for value in patterns for part in value.split(",")):
        matches = [rule for rule in ids if fnmatchcase(rule, pattern)]
        if not matches:
            raise UnknownRule(pattern, choice, ids)
        found.update(matches)
    return frozenset(found)
