"""The jmespath library with the engine's functions added: for what has no closure of its own."""

from collections.abc import Callable
from functools import cache
from typing import Any

from jmespath.functions import Functions, signature
from jmespath.visitor import Options, TreeInterpreter

from linter.engine.functions import FUNCTIONS, Function
from linter.engine.names import Arities


def _method(function: Function) -> Callable[..., Any]:
    """Return the function as the library wants it; it checks its own arguments."""
    method: Callable[..., Any] = signature({"types": [], "variadic": True})(
        lambda _self, *arguments: function(*arguments)
    )
    return method


_METHODS = {f"_func_{name}": _method(function) for name, function in FUNCTIONS.items()}
_AllFunctions = type("_AllFunctions", (Functions,), _METHODS)


@cache
def interpreter() -> TreeInterpreter:
    """Return the library's interpreter, which knows every function."""
    return TreeInterpreter(Options(custom_functions=_AllFunctions()))


def arities() -> Arities:
    """Return how few and how many arguments (None: any number) every function of the rule language takes."""
    return {**library_arities(Functions), **{name: function.arity for name, function in FUNCTIONS.items()}}


def library_arities(functions: type[Functions]) -> Arities:
    """Return the same for functions that the library itself checks."""
    result: dict[str, tuple[int, int | None]] = {}
    for name, entry in functions.FUNCTION_TABLE.items():
        types = entry["signature"]
        result[name] = (len(types), None if types and types[-1].get("variadic") else len(types))
    return result
