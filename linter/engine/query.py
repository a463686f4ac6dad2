"""An expression over a snapshot, asked by a person: checked like those of rules, then evaluated."""

from collections.abc import Mapping
from typing import Any

from linter.engine.checker import hinted
from linter.engine.expression import evaluator
from linter.engine.failure import FAILURES
from linter.engine.library import arities
from linter.engine.names import Reading
from linter.engine.shape import root_of
from linter.engine.syntax import mistake_in, parse
from linter.engine.vocabulary import Vocabulary


class QueryError(ValueError):
    """An expression that cannot be evaluated, with where in it and why."""

    def __init__(self, text: str, offset: int, message: str) -> None:
        super().__init__(f"{message}\n  {text}\n  {' ' * offset}^")


def query(text: str, root: Mapping[str, Any], vocabulary: Vocabulary) -> Any:
    """Return the value of an expression over `{"meta": {...}, "<table>": [rows]}`. Raises QueryError."""
    if mistake := mistake_in(text):
        message, offset = mistake
        raise QueryError(text, offset, message)
    tree, reading = parse(text), Reading(arities())
    reading.shape(tree, root_of(vocabulary.columns, ""))
    for misuse in reading.misuses:
        raise QueryError(text, max(text.find(misuse.name), 0), hinted(misuse, text))
    try:
        return evaluator(tree)(root)
    except FAILURES as error:
        raise QueryError(text, 0, str(error)) from None
