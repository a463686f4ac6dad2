"""Filters and projections over lists as closures; a base that is no list gives null."""

from collections.abc import Callable
from typing import Any

Json = Any
Evaluator = Callable[[Json], Json]


def selection(base: Evaluator, keep: Evaluator) -> Evaluator:
    """Return `base[?keep]`."""

    def select(scope: Json) -> list[Json] | None:
        rows = base(scope)
        return [row for row in rows if keep(row) and row is not None] if isinstance(rows, list) else None

    return select


def filtered_projection(base: Evaluator, keep: Evaluator, project: Evaluator) -> Evaluator:
    """Return `base[?keep].project`."""

    def select(scope: Json) -> list[Json] | None:
        rows = base(scope)
        if not isinstance(rows, list):
            return None
        return [value for row in rows if keep(row) if (value := project(row)) is not None]

    return select


def projection(base: Evaluator, project: Evaluator) -> Evaluator:
    """Return `base[*].project`."""

    def each(scope: Json) -> list[Json] | None:
        rows = base(scope)
        if not isinstance(rows, list):
            return None
        return [value for row in rows if (value := project(row)) is not None]

    return each


def flattened(base: Evaluator) -> Evaluator:
    """Return `base[]`."""

    def flat(scope: Json) -> list[Json] | None:
        rows = base(scope)
        if not isinstance(rows, list):
            return None
        return [value for row in rows for value in (row if isinstance(row, list) else (row,))]

    return flat
