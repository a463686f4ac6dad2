"""The functions of the rule language, and quick forms of the library functions that rules use most."""

import json
import time as clock
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

Json = Any

TYPE_NAMES: dict[type, str] = {
    str: "string",
    bool: "boolean",
    list: "array",
    dict: "object",
    int: "number",
    float: "number",
    type(None): "null",
}
"""JSON's names of the types of Python."""

_TYPES = {
    name: frozenset(kind for kind, known in TYPE_NAMES.items() if known == name)
    for name in TYPE_NAMES.values()
}
_LARGEST = 1e18  # in milliseconds, 30 million years
_LONGEST = 1_000_000
_MINUTE = 60_000
_UNITS = (("d", 1440 * _MINUTE), ("h", 60 * _MINUTE), ("min", _MINUTE), ("s", 1000), ("ms", 1))


class ExpressionError(ValueError):
    """An expression that cannot be evaluated on a row; says types, never values."""


class Function(NamedTuple):
    """A function with the types of its arguments; the last type repeats when `variadic`."""

    name: str
    implementation: Callable[..., Json]
    types: tuple[frozenset[type] | None, ...]
    variadic: bool
    null_in_null_out: bool

    @property
    def arity(self) -> tuple[int, int | None]:
        """How few and how many arguments it takes; None for any number."""
        return len(self.types), None if self.variadic else len(self.types)

    def __call__(self, *arguments: Json) -> Json:
        """Check the types of the arguments and apply the function."""
        if len(arguments) != len(self.types) and not (self.variadic and len(arguments) >= len(self.types)):
            raise ExpressionError(f"{self.name}() takes {len(self.types)} arguments, not {len(arguments)}")
        for argument, types in zip(arguments, self.types, strict=False):
            if types is not None and argument.__class__ not in types:
                if argument is None and self.null_in_null_out:
                    return None
                wanted = " or ".join(sorted({TYPE_NAMES[kind] for kind in types}))
                got = TYPE_NAMES.get(argument.__class__, "unknown")
                raise ExpressionError(f"{self.name}() takes {wanted}, not {got}")
        return self.implementation(*arguments)


def _count(amount: int, unit: str) -> str:
    return f"{amount} {unit}"


def _matches(text: str, pattern: str) -> bool:
    from linter.engine.patterns import matches  # noqa: PLC0415 - few runs need it

    try:
        return matches(text, pattern)
    except ValueError as error:
        raise ExpressionError(f"matches(): {error}") from None


def _capture(text: str, pattern: str) -> str | None:
    from linter.engine.patterns import captured  # noqa: PLC0415 - as above

    try:
        return captured(text, pattern)
    except ValueError as error:
        raise ExpressionError(f"capture(): {error}") from None


def _date(text: str) -> int:
    """Return ms since the epoch of a date as people write it, in UTC unless it says otherwise."""
    from datetime import UTC, datetime  # noqa: PLC0415 - few rules name a date

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ExpressionError("date() takes a date like 2026-11-22 or 2026-11-22T02:00Z") from None
    return round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)


def _version(text: str) -> int | None:
    """Return a number by which versions can be compared; None for what is no year.month.patch."""
    parts = text.partition("-")[0].split(".")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) <= 4 for part in parts):
        return None
    year, month, patch = map(int, parts)
    return (year * 10_000 + month) * 10_000 + patch


def _limited(number: float) -> float:
    if not -_LARGEST < number < _LARGEST:
        raise ExpressionError("a number gets too large to mean anything")
    return number


def _divide(dividend: float, divisor: float) -> float | None:
    return _limited(dividend / divisor) if divisor else None


def _first_known(*values: Json) -> Json:
    return next((value for value in values if value is not None), None)


def _order_key(value: Json) -> tuple[str, Json]:
    kind = TYPE_NAMES.get(value.__class__, "")
    return kind, value if kind in ("string", "number") else json.dumps(value, sort_keys=True)


def distinct(values: Iterable[Json]) -> list[Json]:
    """Return the values without repetitions, in the order of first appearance."""
    seen: dict[Any, Json] = {}
    for value in values:
        seen.setdefault(_order_key(value), value)
    return list(seen.values())


def in_order(values: Iterable[Json]) -> list[Json]:
    """Return the values sorted: numbers by size, strings by code point, types apart."""
    return sorted(values, key=_order_key)


def _without(values: list[Json], unwanted: list[Json]) -> list[Json]:
    keys = {_order_key(value) for value in unwanted}
    return [value for value in values if _order_key(value) not in keys]


def _set_equal(left: list[Json], right: list[Json]) -> bool:
    return {_order_key(value) for value in left} == {_order_key(value) for value in right}


def _before_colon(text: str) -> str | None:
    head, colon, _ = text.partition(":")
    return head if colon else None


def _after_colon(text: str) -> str | None:
    _, colon, tail = text.partition(":")
    return tail if colon else None


def time(moment: float) -> str:
    """Return milliseconds since the epoch as `2026-11-22 00:00 UTC`."""
    try:
        return clock.strftime("%Y-%m-%d %H:%M UTC", clock.gmtime(moment / 1000))
    except (OverflowError, ValueError, OSError):
        return f"{moment} ms"


def duration(length: float) -> str:
    """Return a length in milliseconds in its two largest units, for example `3 h 20 min`."""
    rest = int(abs(length))
    parts: list[str] = []
    for unit, size in _UNITS:
        amount, rest = divmod(rest, size)
        if amount:
            parts.append(_count(amount, unit))
        elif parts:
            break
    return " ".join(parts[:2]) or "0 s"


def quote(text: str) -> str:
    """Return the text as one word of a POSIX shell."""
    import shlex  # noqa: PLC0415 - only findings with a command need it

    return shlex.quote(text)


def _join(separator: str, values: list[Json]) -> str:
    strange = next((value for value in values if not isinstance(value, str)), "")
    if strange != "":
        raise ExpressionError(f"join() takes a list of texts, and one is {TYPE_NAMES[strange.__class__]}")
    if sum(map(len, values)) + len(separator) * len(values) > _LONGEST:
        raise ExpressionError("a text gets longer than a million letters")
    return separator.join(values)


def _to_string(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), default=str)


def _table(*rows: tuple[str, Callable[..., Json], str]) -> dict[str, Function]:
    result = {}
    for name, implementation, notation in rows:
        null = notation.endswith("?")
        variadic = "..." in notation
        types = tuple(
            None if word == "any" else frozenset().union(*(_TYPES[kind] for kind in word.split("|")))
            for word in notation.rstrip("?").removesuffix("...").split()
        )
        result[name] = Function(name, implementation, types, variadic, null)
    return result


FUNCTIONS: dict[str, Function] = _table(
    # Notation: the types of the arguments, `...` when the last repeats, `?` when null in gives null out.
    ("lower", str.lower, "string?"),
    ("upper", str.upper, "string?"),
    ("trim", str.strip, "string?"),
    ("matches", _matches, "string string?"),
    ("add", lambda x, y: _limited(x + y), "number number?"),
    ("subtract", lambda x, y: _limited(x - y), "number number?"),
    ("multiply", lambda x, y: _limited(x * y), "number number?"),
    ("divide", _divide, "number number?"),
    ("coalesce", _first_known, "any..."),
    ("distinct", distinct, "array?"),
    ("sorted", in_order, "array?"),
    ("without", _without, "array array?"),
    ("set_equal", _set_equal, "array array?"),
    ("keys_of", list, "object?"),
    ("prefix", _before_colon, "string?"),
    ("suffix", _after_colon, "string?"),
    ("time", time, "number?"),
    ("duration", duration, "number?"),
    ("quote", quote, "string?"),
    ("plural", lambda count, one, many: one if count == 1 else many, "number string string?"),
    ("split", lambda text, separator: text.split(separator) if separator else [text], "string string?"),
    ("capture", _capture, "string string?"),
    ("date", _date, "string?"),
    ("version", _version, "string?"),
    ("is_number", lambda value: value.__class__ in _TYPES["number"], "any"),
)
"""The engine's own functions by name."""

QUICK: dict[str, Function] = {
    **FUNCTIONS,
    **_table(
        ("contains", lambda subject, search: search in subject, "array|string any"),
        ("ends_with", str.endswith, "string string"),
        ("join", _join, "string array"),
        ("keys", list, "object"),
        ("length", len, "string|array|object"),
        ("not_null", _first_known, "any..."),
        ("starts_with", str.startswith, "string string"),
        ("to_string", _to_string, "any"),
        ("type", lambda value: TYPE_NAMES.get(value.__class__), "any"),
    ),
}
"""Functions that are called without importing the jmespath library, with the library's results."""


def offer(name: str, implementation: Callable[..., Json], notation: str) -> None:
    """Add a function of the product's own to the language, before a rule is read; notation as above."""
    added = _table((name, implementation, notation))
    FUNCTIONS.update(added)
    QUICK.update(added)
