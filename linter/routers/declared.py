"""Routers that a mapping describes: files, and expressions that turn their values into rows.

Most of the known tools are such mappings (`mappings/`); a user declares others in the same words.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from linter.openclaw.reading import Reading
from linter.routers.files import RouterFile
from linter.routers.find import absolute
from linter.routers.interface import Declaration, Found, Objection
from linter.routers.mapped_files import Files, fixed_folder, open_files, paths_of, written
from linter.routers.mapped_rows import MappedRows, value_at
from linter.routers.mapping import MappingError, RouterMapping, parse_mapping
from linter.routers.rows import router_row
from linter.routers.selection import derive, guarded, resolve
from linter.routers.slots import CLI_SLOT, cli_slots, default_slot_id, file_slot, store_slots
from linter.routers.times import ACTIVE_WINDOW_MS
from linter.routers.values import secrets_in
from linter.snapshot.tables import Row

_ERA_SLOT = "default"
_OWNER = "owner"


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
            for one in (fixed_folder(path), *paths_of(path)):
                if why := objection(one):
                    raise MappingError(f"router {mapping.tool}: {reading.shown(one)} {why}")
        files = open_files(reading, mapping, None)
        every = [file for group in files.values() for file in group]
        opened |= {file.row["realpath"] for file in every}
        secrets = frozenset(secret for file in every for secret in secrets_in(file.value))
        _read(reading, mapping, mapping.name, files, secrets)
        for name, tables in mapping.tables.items():
            for at, file in ((table.at, file) for table in tables for file in files[table.file]):
                if file.value is not None and value_at(file.value, at) is None:
                    nothing = f"there is nothing at {at}, where the declaration has `{name}`"
                    file.row.update(schema_known=False, schema_detail=nothing)
    return opened


def read_mapped(reading: Reading, found: Sequence[Found]) -> None:
    """Read installations of a tool whose mapping is shipped.

    Of several in one Codex home, as pools of projects are, the one fills the slot that knows the account in
    it, else the last written.
    """
    folders = {one.folder for one in found}
    opened = []
    for one in found:
        mapping = shipped(one.reader)
        opened.append((one, mapping, open_files(reading, mapping, one, folders)))
    common = [files for one, _, files in opened if one.agent is None]
    filling = max(common, key=lambda files: (_knows_slot(reading, files), written(files)), default=None)
    taken: set[str] = set()
    for one, mapping, files in opened:
        label = one.agent or one.label or ("codex" if _OWNER in mapping.slots.agents else None)
        name = f"{one.tool}:{label}" if label else one.tool
        name = name if name not in taken else f"{name}-{len(taken) + 1}"
        taken.add(name)
        twin = next((_main(mapping, other) for _, _, other in opened if other is not files), None)
        placed = _placed(mapping, one, fills=files is filling)
        _read(reading, placed, name, files, twin=twin if mapping.twins else None)


def _knows_slot(reading: Reading, files: Files) -> bool:
    """Tell whether files name the account that the Codex CLI is signed in to."""
    accounts = {row["identity"]["account_id"] for row in reading.snapshot.tables["codex_cli"]} - {None}
    sources = [file.source for group in files.values() for file in group]
    texts = [document.text for one in sources if (document := reading.snapshot.documents.get(one))]
    return any(account in text for account in accounts for text in texts)


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


def _read(
    reading: Reading,
    mapping: RouterMapping,
    name: str,
    files: Files,
    secrets: frozenset[str] = frozenset(),
    twin: RouterFile | None = None,
) -> None:
    main = _main(mapping, files)
    if main is None:
        return
    tables, rows = reading.snapshot.tables, MappedRows(reading, name, mapping, files, secrets)
    scope = rows.scope(main)
    router = router_row(
        rows.at(main, "", mapping.columns, scope),
        name,
        mapping.tool,
        mapping.kind,
        slot_ids=_slot_ids(reading, mapping),
        managed_agents=list(mapping.slots.agents) if mapping.slots.ids else [],
        twin_path=twin.source if twin else None,
        live=mapping.kind != "copies" and reading.now - written(files) < ACTIVE_WINDOW_MS,
    )
    router |= rows.columns("routers", mapping.columns, scope)
    tables["routers"].append(router)
    accounts = list(rows.accounts(router["managed_agents"]))
    repos = list(rows.repos())
    tables["router_accounts"].extend(accounts)
    tables["repo_profiles"].extend(repos)
    tables["leases"].extend(rows.leases())
    tables["usage_evidence"].extend(rows.usage())
    slots = list(_slots(reading, router, mapping, files))
    tables["slots"].extend(slots)
    if "hash" in mapping.columns and mapping.slots.hashes:
        stored = rows.evaluate(mapping.columns["hash"], scope)
        router["hash_state"] = guarded(reading.snapshot, rows.evaluate, mapping.slots.hashes, stored, slots)
    _select(router, accounts, repos, slots)


def _main(mapping: RouterMapping, files: Files) -> RouterFile | None:
    """Return the file that stands for the router: the main one, else the first that is there."""
    return next((file for key in (mapping.main_file, *mapping.files) for file in files[key]), None)


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
            yield file_slot(reading, router, file, pointer, value_at(file.value, pointer))


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
    if keys:  # else nothing is known of its entries, as where they are encrypted
        router["selected_key"], router["selection_state"] = resolve(kind, router["selection"], keys)
