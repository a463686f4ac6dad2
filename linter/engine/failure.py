"""An expression that failed on a row."""

from linter.engine.expression import Evaluator, Json
from linter.engine.rule import Expression

FAILURES = (TypeError, ValueError, ArithmeticError)
"""What evaluating an expression raises; ValueError includes the errors of jmespath and of our functions."""


class EvaluationError(Exception):
    """The expression and, in words without any value, why it failed; `scope` has the rows bound by then."""

    def __init__(self, expression: Expression, error: Exception, scope: Json) -> None:
        super().__init__(_wording(error))
        self.expression = expression
        self.scope = scope


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
