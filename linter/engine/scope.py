"""The names that a rule's expressions see, and the earliest moment at which each can be evaluated."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from linter.engine.expression import Evaluator, truth
from linter.engine.failure import FAILURES, EvaluationError, Failures
from linter.engine.focus import focus
from linter.engine.once import once
from linter.engine.rule import Expression
from linter.engine.syntax import Node

Environment = dict[str, Any]
"""The value of every name: `meta`, `params`, and the rows bound so far."""


class Test(NamedTuple):
    """A condition for a result to survive. It runs as soon as the binding at `level` has its row.

    At level 0 it takes the row of the first binding, later the whole environment.
    """

    level: int
    expression: Expression
    holds: Evaluator


class Scope:
    """The bindings of a rule in order, and its constants."""

    def __init__(self, bindings: Sequence[str], constants: Mapping[str, Any]) -> None:
        self.first = bindings[0]
        self._constants = constants
        self._levels = {name: level for level, name in enumerate(bindings)}

    def level(self, expressions: Iterable[Expression], without: str = "") -> int:
        """Return the level of the last binding that is named; `without` is a name bound elsewhere."""
        found = 0
        for expression in expressions:
            for name in expression["names"]:
                if name == "@":
                    return len(self._levels) - 1
                if name != without:
                    found = max(found, self._levels.get(name, 0))
        return found

    def test(self, expression: Expression) -> Test:
        """Return the test that the expression is true."""
        level = self.level([expression])
        return Test(level, expression, self.prepare(level, [expression], truth))

    def prepare(
        self,
        level: int,
        expressions: Sequence[Expression],
        build: Callable[..., Evaluator],
        *more: Hashable,
    ) -> Evaluator:
        """Return what `build` makes of expressions, as a function of what a test of the level takes.

        It is given their nodes, and `more`.
        """
        nodes = [expression["ast"] for expression in expressions]
        names = {name for expression in expressions for name in expression["names"]}
        if level == 0 and "@" not in names:
            try:
                if names.isdisjoint(self._constants):
                    return once(_focused, nodes, build, self.first, *more)
                return build([focus(node, self.first, self._constants) for node in nodes], *more)
            except FAILURES:  # a constant part fails; whether it is reached shows when a row is evaluated
                pass
        return self.from_environment(level, once(build, nodes, *more))

    def from_environment(self, level: int, run: Evaluator) -> Evaluator:
        """Return a function of an environment as a function of what a test of the level takes."""
        if level:
            return run
        constants, first = self._constants, self.first
        return lambda row: run({**constants, first: row})


def _focused(
    nodes: Sequence[Node], build: Callable[..., Evaluator], binding: str, *more: Hashable
) -> Evaluator:
    """Return what is made of expressions that read nothing but the row of a binding."""
    return build([focus(node, binding, {}) for node in nodes], *more)


def sift(rows: Sequence[Any], test: Test, binding: str, failures: Failures) -> list[Any]:
    """Return the rows of the first binding for which the test holds; a row on which it fails is left out."""
    holds = test.holds
    try:
        return [row for row in rows if holds(row)]
    except (EvaluationError, *FAILURES):  # once more, to learn which rows they are
        return [row for row in rows if _holds(row, test, binding, failures)]


def _holds(row: Any, test: Test, binding: str, failures: Failures) -> bool:
    try:
        return bool(test.holds(row))
    except EvaluationError as failure:
        failures.append(failure)
    except FAILURES as error:
        failures.append(EvaluationError(test.expression, error, {binding: row}))
    return False
