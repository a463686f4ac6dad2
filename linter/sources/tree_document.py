"""A text whose values are found by JSON pointer, lazily: what is not on the way is skipped."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from linter.sources.interface import Cell, Member
from linter.sources.lines import Lines
from linter.sources.paths import join, split
from linter.sources.problem import ParseProblem
from linter.sources.region import Region


class Span(NamedTuple):
    """A child of a container: its name, where its key stands (empty in arrays), where its value stands."""

    name: str | int
    key_start: int
    key_end: int
    start: int
    end: int


Scan = Callable[[str, int], list[Span]]
"""Lists the children of the container at an offset; none for a scalar."""

_REMEMBER = (
    1 << 15
)  # shorter containers are scanned again: cheaper than to keep the spans of 100,000 sessions


class _Container(NamedTuple):
    children: list[Span]
    names: dict[str, Span]  # of duplicate keys the last, as in the parsed value


class TreeDocument:
    """A document of nested objects and arrays. `scan` is the format's own part.

    A document with a `problem` answers every pointer with the place of that problem.
    """

    def __init__(
        self,
        id: str,  # noqa: A002 - the name of the property that every document has
        path: Path,
        shown: str,
        text: str,
        digest: str,
        *,
        kind: str,
        scan: Scan,
        root: tuple[int, int],
        cell: Cell | None = None,
        problem: ParseProblem | None = None,
    ) -> None:
        self.id = id
        self.path = path
        self.shown = shown
        self.text = text
        self.digest = digest
        self.kind = kind
        self.cell = cell
        self.problem = problem
        self._scan = scan
        self._root = Span("", 0, 0, *root)
        self._lines = Lines(text)
        self._remembered: dict[str, _Container] = {}

    def region(self, pointer: str) -> Region:
        """Return where the value at a JSON pointer stands; of its nearest ancestor if it does not exist."""
        if self.problem is not None:
            return self._lines.region(self.problem.offset, self.problem.offset)
        _, span = self._find(pointer)
        return self._lines.region(span.start, span.end)

    def members(self, pointer: str) -> Sequence[Member]:
        """Return the children at a JSON pointer in order of the text, duplicate keys included."""
        if self.problem is not None:
            return ()
        exact, span = self._find(pointer)
        return [self._member(child) for child in self._container(pointer, span).children] if exact else ()

    def _find(self, pointer: str) -> tuple[bool, Span]:
        """Walk to a pointer; return whether it exists, and the span of its value or nearest ancestor."""
        span, here = self._root, ""
        for token in split(pointer):
            child = self._container(here, span).names.get(token)
            if child is None:
                return False, span
            span, here = child, join(here, token)
        return True, span

    def _container(self, pointer: str, span: Span) -> _Container:
        known = self._remembered.get(pointer)
        if known is None:
            children = self._scan(self.text, span.start)
            known = _Container(children, {str(child.name): child for child in children})
            if span.end - span.start >= _REMEMBER:
                self._remembered[pointer] = known
        return known

    def _member(self, span: Span) -> Member:
        key = None if isinstance(span.name, int) else self._lines.region(span.key_start, span.key_end)
        return Member(span.name, key, self._lines.region(span.start, span.end))
