"""A first mapping for a router that authlint does not know, drafted from one of its files."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from linter.routers.files import FORMATS
from linter.routers.interface import RouterError
from linter.routers.login import read_login
from linter.sources.paths import join, path_from_home
from linter.sources.reading import load_json

_NAMES = (
    "id",
    "recordId",
    "account_key",
    "key",
    "alias",
    "name",
    "label",
    "email",
    "accountId",
    "account_id",
)
_CHOSEN = ("active", "current", "selected", "default")
_DEEPEST = 4


class _Logins(NamedTuple):
    """Where the logins of a file are: at a pointer, each below a member of its entry; how many there are."""

    at: str
    below: str
    entries: list[tuple[str, dict[str, Any]]]


def drafted(path: Path, home: Path) -> str:
    """Return the text of a `routers:` section for a file, with what is to be checked as comments.

    No value of the file but its version and the names of its keys is in it. Raises RouterError for a file
    that cannot be read or holds no login.
    """
    loaded = FORMATS.get(path.suffix[1:].lower(), load_json)(path, path.name, path.name)
    if loaded.file.state != "ok":
        raise RouterError(f"{path} cannot be read: {loaded.file.state}")
    if not isinstance(loaded.value, dict):
        why = loaded.error.message if loaded.error else "it holds no object"
        raise RouterError(f"{path} is no file that a mapping can describe: {why}")
    value, tool = loaded.value, path.parent.name.lstrip(".") or path.stem
    shown = path_from_home(path, home)
    if _is_login(value):
        shown = f"{shown.rpartition('/')[0]}/*{path.suffix}"
        return _text(
            tool,
            shown,
            None,
            "pool",
            "",
            ["    each: false                # each file is a login", "    key: name"],
        )
    found = max(_logins(value, "", 0), key=lambda one: len(one.entries), default=None)
    if found is None:
        raise RouterError(f"{path} holds no login that would be recognised: no token under a usual name")
    kind, selection = _selection(value, found)
    lines = [f"    at: {json.dumps(found.at)}", f"    key: {_key(found)}"]
    if found.below:
        lines.append(f"    credential: entry.{found.below}")
    return _text(tool, shown, value, kind, selection, lines)


def _logins(value: Any, pointer: str, depth: int) -> Iterator[_Logins]:
    if not isinstance(value, dict | list) or depth > _DEEPEST:
        return
    children = list(value.items() if isinstance(value, dict) else enumerate(value))
    entries = [(str(name), child) for name, child in children if isinstance(child, dict)]
    for below in dict.fromkeys(["", *(name for _, child in entries for name in child)]):
        held = [(name, child) for name, child in entries if _is_login(child.get(below) if below else child)]
        if held and below.isidentifier() | (not below):
            yield _Logins(pointer, below, held)
            break
    for name, child in children:
        yield from _logins(child, join(pointer, name), depth + 1)


def _is_login(value: Any) -> bool:
    return isinstance(value, dict) and read_login(value, "openai-codex", 0).has_secret


def _key(found: _Logins) -> str:
    """Return the expression that names an entry: a field that every entry has with a value of its own."""
    for name in _NAMES:
        values = [entry.get(name) for _, entry in found.entries]
        if all(isinstance(value, str) and value for value in values) and len(set(values)) == len(values):
            return f"entry.{name}"
    return "key"


def _selection(value: dict[str, Any], found: _Logins) -> tuple[str, str]:
    """Return the kind of the selection, and the member of the file that says it."""
    named = found.entries
    keys = {name for name, _ in named} | {
        text for _, entry in named for name in _NAMES if isinstance(text := entry.get(name), str)
    }
    for name, chosen in value.items():
        if name.isidentifier() and name.lower().startswith(_CHOSEN):
            if isinstance(chosen, int) and not isinstance(chosen, bool):
                return "index", name
            if isinstance(chosen, str) and chosen in keys:
                return "pointer", name
    return "pool", ""


def _text(
    tool: str, path: str, value: dict[str, Any] | None, kind: str, selection: str, table: list[str]
) -> str:
    lines = [
        "routers:",
        f"- tool: {json.dumps(tool)}",
        "  files:",
        "    logins:",
        f"      path: {json.dumps(path)}",
        "      role: repo",
        "      secret: true",
    ]
    if value is not None:
        if isinstance(value.get("version"), int):
            lines.append(f"      newest: {value['version']}")
        lines.append(f"      keys: [{', '.join(json.dumps(name) for name in value)}]")
    lines += [
        "  routers:",
        f"    kind: {kind}                 # pointer, index, hash, order-head, derived, pool or copies",
        "    columns:",
        *([f"      selection: file.{selection}"] if selection else []),
        "      refreshes: '`false`'       # '`true`' if the tool renews tokens itself",
        "  repo_profiles:",
        *table,
        "  slots:",
        "    cli: false                   # true if it copies the chosen login into Codex's auth.json",
    ]
    return "\n".join(lines) + "\n"
