"""The expressions of a mapping: JMESPath over the values of a router's files, with a few functions more."""

import re
from base64 import urlsafe_b64decode
from functools import lru_cache
from hashlib import sha256
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.functions import Functions, signature

from linter.routers.mapping import MappingError
from linter.sources.paths import join
from linter.sources.times import to_ms

FILE_NAMES = ("file", "files", "name", "modified", "now")
"""What every expression sees: the parsed file and, by key, all files, what `*` stands for in the file's path
(else its name without ending), when it was written, the time of the run."""

ENTRY_NAMES = ("entry", "key", "index", *FILE_NAMES)
"""What the expressions of a table see, with the entry that a row is made of."""

HASH_NAMES = ("slot", "access", "refresh", "account", "claimed")
"""What the recipes of a hash see: a raw login, its tokens, the account stored beside and the one in them."""

_STEPS = r"((?:\.[A-Za-z_]\w*|\[\d+\])*)"
_ROOT = r"(entry|files\.[A-Za-z_]\w*|file)"
_PATH = re.compile(rf"(?:.*&&\s*)?{_ROOT}{_STEPS}(?:\s*[!=]=\s*`\w+`)?", re.DOTALL)
_MENTIONED = re.compile(rf"\b{_ROOT}{_STEPS}")
_LOOKED_UP = re.compile(rf"member\({_ROOT}{_STEPS},\s*(entry[\w.]+)\){_STEPS}(?:\s*[!=]=\s*`\w+`)?")
_FIRST_OF = re.compile(r"not_null\(([^()]+)\)")


class Evaluator:
    """Evaluates expressions at one time; what a file does not hold as expected gives None."""

    def __init__(self, now_ms: int) -> None:
        self._options = jmespath.Options(custom_functions=RouterFunctions(now_ms))

    def __call__(self, expression: str, scope: dict[str, Any]) -> Any:
        """Return the value of an expression. Raises MappingError for one that does not parse."""
        try:
            return _compiled(expression).search(scope, self._options)
        except JMESPathError:
            return None

    def path(self, expression: str, scope: dict[str, Any]) -> tuple[str, str | None, str] | None:
        """Return (root, file, JSON pointer) of the path that a value came by: `entry.a.b`, `file.a`.

        Of `not_null(…)` and `… || …` that is the first alternative which has a value; after a condition
        (`… && …`), below `member(…)` and before a comparison a path counts, too. Of another expression it is
        the last path in it; None where there is none.
        """
        first = _FIRST_OF.fullmatch(expression.strip())
        parts = [part.strip() for part in (first[1].split(",") if first else expression.split("||"))]
        found = next((part for part in parts if self._value(part, scope) not in (None, False)), parts[0])
        if looked_up := _LOOKED_UP.fullmatch(found):
            root, above, name, below = looked_up.groups()
            steps = _pointer(above) + join("", self(name, scope) or "") + _pointer(below)
        elif match := _PATH.fullmatch(found) or next(reversed([*_MENTIONED.finditer(found)]), None):
            root, steps = match[1], _pointer(match[2])
        else:
            return None
        root, _, file = root.partition(".")
        return root, file or None, steps

    def _value(self, expression: str, scope: dict[str, Any]) -> Any:
        try:
            return self(expression, scope)
        except MappingError:  # half of an expression
            return None


def _pointer(steps: str) -> str:
    return steps.replace(".", "/").replace("[", "/").replace("]", "")


@lru_cache(maxsize=512)
def _compiled(expression: str) -> Any:
    try:
        return jmespath.compile(expression)
    except JMESPathError as error:
        raise MappingError(f"the expression `{expression}` does not parse: {error}") from None


class RouterFunctions(Functions):
    """JMESPath's own functions, and those that mappings need beside them."""

    def __init__(self, now_ms: int) -> None:
        self._now = now_ms

    @signature({"types": []})
    def _func_past(self, time: Any) -> bool:
        """Tell whether a time is over."""
        moment = to_ms(time)
        return moment is not None and moment <= self._now

    @signature({"types": []}, {"types": ["array"]}, {"types": ["array"]})
    def _func_lookup(self, items: Any, fields: list[str], values: list[Any]) -> Any:
        """Return the first object of a list that has one of the values in one of the fields."""
        known = [value for value in values if isinstance(value, str)]
        objects = (one for one in (items if isinstance(items, list) else ()) if isinstance(one, dict))
        return next((one for one in objects if any(one.get(field) in known for field in fields)), None)

    @signature({"types": []}, {"types": ["object"]})
    def _func_matching(self, container: Any, fields: dict[str, Any]) -> list[Any]:
        """Return the objects of a list, or members of an object, that have all of some values."""
        items = container.values() if isinstance(container, dict) else container or ()
        objects = (one for one in items if isinstance(one, dict))
        return [one for one in objects if all(one.get(name) == value for name, value in fields.items())]

    @signature({"types": []})
    def _func_blank(self, value: Any) -> bool:
        """Tell whether a value is anything but a text with a letter in it."""
        return not (isinstance(value, str) and value.strip())

    @signature({"types": ["array"]})
    def _func_repeated(self, items: list[Any]) -> Any:
        """Return the first element of a list that it has more than once; null without one."""
        return next((one for number, one in enumerate(items) if one in items[:number]), None)

    @signature({"types": ["number"]}, {"types": ["number"]})
    def _func_minus(self, left: float, right: float) -> float:
        return left - right

    @signature({"types": []}, {"types": []})
    def _func_member(self, container: Any, name: Any) -> Any:
        """Return the member of an object whose name is the value of an expression."""
        return container.get(name) if isinstance(container, dict) and isinstance(name, str) else None

    @signature({"types": ["string"]})
    def _func_unbase64url(self, text: str) -> str | None:
        """Return the text that a file name holds in base64url, since it has `:` or `/`; null for another."""
        try:
            return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
        except ValueError:
            return None

    @signature({"types": ["string"]}, {"types": ["string"]})
    def _func_after(self, text: str, prefix: str) -> str:
        """Return a text without a prefix, if it has that."""
        return text.removeprefix(prefix)

    @signature({"types": ["string"]})
    def _func_sha256(self, text: str) -> str:
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
