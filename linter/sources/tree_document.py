"""A text whose values are found by JSON pointer, lazily: what is not on the way is skipped."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from linter.sources.interface import Document, Member
from linter.sources.paths import join, split


class Span(NamedTuple):
    """A child of a container: its name, where its key stands (empty in arrays), where its value stands."""

    name: str | int
    key_start: int
    key_end: int
    start: int
    end: int


_LONG = 1 << 15
_MOST_SHORT = 64
"""Of shorter containers only some are remembered: less than the spans of 100,000 sessions."""


class _Container(NamedTuple):
    children: list[Span]
    names: dict[str, Span]  # of duplicate keys the last, as in the parsed value


class TreeDocument(Document, ABC):
    """A document of nested objects and arrays. A format says where the value stands and lists children."""

    format = "json"

    @abstractmethod
    def _extent(self) -> tuple[int, int]:
        """Return the offsets of the start and end of the whole value."""

    @abstractmethod
    def _children(self, start: int) -> list[Span]:
        """List the children of the container at an offset; none for a scalar."""

    def _span(self, pointer: str) -> tuple[int, int]:
        _, span = self._find(pointer)
        return span.start, span.end

    def members(self, pointer: str) -> Sequence[Member]:
        """Return the children at a JSON pointer in order of the text, duplicate keys included."""
        if self.problem is not None:
            return ()
        exact, span = self._find(pointer)
        return [_member(child) for child in self._container(pointer, span).children] if exact else ()

    def _find(self, pointer: str) -> tuple[bool, Span]:
        """Walk to a pointer; return whether it exists, and the span of its value or nearest ancestor."""
        span, here = self._whole, ""
        for token in split(pointer):
            child = self._container(here, span).names.get(token)
            if child is None:
                return False, span
            span, here = child, join(here, token)
        return True, span

    def _container(self, pointer: str, span: Span) -> _Container:
        remembered = self._remembered if span.end - span.start >= _LONG else self._short
        known = remembered.get(pointer)
        if known is None:
            children = self._children(span.start)
            known = _Container(children, {str(child.name): child for child in children})
            if len(self._short) == _MOST_SHORT:
                del self._short[next(iter(self._short))]
            remembered[pointer] = known
        return known

    @cached_property
    def _whole(self) -> Span:
        return Span("", 0, 0, *self._extent())

    @cached_property
    def _remembered(self) -> dict[str, _Container]:
        return {}

    @cached_property
    def _short(self) -> dict[str, _Container]:
        return {}


def _member(span: Span) -> Member:
    key = None if isinstance(span.name, int) else (span.key_start, span.key_end)
    return Member(span.name, key, (span.start, span.end))
