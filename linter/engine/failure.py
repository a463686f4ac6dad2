"""An expression that failed on a row."""

from collections.abc import Callable
from typing import TypeVar

from linter.engine.expression import Evaluator, Json
from linter.engine.rule import Expression

Given = TypeVar("Given")
Found = TypeVar("Found")

FAILURES = (TypeError, ValueError, ArithmeticError)
"""What evaluating an expression raises; ValueError includes the errors of jmespath and of our functions."""


class EvaluationError(Exception):
    """The expression and, in words without any value, why it failed; `scope` has the rows bound by then."""

    def __init__(self, expression: Expression, error: Exception, scope: Json) -> None:
        super().__init__(_wording(error))
        self.expression = expression
        self.scope = scope


class OverBudgetError(Exception):
    """A rule that would look at more combinations of rows than it may."""


class Failures(list[EvaluationError]):
    """What failed on single rows: they are left out, the others count."""

    def attempt(self, function: Callable[[Given], Found], argument: Given) -> Found | None:
        """Return what the function returns; None, and one failure more, where it fails."""
        try:
            return function(argument)
        except EvaluationError as failure:
            self.append(failure)
            return None


def guarded(expression: Expression, evaluate: Evaluator) -> Evaluator:
    """Return the evaluator with its errors turned into failures."""

    def run(scope: Json) -> Json:
        try:
            return evaluate(scope)
        except FAILURES as error:
            raise EvaluationError(expression, error, scope) from None

    return run


def _wording(error: Exception) -> str:
    function = getattr(error, "function_name", None)
    if function is None:
        return str(error)
    if hasattr(error, "expected_types"):  # the library's own text would quote the value
        return (
            f"{function}() takes {' or '.join(error.expected_types)}, not {getattr(error, 'actual_type', '')}"
        )
    return str(error)
