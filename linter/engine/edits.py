"""Edits applied to plain tables, to see in an example what a fix would leave."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from linter.engine.finding import Edit


def edited(tables: Mapping[str, Any], edits: Iterable[Edit]) -> dict[str, Any]:
    """Return a copy of the tables with the edits made. Raises LookupError when a pointer leads nowhere."""
    result = dict(deepcopy(tables))
    ways = [(edit, _steps(edit.pointer)) for edit in edits]
    for edit, way in ways:
        if edit.action != "remove":
            _write(_parent(result, way), way[-1], _copied(tables, edit))
    removals = [way for edit, way in ways if edit.action == "remove"]
    for way in sorted(removals, key=_depth_first, reverse=True):  # so that earlier indexes stay right
        _remove(_parent(result, way), way[-1])
    return result


def restricted(mode: str, to: str) -> str:
    """Return what a mode of octal digits keeps of the rights in another."""
    return f"{int(mode, 8) & int(to, 8):04o}"


def _copied(tables: Mapping[str, Any], edit: Edit) -> Edit:
    if edit.action != "copy":
        return edit
    way = _steps(edit.value[1])
    value = deepcopy(_child(_parent(tables, way), way[-1]))
    return edit._replace(action="set", value={name: it for name, it in value.items() if name != "at"})


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _depth_first(way: list[str]) -> list[tuple[int, str]]:
    return [(int(step), "") if step.isdecimal() else (0, step) for step in way]


def _parent(value: Any, way: list[str]) -> Any:
    for step in way[:-1]:
        value = _child(value, step)
    return value


def _child(value: Any, step: str) -> Any:
    return value[int(step)] if isinstance(value, list) else value[step]


def _write(parent: Any, name: str, edit: Edit) -> None:
    if edit.action == "restrict":
        parent[name] = restricted(parent[name], edit.value)
    elif not isinstance(parent, list):
        parent[name] = edit.value
    elif edit.action == "insert":
        parent.insert(len(parent) if name == "-" else int(name), edit.value)
    else:
        parent[int(name)] = edit.value


def _remove(parent: Any, name: str) -> None:
    if isinstance(parent, list):
        del parent[int(name)]
    else:
        parent.pop(name, None)
