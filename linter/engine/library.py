"""The jmespath library with the engine's functions added: for what has no closure of its own."""

from functools import cache
from typing import Any

from jmespath.functions import Functions
from jmespath.visitor import Options, TreeInterpreter

from linter.engine.functions import FUNCTIONS, Function


def _method(function: Function) -> Any:
    return lambda _self, *arguments: function(*arguments)


class _AllFunctions(Functions):
    """The library's functions and the engine's; the engine's check their own arguments."""

    FUNCTION_TABLE = {  # noqa: RUF012 - the library's own registry, which it reads from the class
        **{
            name: {"function": _method(function), "signature": [{"types": [], "variadic": True}]}
            for name, function in FUNCTIONS.items()
        },
        **Functions.FUNCTION_TABLE,
    }


@cache
def interpreter() -> TreeInterpreter:
    """Return the library's interpreter, which knows every function."""
    return TreeInterpreter(Options(custom_functions=_AllFunctions()))


def arities() -> dict[str, tuple[int, int | None]]:
    """Return how few and how many arguments (None: any number) every function takes."""
    result: dict[str, tuple[int, int | None]] = {}
    for name, entry in Functions.FUNCTION_TABLE.items():
        signature = entry["signature"]
        variadic = bool(signature) and signature[-1].get("variadic", False)
        result[name] = (len(signature), None if variadic else len(signature))
    result.update({name: function.arity for name, function in FUNCTIONS.items() if name not in result})
    return result
