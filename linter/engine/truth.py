"""What JMESPath takes for true and for equal."""

from typing import Any

Json = Any

NUMBERS = (int, float)


def is_true(value: Json) -> bool:
    """Tell whether JMESPath takes the value for true: all but null, false and what is empty; zero is true."""
    return True if value else value.__class__ in NUMBERS


def equal(left: Json, right: Json) -> bool:
    """Compare as JMESPath does: a boolean equals no number."""
    return left == right and (left.__class__ is bool) is (right.__class__ is bool)
