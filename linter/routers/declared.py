"""Routers that a mapping describes: files, and JMESPath expressions that turn their values into rows.

Some of the known routers are such mappings (`mappings/`); a user declares others in the same words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.functions import Functions, signature

from linter.openclaw.plain import members
from linter.openclaw.reading import Reading
from linter.routers.columns import coerce
from linter.routers.files import RouterFile, missing_file, open_json
from linter.routers.find import absolute
from linter.routers.interface import Declaration, Found
from linter.routers.mapping import MappingError, RouterMapping, TableMapping, parse_mapping
from linter.routers.rows import account_row, lease_row, repo_row, router_row
from linter.routers.selection import derive, resolve
from linter.routers.sight import Sight
from linter.routers.slots import CLI_SLOT, cli_slots, default_slot_id, store_slots
from linter.routers.times import ACTIVE_WINDOW_MS
from linter.snapshot.tables import Row
from linter.sources.paths import join, split
from linter.sources.times import to_ms

FILE_NAMES = ("file", "modified", "now")
"""What every expression of a column sees: the parsed file, when it was written, the time of the run."""

ENTRY_NAMES = ("entry", "key", "index")
"""What the expressions of a table with a row for each entry see of it."""

_ERA_SLOT = "default"
_PATH = re.compile(r"(entry|file)((?:\.[A-Za-z_]\w*)+)")


def read_declared(reading: Reading, declarations: Sequence[Declaration]) -> None:
    """Read the routers that a user declared. Raises MappingError for one that cannot be understood."""
    for declaration in declarations:
        mapping = parse_mapping(declaration)
        paths = {name: absolute(reading, file.path) for name, file in mapping.files.items()}
        _read(reading, mapping, mapping.name, paths)


def read_mapped(reading: Reading, found: Sequence[Found]) -> None:
    """Read installations of a router whose mapping is shipped."""
    for number, one in enumerate(found):
        mapping = shipped(one.tool)
        paths = {name: one.folder / file.path for name, file in mapping.files.items()}
        _read(reading, mapping, mapping.name if number == 0 else f"{mapping.name}-{number + 1}", paths)


@lru_cache
def shipped(tool: str) -> RouterMapping:
    """Return the mapping of a known router."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - loaded only where such a router is in use

    text = (Path(__file__).parent / "mappings" / f"{tool.replace('-', '_')}.yaml").read_text("utf-8")
    return parse_mapping(YAML(typ="safe").load(text))


def _read(reading: Reading, mapping: RouterMapping, name: str, paths: Mapping[str, Path]) -> None:
    files: dict[str, RouterFile] = {}
    for key, declared in mapping.files.items():
        file = open_json(reading, paths[key], declared.role, declared.schema, secret=declared.secret)
        if file is None:
            missing_file(reading, paths[key], declared.role)
        else:
            files[key] = file
    main = files.get(mapping.main_file)
    if main is None:
        return
    rows = _Rows(reading, name, mapping, files)
    router = router_row(
        rows.at(main, "", mapping.columns),
        name,
        mapping.tool,
        mapping.kind,
        slot_ids=_slot_ids(reading, mapping),
        managed_agents=list(mapping.agents) if mapping.slot_ids else [],
        live=any(reading.now - file.mtime < ACTIVE_WINDOW_MS for file in files.values()),
    )
    router |= rows.columns("routers", mapping.columns, main, {})
    tables = reading.snapshot.tables
    tables["routers"].append(router)
    accounts = list(rows.accounts(router["managed_agents"]))
    repos = list(rows.repos())
    tables["router_accounts"].extend(accounts)
    tables["repo_profiles"].extend(repos)
    tables["leases"].extend(rows.leases())
    slots = [
        slot
        for slot_id in router["slot_ids"]
        if slot_id != CLI_SLOT
        for slot in store_slots(reading.snapshot, router, slot_id, mapping.agents, switched=router["set_at"])
    ]
    if mapping.cli:
        slots.extend(cli_slots(reading.snapshot, router, switched=router["set_at"]))
    tables["slots"].extend(slots)
    _select(router, accounts, repos, slots)


def _slot_ids(reading: Reading, mapping: RouterMapping) -> list[str]:
    ids = [default_slot_id(reading.snapshot) if one == _ERA_SLOT else one for one in mapping.slot_ids]
    return [*ids, CLI_SLOT] if mapping.cli else ids


def _select(router: Row, accounts: Sequence[Row], repos: Sequence[Row], slots: Sequence[Row]) -> None:
    """Say which entry the router means."""
    if router["kind"] == "derived":
        if slots:
            router["selected_key"], router["selection_state"] = derive(slots[0], repos)
        return
    if router["kind"] == "order-head" and router["selection"] is None and router["intended_order"]:
        router["selection"] = router["intended_order"][0]
    keys = [row["key"] for row in repos] or [row["id"] for row in accounts]
    router["selected_key"], router["selection_state"] = resolve(router["kind"], router["selection"], keys)


class _Rows:
    """The files of one router, and the expressions evaluated over them."""

    def __init__(
        self, reading: Reading, router: str, mapping: RouterMapping, files: Mapping[str, RouterFile]
    ) -> None:
        self._reading = reading
        self._router = router
        self._mapping = mapping
        self._files = files
        self._options = jmespath.Options(custom_functions=RouterFunctions(reading.now))

    def accounts(self, agents: Sequence[str]) -> Iterator[Row]:
        sight = Sight(self._reading.snapshot)
        seen: set[str] = set()
        for table, file, pointer, scope in self._entries("router_accounts"):
            columns = self.columns("router_accounts", table.columns, file, scope)
            account = columns.get("id")
            if account:
                yield account_row(
                    self.at(file, pointer, table.columns),
                    self._router,
                    account,
                    duplicate=account in seen,
                    seen_by=sight.of(account, agents),
                    **{name: value for name, value in columns.items() if name != "id"},
                )
                seen.add(account)

    def leases(self) -> Iterator[Row]:
        for table, file, pointer, scope in self._entries("leases"):
            columns = self.columns("leases", table.columns, file, scope)
            yield lease_row(self.at(file, pointer, table.columns), self._router, str(scope["key"]), **columns)

    def repos(self) -> Iterator[Row]:
        for table, file, pointer, scope in self._entries("repo_profiles"):
            credential = self._evaluate(table.credential, scope)
            below = _below(table.credential)
            yield repo_row(
                self._reading,
                file.source,
                pointer + below,
                credential if below or table.credential == "entry" else members(credential),
                router=self._router,
                tool=self._mapping.tool,
                key=str(self._evaluate(table.key, scope) or scope["key"]),
                key_style=table.key_style,
                provider=table.provider,
                **self.columns("repo_profiles", table.columns, file, scope),
            )

    def columns(self, table: str, expressions: Mapping[str, str], file: RouterFile, scope: Row) -> Row:
        """Return the columns that have a value of their type."""
        names = {"file": file.value, "modified": file.mtime, "now": self._reading.now, **scope}
        values = {
            name: coerce(table, name, self._evaluate(expression, names))
            for name, expression in expressions.items()
        }
        return {name: value for name, value in values.items() if value is not None}

    def at(self, file: RouterFile, pointer: str, expressions: Mapping[str, str]) -> Row:
        """Return the place of a row, and of the columns whose expression is a plain path."""
        at: Row = {"source": file.source, "pointer": pointer}
        fields = {}
        for column, expression in expressions.items():
            match = _PATH.fullmatch(expression)
            if match:
                start = pointer if match[1] == "entry" else ""
                fields[column] = {"source": file.source, "pointer": start + _below(expression)}
        return {**at, "fields": fields} if fields else at

    def _entries(self, name: str) -> Iterator[tuple[TableMapping, RouterFile, str, Row]]:
        """Walk the elements of a list, or the members of an object, that a table is made of."""
        table = self._mapping.tables.get(name)
        file = self._files.get(table.file) if table else None
        if table is None or file is None:
            return
        value = file.value
        for step in split(table.at):
            value = value.get(step) if isinstance(value, dict) else None
        items: Sequence[tuple[Any, Any]] = ()
        if isinstance(value, dict):
            items = list(value.items())
        elif isinstance(value, list):
            items = list(enumerate(value))
        for index, (key, entry) in enumerate(items):
            yield table, file, join(table.at, key), {"entry": entry, "key": str(key), "index": index}

    def _evaluate(self, expression: str, scope: Row) -> Any:
        """Return the value of an expression; None where the file does not hold what it expects."""
        try:
            return _compiled(expression).search(scope, self._options)
        except JMESPathError:
            return None


def _below(expression: str) -> str:
    """Return the JSON pointer of a plain path such as `entry.auth_data`, below the entry."""
    match = _PATH.fullmatch(expression)
    return match[2].replace(".", "/") if match else ""


@lru_cache(maxsize=256)
def _compiled(expression: str) -> Any:
    try:
        return jmespath.compile(expression)
    except JMESPathError as error:
        raise MappingError(f"the expression `{expression}` does not parse: {error}") from None


class RouterFunctions(Functions):
    """JMESPath's own functions, and `past(time)`: whether a time is over."""

    def __init__(self, now_ms: int) -> None:
        self._now = now_ms

    @signature({"types": []})
    def _func_past(self, time: Any) -> bool:
        moment = to_ms(time)
        return moment is not None and moment <= self._now
