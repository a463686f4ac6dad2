"""Changes single places of the code and tells which changes no test notices.

python benchmarks/mutants.py [--count 300] [--seed 1] [--in ROOM...] RESULTS

RESULTS gets a JSON line for each change; run it again to go on. A first pass learns which tests run which
lines (kept in RESULTS.lines; remove it after changes of tests). Then each change is made in a fork of one
process that has loaded the tests, to functions in memory, and those that reach the changed line run, quick
ones first. What a test tries in a process of its own is not changed there, so it counts as surviving.
"""

import argparse
import ast
import gc
import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from copy import deepcopy
from itertools import zip_longest
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

import pytest
from _pytest.runner import runtestprotocol
from coverage import Coverage

REPOSITORY = Path(__file__).parent.parent
ROOMS = ("linter/engine", "linter/openclaw/selection", "linter/fixes")
MOST = 200
SECONDS = 30
"""Processor time after which a test hangs."""
OPPOSITES: dict[type, type] = {
    left: right
    for one, other in (
        (ast.Eq, ast.NotEq),
        (ast.Lt, ast.LtE),
        (ast.Gt, ast.GtE),
        (ast.Is, ast.IsNot),
        (ast.In, ast.NotIn),
        (ast.And, ast.Or),
        (ast.Add, ast.Sub),
        (ast.BitAnd, ast.BitOr),
        (ast.Break, ast.Continue),
    )
    for left, right in ((one, other), (other, one))
}
SWAPS = {"any": "all", "all": "any", "min": "max", "max": "min"}
PASSED_ON = ("sorted", "reversed", "deepcopy", "tuple", "set", "bool")


class Mutant(NamedTuple):
    """A change: its file, line, what it does in words, and the changed module."""

    path: str
    line: int
    what: str
    tree: ast.Module


def changes(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:  # noqa: C901 - one case an operator
    """Yield what a node may be changed to, with words for it."""
    new: Any = deepcopy(node)
    match node:
        case ast.Compare(ops=[first, *_]) if type(first) in OPPOSITES:
            new.ops[0] = OPPOSITES[type(first)]()
            yield new, type(new.ops[0]).__name__
        case ast.BoolOp() | ast.BinOp() if type(node.op) in OPPOSITES:
            new.op = OPPOSITES[type(node.op)]()
            yield new, type(new.op).__name__
        case ast.UnaryOp(op=ast.Not()):
            yield new.operand, "without not"
        case ast.Break() | ast.Continue():
            yield OPPOSITES[type(node)](), "the other way out of a loop"
        case ast.Constant(value=bool() | int()):
            new.value = not new.value if isinstance(new.value, bool) else new.value + 1
            yield new, repr(new.value)
        case ast.Constant(value=str(text)) if text and " " not in text:
            new.value = f"{text}~"
            yield new, repr(new.value)
        case ast.Call(func=ast.Name(id=name)) if name in SWAPS:
            new.func.id = SWAPS[name]
            yield new, new.func.id
        case ast.Call(func=ast.Name(id=name), args=[_, *_]) if name in PASSED_ON:
            yield new.args[0], f"without {name}()"
        case ast.If() | ast.IfExp() | ast.While():
            new.test = ast.UnaryOp(ast.Not(), new.test)
            yield new, "the condition turned around"
        case ast.Return(value=value) if value and not (
            isinstance(value, ast.Constant) and value.value is None
        ):
            new.value = ast.Constant(None)
            yield new, "returns None"
        case ast.Expr(value=ast.Call()) | ast.Raise() | ast.AugAssign():
            yield ast.Pass(), "left out"


def places(node: ast.AST, way: tuple[Any, ...] = (), *, inside: bool = False) -> Iterator[tuple[Any, ...]]:
    """Yield the ways to all nodes in functions that may be changed; no annotations, no assertions."""
    if inside:
        yield way
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list") or isinstance(
            node, ast.Assert | ast.JoinedStr
        ):
            continue
        deeper = inside or (isinstance(node, ast.FunctionDef | ast.Lambda) and name == "body")
        for index, child in enumerate(value if isinstance(value, list) else [value]):
            documentation = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            if isinstance(child, ast.AST) and not documentation:
                step = (name, index) if isinstance(value, list) else (name,)
                yield from places(child, (*way, step), inside=deeper)


def at(tree: Any, way: tuple[Any, ...]) -> Any:
    """Return the node that a way leads to."""
    for name, *index in way:
        tree = getattr(tree, name)[index[0]] if index else getattr(tree, name)
    return tree


def mutants(rooms: list[str]) -> list[tuple[str, tuple[Any, ...], int]]:
    """Return all changes of some rooms: file, way, and which change of the node."""
    found = []
    for path in sorted(path for room in rooms for path in (REPOSITORY / room).rglob("*.py")):
        tree = ast.parse(path.read_text())
        name = path.relative_to(REPOSITORY).as_posix()
        for way in places(tree):
            found += [(name, way, number) for number, _ in enumerate(changes(at(tree, way)))]
    return found


def made(name: str, way: tuple[Any, ...], number: int) -> Mutant:
    """Make a change."""
    tree = ast.parse((REPOSITORY / name).read_text())
    node = at(tree, way)
    new, words = list(changes(node))[number]
    what = f"{ast.unparse(node).splitlines()[0][:80]}  ->  {words}"
    parent, (field, *index) = at(tree, way[:-1]), way[-1]
    ast.copy_location(new, node)
    if index:
        getattr(parent, field)[index[0]] = new
    else:
        setattr(parent, field, new)
    return Mutant(name, node.lineno, what, ast.fix_missing_locations(tree))


def codes(code: CodeType) -> Iterator[CodeType]:
    """Yield a code and all that is defined in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


def change_functions(mutant: Mutant) -> None:
    """Give the functions of a module that is loaded the code of the changed one."""
    path = str(REPOSITORY / mutant.path)
    new = {
        (code.co_qualname, code.co_firstlineno): code for code in codes(compile(mutant.tree, path, "exec"))
    }
    for function in [each for each in gc.get_objects() if isinstance(each, FunctionType)]:
        code = function.__code__
        if code.co_filename == path and (found := new.get((code.co_qualname, code.co_firstlineno))):
            function.__code__ = found


class Plugin:
    """Runs pytest's collected tests in forks, once per change."""

    def __init__(self, todo: list[tuple[str, tuple[Any, ...], int]], results: Path) -> None:
        self._todo, self._results = todo, results

    def pytest_runtestloop(self, session: Any) -> bool:
        """Try each change that has no result yet."""
        items = {item.nodeid: item for item in session.items}
        tests = self._recorded(items)
        done = len(self._results.read_text().splitlines()) if self._results.exists() else 0
        for number, change in enumerate(self._todo[done:], done + 1):
            mutant = made(*change)
            reached = tests.get(f"{mutant.path}:{mutant.line}", [])
            killed = self._in_fork(mutant, [items[name] for name in reached[:MOST] if name in items])
            line = {"number": number, "where": f"{mutant.path}:{mutant.line}", "what": mutant.what}
            line |= {"tests": len(reached), "killed": killed}
            with self._results.open("a") as file:
                file.write(json.dumps(line) + "\n")
            print(number, "killed" if killed else "SURVIVED", line["where"], mutant.what, flush=True)
        return True

    def _recorded(self, items: dict[str, Any]) -> dict[str, list[str]]:
        """Return which tests reach a line, the quick ones first."""
        kept = self._results.with_name(self._results.name + ".lines")
        if not kept.exists():
            measured = Coverage(data_file=None, include=[f"{REPOSITORY / room}/*" for room in ROOMS])
            took = {}
            measured.start()
            for (name, item), following in zip_longest(items.items(), list(items.values())[1:]):
                measured.switch_context(name)
                start = time.perf_counter()
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                took[name] = time.perf_counter() - start
            measured.stop()
            data, found = measured.get_data(), {}
            for file in data.measured_files():
                for line, names in data.contexts_by_lineno(file).items():
                    known = sorted((name for name in names if name in took), key=took.__getitem__)
                    found[f"{Path(file).relative_to(REPOSITORY).as_posix()}:{line}"] = known
            kept.write_text(json.dumps(found))
        lines: dict[str, list[str]] = json.loads(kept.read_text())
        return lines

    @staticmethod
    def _in_fork(mutant: Mutant, items: list[Any]) -> bool:
        """Tell whether a test fails in a fork whose functions are changed."""
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            failed = True
            try:
                change_functions(mutant)
                failed = any(
                    report.failed
                    for item, following in zip_longest(items, items[1:])
                    if signal.setitimer(signal.ITIMER_PROF, SECONDS)
                    for report in runtestprotocol(item, nextitem=following, log=False)
                )
            finally:
                os._exit(failed)
        return os.waitpid(child, 0)[1] != 0


def main() -> int:
    """Try the changes; return 1 when more than 5 % survive."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--in", dest="rooms", nargs="+", default=ROOMS)
    parser.add_argument("results", type=Path)
    options = parser.parse_args()
    every = mutants(options.rooms)
    todo = random.Random(options.seed).sample(every, min(options.count, len(every)))  # noqa: S311
    print(f"seed {options.seed}: {len(todo)} of {len(every)} changes", flush=True)
    os.chdir(REPOSITORY)
    sys.path.insert(0, str(REPOSITORY))
    os.environ["PYTHONPATH"] = str(REPOSITORY)
    tests = ["tests/engine", "tests/openclaw/selection", "tests/fixes", "tests/rules", "tests/usecases"]
    pytest.main(["-q", "-n0", "-p", "no:cacheprovider", *tests], [Plugin(todo, options.results.resolve())])
    found = [json.loads(line) for line in options.results.read_text().splitlines()]
    left = [line for line in found if not line["killed"]]
    print(f"{len(left)} of {len(found)} survive, {100 * len(left) / len(found):.1f} %")
    return int(len(left) > 0.05 * len(found))


if __name__ == "__main__":
    sys.exit(main())
