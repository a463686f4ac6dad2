"""Imports run one way: between the rooms only downwards, and nowhere in a circle."""

import ast
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = (
    "sources",
    "snapshot",
    "engine",
    "openclaw",
    "routers",
    "evidence",
    "fixes",
    "configuration",
    "baseline",
    "reports",
    "views",
    "usecases",
    "fleet",
    "api",
    "cli",
)
"""The rooms of the package; each may import from those before it, `cli` not from its twin `api`."""
STRANGERS = {
    "snapshot": {"engine"},
    "openclaw": {"engine"},
    "routers": {"engine"},
    "evidence": {"engine"},
    "engine": {"snapshot", "sources"},
    "cli": {"api"},
}
"""Rooms that must not know others, although those come before them."""


def modules():
    """Return the file of each module by its dotted name."""
    found = {}
    for path in (ROOT / "linter").rglob("*.py"):
        steps = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(steps[:-1] if steps[-1] == "__init__" else steps)] = path
    return found


def imports():
    """Return what each module imports of the package, also late and for types only."""
    known, found = modules(), defaultdict(set)
    for name, path in known.items():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("linter"):
                inner = (f"{node.module}.{alias.name}" for alias in node.names)
                found[name].update(full if full in known else node.module for full in inner)
            elif isinstance(node, ast.Import):
                found[name].update(alias.name for alias in node.names if alias.name in known)
    return found


IMPORTS = imports()


def room(name):
    """Return the room of a module; None for the few that stand beside the rooms."""
    return name.split(".")[1] if name.count(".") and name.split(".")[1] in ROOMS else None


def test_every_module_is_in_a_room():
    beside = {name for name in modules() if room(name) is None}
    assert beside == {"linter", "linter.__main__", "linter.files", "linter.printable", "linter.version"}
    assert {room(name) for name in modules()} - {None} == set(ROOMS)


def test_no_imports_run_in_a_circle():
    try:
        TopologicalSorter(IMPORTS).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(reversed(error.args[1])))


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_imports_only_from_those_below_it(name):
    allowed = {*ROOMS[: ROOMS.index(name) + 1], None} - STRANGERS.get(name, set())
    wrong = {
        f"{module} -> {other}"
        for module, others in IMPORTS.items()
        for other in others
        if room(module) == name and (room(other) not in allowed or other == "linter")
    }
    assert not wrong
