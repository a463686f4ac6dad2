"""Routers that a mapping describes: files, and expressions that turn their values into rows.

Most of the known tools are such mappings (`mappings/`); a user declares others in the same words.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from linter.openclaw.plain import members
from linter.openclaw.reading import Reading
from linter.routers.columns import coerce
from linter.routers.expressions import Evaluator
from linter.routers.files import RouterFile, missing_file, open_as
from linter.routers.find import absolute, matches
from linter.routers.interface import Declaration, Found, Objection
from linter.routers.mapping import MappingError, RouterMapping, TableMapping, parse_mapping
from linter.routers.rows import account_row, lease_row, repo_row, router_row
from linter.routers.selection import derive, guarded, resolve
from linter.routers.sight import Sight
from linter.routers.slots import CLI_SLOT, cli_slots, default_slot_id, file_slot, store_slots
from linter.routers.times import ACTIVE_WINDOW_MS
from linter.routers.values import secrets_in
from linter.snapshot.redact import scrub
from linter.snapshot.tables import Row
from linter.sources.paths import join, split

_ERA_SLOT = "default"
_OWNER = "owner"
Files = Mapping[str, Sequence[RouterFile]]


def read_declared(reading: Reading, declarations: Sequence[Declaration], objection: Objection) -> set[str]:
    """Read the routers that a user declared, and return the real paths of their files.

    Raises MappingError for one that cannot be understood, that names a file which it may not, or that takes
    for something else what a file keeps as a secret.
    """
    opened: set[str] = set()
    for declaration in declarations:
        mapping = parse_mapping(declaration)
        for declared in mapping.files.values():
            path = absolute(reading, declared.path)
            for one in (_fixed(path), *_paths(path)):
                if why := objection(one):
                    raise MappingError(f"router {mapping.tool}: {reading.shown(one)} {why}")
        files = _open(reading, mapping, None)
        every = [file for group in files.values() for file in group]
        opened |= {file.row["realpath"] for file in every}
        secrets = frozenset(secret for file in every for secret in secrets_in(file.value))
        _read(reading, mapping, mapping.name, files, secrets)
        for name, tables in mapping.tables.items():
            for at, file in ((table.at, file) for table in tables for file in files[table.file]):
                if file.value is not None and _at(file.value, at) is None:
                    nothing = f"there is nothing at {at}, where the declaration has `{name}`"
                    file.row.update(schema_known=False, schema_detail=nothing)
    return opened


def read_mapped(reading: Reading, found: Sequence[Found]) -> None:
    """Read installations of a tool whose mapping is shipped.

    Of several in one Codex home, as pools of projects are, the last written fills the slot.
    """
    opened = []
    for one in found:
        mapping = shipped(one.reader)
        opened.append((one, mapping, _open(reading, mapping, one)))
    latest = max((_written(files) for _, _, files in opened), default=0)
    taken: set[str] = set()
    for one, mapping, files in opened:
        label = one.agent or one.label or ("codex" if _OWNER in mapping.slots.agents else None)
        name = f"{one.tool}:{label}" if label else one.tool
        name = name if name not in taken else f"{name}-{len(taken) + 1}"
        taken.add(name)
        _read(reading, _placed(mapping, one, fills=_written(files) == latest), name, files)


@lru_cache
def shipped(reader: str) -> RouterMapping:
    """Return the mapping of a known tool."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - loaded only where such a tool is in use

    text = (Path(__file__).parent / "mappings" / f"{reader}.yaml").read_text("utf-8")
    return parse_mapping(YAML(typ="safe").load(text))


def _placed(mapping: RouterMapping, one: Found, *, fills: bool) -> RouterMapping:
    """Return the mapping of one installation: whose slots it fills depends on the folder that it lies in."""
    slots = mapping.slots
    if _OWNER in slots.agents:
        owners = (one.agent,) if one.agent else ()
        slots = slots._replace(agents=owners, ids=slots.ids if owners else (), cli=slots.cli and not owners)
    return mapping._replace(tool=one.tool, slots=slots._replace(cli=slots.cli and fills))


def _open(reading: Reading, mapping: RouterMapping, found: Found | None) -> Files:
    """Open the files of a router; one that is missing although it must be there is entered as that."""
    opened: dict[str, list[RouterFile]] = {}
    for key, declared in mapping.files.items():
        patterns = found.patterns if found and declared.path == "*" else (declared.path,)
        paths = [found.folder / one if found else absolute(reading, one) for one in patterns]
        every = (
            open_as(
                reading,
                path,
                declared.role,
                declared.schema,
                declared.format,
                secret=declared.secret,
                whole=mapping.kind == "copies",
            )
            for pattern in paths
            for path in _paths(pattern)
        )
        files = [file for file in every if file is not None]
        if not files and not declared.optional:
            missing_file(reading, paths[0], declared.role)
        opened[key] = files
    return opened


def _fixed(path: Path) -> Path:
    """Return the innermost folder of a path that holds no glob."""
    return next((folder for folder in path.parents if "*" not in str(folder)), path.parent)


def _paths(path: Path) -> list[Path]:
    """Return the files that a path with globs means; of a plain one itself, there or not."""
    fixed = _fixed(path)
    return matches(fixed, str(path.relative_to(fixed))) if "*" in str(path) else [path]


def _written(files: Files) -> int:
    return max((file.mtime for group in files.values() for file in group), default=0)


def _read(
    reading: Reading,
    mapping: RouterMapping,
    name: str,
    files: Files,
    secrets: frozenset[str] = frozenset(),
) -> None:
    main = next(iter(files[mapping.main_file]), None)
    if main is None:
        return
    tables, rows = reading.snapshot.tables, _Rows(reading, name, mapping, files, secrets)
    scope = rows.scope(main)
    router = router_row(
        rows.at(main, "", mapping.columns, scope),
        name,
        mapping.tool,
        mapping.kind,
        slot_ids=_slot_ids(reading, mapping),
        managed_agents=list(mapping.slots.agents) if mapping.slots.ids else [],
        live=mapping.kind != "copies" and reading.now - _written(files) < ACTIVE_WINDOW_MS,
    )
    router |= rows.columns("routers", mapping.columns, scope)
    tables["routers"].append(router)
    accounts = list(rows.accounts(router["managed_agents"]))
    repos = list(rows.repos())
    tables["router_accounts"].extend(accounts)
    tables["repo_profiles"].extend(repos)
    tables["leases"].extend(rows.leases())
    slots = list(_slots(reading, router, mapping, files))
    tables["slots"].extend(slots)
    if "hash" in mapping.columns and mapping.slots.hashes:
        stored = rows.evaluate(mapping.columns["hash"], scope)
        router["hash_state"] = guarded(reading.snapshot, rows.evaluate, mapping.slots.hashes, stored, slots)
    _select(router, accounts, repos, slots)


def _slot_ids(reading: Reading, mapping: RouterMapping) -> list[str]:
    ids = [default_slot_id(reading.snapshot) if one == _ERA_SLOT else one for one in mapping.slots.ids]
    return [*ids, CLI_SLOT] if mapping.slots.cli else ids


def _slots(reading: Reading, router: Row, mapping: RouterMapping, files: Files) -> Iterator[Row]:
    switched = router["set_at"]
    for slot_id in router["slot_ids"]:
        if slot_id != CLI_SLOT:
            yield from store_slots(reading.snapshot, router, slot_id, mapping.slots.agents, switched=switched)
    if mapping.slots.cli:
        yield from cli_slots(reading, router, switched=switched)
    for key, pointer in mapping.slots.files.items():
        for file in files[key]:
            yield file_slot(reading, router, file, pointer, _at(file.value, pointer))


def _select(router: Row, accounts: Sequence[Row], repos: Sequence[Row], slots: Sequence[Row]) -> None:
    """Say which entry the router means."""
    kind = router["kind"]
    if kind == "derived":
        if slots:
            router["selected_key"], router["selection_state"] = derive(slots[0], repos)
        return
    if kind == "order-head" and router["selection"] is None and router["intended_order"]:
        router["selection"] = router["intended_order"][0]
    keys = [row["key"] for row in repos]
    if accounts:  # an account without a login of its own cannot be switched to
        stored = {row["key"] for row in repos if row["enabled"]}
        keys = [row["id"] for row in accounts if row["id"] in stored or not repos]
    router["selected_key"], router["selection_state"] = resolve(kind, router["selection"], keys)


class _Rows:
    """The files of one router, and the expressions evaluated over them."""

    def __init__(
        self,
        reading: Reading,
        router: str,
        mapping: RouterMapping,
        files: Files,
        secrets: frozenset[str],
    ) -> None:
        self._reading = reading
        self._router = router
        self._mapping = mapping
        self._files = files
        self._secrets = secrets
        self._names = {
            file.source: _name(mapping.files[key].path, file.source)
            for key, group in files.items()
            for file in group
        }
        self._values = {name: next((file.value for file in group), None) for name, group in files.items()}
        self.evaluate = Evaluator(reading.now)

    def scope(self, file: RouterFile) -> Row:
        return {
            "file": file.value,
            "files": self._values,
            "name": self._names[file.source],
            "modified": file.mtime,
            "now": self._reading.now,
        }

    def accounts(self, agents: Sequence[str]) -> Iterator[Row]:
        sight = Sight(self._reading.snapshot)
        seen: set[str] = set()
        for table, file, pointer, scope in self._entries("router_accounts"):
            columns = self.columns("router_accounts", table.columns, scope)
            account = columns.get("id")
            if account:
                yield account_row(
                    self.at(file, pointer, table.columns, scope),
                    self._router,
                    account,
                    duplicate=account in seen,
                    seen_by=sight.of(account, agents),
                    **{name: value for name, value in columns.items() if name != "id"},
                )
                seen.add(account)

    def leases(self) -> Iterator[Row]:
        for table, file, pointer, scope in self._entries("leases"):
            columns = self.columns("leases", table.columns, scope)
            at = self.at(file, pointer, table.columns, scope)
            yield lease_row(at, self._router, self._told("leases", scope["key"]), **columns)

    def repos(self) -> Iterator[Row]:
        for table, file, pointer, scope in self._entries("repo_profiles"):
            credential = self.evaluate(table.credential, scope)
            path = self.evaluate.path(table.credential, scope)
            below = path[2] if path and path[0] == "entry" else ""
            key = self.evaluate(table.key, scope)
            file.row["profile_count"] = (file.row["profile_count"] or 0) + 1
            yield repo_row(
                self._reading,
                file.source,
                pointer + below,
                credential if below or table.credential == "entry" else members(credential),
                router=self._router,
                tool=self._mapping.tool,
                key=self._told(table.key, scope["key"] if key is None else key),
                key_style=table.key_style,
                provider=table.provider,
                **self.columns("repo_profiles", table.columns, scope),
            )

    def columns(self, table: str, expressions: Mapping[str, str], scope: Row) -> Row:
        """Return the columns that have a value of their type."""
        values = {
            name: coerce(table, name, self.evaluate(expression, scope))
            for name, expression in expressions.items()
        }
        for name, value in values.items():
            for text in value if isinstance(value, list) else [value]:
                self._told(f"{table}.{name}", text)
        return {name: value for name, value in values.items() if value is not None}

    def _told(self, what: str, value: Any) -> str:
        """Return a value as a text that may be shown. Raises MappingError for a secret of the files."""
        text = str(value)
        if any(secret in text for secret in self._secrets):
            raise MappingError(f"router {self._mapping.tool}: `{what}` takes what a file keeps as a secret")
        return scrub(text)

    def at(self, file: RouterFile, pointer: str, expressions: Mapping[str, str], scope: Row) -> Row:
        """Return the place of a row, and of the columns whose expression is a plain path."""
        fields = {}
        for column, expression in expressions.items():
            path = self.evaluate.path(expression, scope)
            if path:
                root, name, below = path
                named = next(iter(self._files.get(name or "", ())), file)
                fields[column] = {
                    "source": named.source,
                    "pointer": (pointer if root == "entry" else "") + below,
                }
        at: Row = {"source": file.source, "pointer": pointer}
        return {**at, "fields": fields} if fields else at

    def _entries(self, name: str) -> Iterator[tuple[TableMapping, RouterFile, str, Row]]:
        """Walk the entries that a table is made of."""
        for table in self._mapping.tables.get(name, ()):
            for file in self._files[table.file]:
                if file.value is None:
                    continue
                for index, (key, entry, pointer) in enumerate(_items(table, file)):
                    scope = {"entry": entry, "key": key, "index": index, **self.scope(file)}
                    if table.where is None or self.evaluate(table.where, scope):
                        yield table, file, pointer, scope


def _items(table: TableMapping, file: RouterFile) -> Iterator[tuple[str, Any, str]]:
    value = _at(file.value, table.at)
    if not table.each:
        if value is not None:
            yield "", value, table.at
        return
    members_: Sequence[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        members_ = list(value.items())
    elif isinstance(value, list):
        members_ = list(enumerate(value))
    for key, entry in members_:
        yield str(key), entry, join(table.at, key)


def _name(pattern: str, source: str) -> str:
    """Return what `*` stands for in the path of a file, else the file's name without its ending."""
    before, star, after = pattern.rpartition("/")[2].partition("*")
    *folders, last = source.split("/")
    if not star and "*" in pattern and folders:  # `*/auth.json`: the folder tells
        return folders[-1]
    name = last.removeprefix(before).removesuffix(after)
    return name if star else name.rpartition(".")[0] or name


def _at(value: Any, pointer: str) -> Any:
    for step in split(pointer):
        value = value.get(step) if isinstance(value, dict) else None
    return value
