"""The rows that a mapping makes of a router's files, one expression for each column."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from linter.openclaw.plain import members
from linter.openclaw.reading import Reading
from linter.routers.columns import coerce
from linter.routers.expressions import Evaluator
from linter.routers.files import RouterFile
from linter.routers.mapped_files import Files
from linter.routers.mapping import MappingError, RouterMapping, TableMapping
from linter.routers.rows import account_row, lease_row, repo_row
from linter.routers.sight import Sight
from linter.snapshot.redact import scrub
from linter.snapshot.tables import Row, new_row
from linter.sources.paths import join, split


class MappedRows:
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
        """Return what an expression sees of a file."""
        return {
            "file": file.value,
            "files": self._values,
            "name": self._names[file.source],
            "modified": file.mtime,
            "now": self._reading.now,
        }

    def accounts(self, agents: Sequence[str]) -> Iterator[Row]:
        """Yield the rows of `router_accounts`, with which of the agents see each."""
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
        """Yield the rows of `leases`."""
        for table, file, pointer, scope in self._entries("leases"):
            columns = self.columns("leases", table.columns, scope)
            at = self.at(file, pointer, table.columns, scope)
            yield lease_row(at, self._router, self._told("leases", scope["key"]), **columns)

    def usage(self) -> Iterator[Row]:
        """Yield the rows of `usage_evidence`: what the router selects by."""
        for table, file, pointer, scope in self._entries("usage_evidence"):
            columns = self.columns("usage_evidence", table.columns, scope)
            at = self.at(file, pointer, table.columns, scope)
            yield new_row("usage_evidence", at=at, surface=self._router, used_by_router=True, **columns)

    def repos(self) -> Iterator[Row]:
        """Yield the rows of `repo_profiles`, and count them in the rows of their files."""
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
        """Return the place of a row, and of its columns: the row itself for what is no plain path."""
        fields = {}
        for column, expression in expressions.items():
            root, name, below = self.evaluate.path(expression, scope) or ("entry", None, "")
            named = next(iter(self._files.get(name or "", ())), file)
            place = (pointer if root == "entry" else "") + below
            fields[column] = {"source": named.source, "pointer": place}
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
    value = value_at(file.value, table.at)
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


def value_at(value: Any, pointer: str) -> Any:
    """Return what a JSON pointer means in a value; None where there is nothing."""
    for step in split(pointer):
        value = value.get(step) if isinstance(value, dict) else None
    return value
