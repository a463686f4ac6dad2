"""What a router's mapping says: its shape, checked before anything is read by it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from linter.routers.columns import known_columns
from linter.routers.files import FORMATS, FileMapping, Schema
from linter.routers.interface import RouterError

_TOP = frozenset(
    {
        "id",
        "tool",
        "files",
        "routers",
        "router_accounts",
        "repo_profiles",
        "leases",
        "usage_evidence",
        "slots",
    }
)
_FILE = frozenset({"path", "role", "newest", "version_key", "keys", "secret", "optional", "format", "tables"})
_ROUTER = frozenset({"file", "kind", "columns", "twins"})
_TABLE = frozenset({"file", "at", "each", "where", "columns"})
_REPO = _TABLE | {"key", "key_style", "credential", "provider"}
_SLOTS = frozenset({"ids", "agents", "cli", "files", "hashes"})
_KINDS = frozenset({"pointer", "index", "hash", "order-head", "derived", "pool", "copies"})
_ROLES = frozenset({"repo", "router-config", "router-state", "router-snapshot", "holder"})
TABLES = ("router_accounts", "repo_profiles", "leases", "usage_evidence")


class MappingError(RouterError):
    """A declared router that cannot be understood; the message says where in it and what is expected."""


class TableMapping(NamedTuple):
    """Rows of one table: one for each element or member at the JSON pointer `at` of `file`.

    Not for `each`: what is there is the one entry, as where a file is a login. `where` says which count.
    """

    file: str
    at: str
    each: bool
    where: str | None
    columns: Mapping[str, str]
    key: str
    key_style: str
    credential: str
    provider: str


class SlotMapping(NamedTuple):
    """Where a router copies logins: profiles of agents, the Codex CLI's file, pointers into files of others.

    `hashes` are recipes of the text whose SHA-256 guards the selection.
    """

    ids: tuple[str, ...]
    agents: tuple[str, ...]
    cli: bool
    files: Mapping[str, str]
    hashes: tuple[str, ...]


class RouterMapping(NamedTuple):
    """A router as declared: its files, and by table the expressions that give the columns.

    `twins`: a second installation is a copy by mistake, since the tool means to have one.
    """

    name: str
    tool: str
    files: Mapping[str, FileMapping]
    main_file: str
    kind: str
    twins: bool
    columns: Mapping[str, str]
    tables: Mapping[str, tuple[TableMapping, ...]]
    slots: SlotMapping


def parse_mapping(raw: Any) -> RouterMapping:
    """Return the mapping that a declaration stands for, or raise MappingError."""
    top = _object(raw, "a router", _TOP)
    tool = _word(top, "tool", "a router")
    where = f"router {tool}"
    files = {
        name: _file(value, f"{where}, files.{name}")
        for name, value in _object(top.get("files"), f"{where}, files").items()
    }
    if not files:
        raise MappingError(f"{where}: `files` names no file")
    router = _object(top.get("routers"), f"{where}, routers", _ROUTER)
    return RouterMapping(
        name=_text(top.get("id", tool), f"{where}, id"),
        tool=tool,
        files=files,
        main_file=_reference(router, f"{where}, routers", files),
        kind=_choice(router.get("kind"), _KINDS, f"{where}, routers.kind"),
        twins=router.get("twins", False) is True,
        columns=_columns(router, f"{where}, routers", "routers"),
        tables={name: _tables(name, top[name], f"{where}, {name}", files) for name in TABLES if name in top},
        slots=_slots(_object(top.get("slots", {}), f"{where}, slots", _SLOTS), f"{where}, slots", files),
    )


def parts_of(table: Any) -> list[Any]:
    """Return the parts of a table: it may be made of several places, each described in the same way."""
    return table if isinstance(table, list) and table else [table]


def _file(raw: Any, where: str) -> FileMapping:
    file = _object(raw, where, _FILE)
    newest, keys, style = file.get("newest"), file.get("keys"), file.get("format")
    if newest is not None and (not isinstance(newest, int) or isinstance(newest, bool)):
        raise MappingError(f"{where}.newest must be a whole number")
    return FileMapping(
        path=_word(file, "path", where),
        role=_choice(file.get("role", "router-state"), _ROLES, f"{where}.role"),
        schema=Schema(
            newest=newest,
            version_key=_text(file.get("version_key", "version"), f"{where}.version_key"),
            known_keys=None if keys is None else frozenset(_texts(keys, f"{where}.keys")),
        ),
        secret=file.get("secret", False) is True,
        optional=file.get("optional", False) is True,
        format=None if style is None else _choice(style, frozenset(FORMATS), f"{where}.format"),
        tables={
            name: _texts(columns, f"{where}.tables.{name}")
            for name, columns in _object(file.get("tables", {}), f"{where}.tables").items()
        },
    )


def _tables(name: str, raw: Any, where: str, files: Mapping[str, FileMapping]) -> tuple[TableMapping, ...]:
    return tuple(_table(name, part, where, files) for part in parts_of(raw))


def _table(name: str, raw: Any, where: str, files: Mapping[str, FileMapping]) -> TableMapping:
    table = _object(raw, where, _REPO if name == "repo_profiles" else _TABLE)
    condition = table.get("where")
    each = table.get("each", True) is not False
    return TableMapping(
        file=_reference(table, where, files),
        at=_pointer(table.get("at", ""), f"{where}.at"),
        each=each,
        where=None if condition is None else _text(condition, f"{where}.where"),
        columns=_columns(table, where, name),
        key=_text(table.get("key", "key" if each else "name"), f"{where}.key"),
        key_style=_text(table.get("key_style", "alias"), f"{where}.key_style"),
        credential=_text(table.get("credential", "entry"), f"{where}.credential"),
        provider=_text(table.get("provider", "openai-codex"), f"{where}.provider"),
    )


def _slots(slots: Mapping[str, Any], where: str, files: Mapping[str, FileMapping]) -> SlotMapping:
    places = _object(slots.get("files", {}), f"{where}.files", frozenset(files))
    return SlotMapping(
        ids=_texts(slots.get("ids", []), f"{where}.ids"),
        agents=_texts(slots.get("agents", ["main"]), f"{where}.agents"),
        cli=slots.get("cli", False) is True,
        files={name: _pointer(pointer, f"{where}.files.{name}") for name, pointer in places.items()},
        hashes=_texts(slots.get("hashes", []), f"{where}.hashes"),
    )


def _pointer(value: Any, where: str) -> str:
    if not isinstance(value, str) or (value and value[0] != "/"):
        raise MappingError(f"{where} is no JSON pointer: it must be empty or begin with `/`")
    return value


def _columns(raw: Mapping[str, Any], where: str, table: str) -> Mapping[str, str]:
    columns = _object(raw.get("columns", {}), f"{where}.columns", known_columns(table))
    return {name: _text(value, f"{where}.columns.{name}") for name, value in columns.items()}


def _object(raw: Any, where: str, allowed: frozenset[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise MappingError(f"{where}: an object is expected")
    unknown = sorted(str(name) for name in raw if allowed is not None and name not in allowed)
    if unknown and allowed is not None:
        raise MappingError(f"{where}: unknown key `{unknown[0]}`; known are {', '.join(sorted(allowed))}")
    return raw


def _reference(raw: Mapping[str, Any], where: str, files: Mapping[str, FileMapping]) -> str:
    name = raw.get("file", next(iter(files)) if len(files) == 1 else None)
    return _choice(name, frozenset(files), f"{where}.file")


def _choice(value: Any, allowed: frozenset[str], where: str) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise MappingError(f"{where} must be one of {', '.join(sorted(allowed))}")
    return value


def _word(raw: Mapping[str, Any], key: str, where: str) -> str:
    return _text(raw.get(key), f"{where}: `{key}`")


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise MappingError(f"{where} must be a text")
    return value


def _texts(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise MappingError(f"{where} must be a list of texts")
    return tuple(value)
