"""Reading files so that what is read is whole, and that the reading leaves no trace."""

import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from linter.files import LARGEST, content, open_regular
from linter.sources.interface import Cell, Document, Json
from linter.sources.json_document import JsonDocument, parse_json, parse_node_json
from linter.sources.positions import Parsed, ParseProblem, problem_at

_ATTEMPTS = 3
_PAUSE = 0.02  # seconds; a writer that replaces a file is done by then
Parse = Callable[[str], Parsed]
Errors = Literal["strict", "replace"]
Make = Callable[..., Document]
"""Makes the document of a file from its id, path, shown path, text and digest, and a `problem`."""


class FileRead(NamedTuple):
    """The bytes of a file and what the file system says of it.

    `state` is `unreadable` for what is no regular file, too, and `unstable` when it kept changing while
    read. `mode` is the permission bits; `mtime_ms` counts from the epoch. Facts are None where there is no
    file.
    """

    state: Literal["ok", "absent", "unreadable", "unstable"]
    data: bytes
    mode: int | None
    uid: int | None
    mtime_ms: int | None
    size: int | None
    symlink: bool
    realpath: str
    obstacle: str = ""
    """Why it is `unreadable` or `unstable`, as it follows the name of the file."""


class Loaded(NamedTuple):
    """A file that was read and parsed. `file` has its facts, without the bytes.

    `document` is None when the file could not be read; `value` is None when there is an `error`. An `empty`
    file has an error, too: nothing is no document.
    """

    file: FileRead
    document: Document | None
    value: Json
    error: ParseProblem | None
    empty: bool


def read_file(path: Path) -> FileRead:
    """Read a file whole: if it changed meanwhile, once more after a pause."""
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(_PAUSE)
        read = _read_once(path)
        if read.state != "unstable":
            break
    return read


def load_json(path: Path, id: str, shown: str) -> Loaded:  # noqa: A002 - a document's `id`
    """Load a JSON file."""
    return load(path, id, shown, parse_json, JsonDocument)


def parse_json_bytes(data: bytes, path: Path, id: str, shown: str) -> Loaded:  # noqa: A002 - as above
    """Parse a JSON text that was read elsewhere."""
    return _loaded(_facts("ok", data=data), path, id, shown, parse_json, JsonDocument, "strict")


def load_node_json(path: Path, id: str, shown: str) -> Loaded:  # noqa: A002 - a document's `id`
    """Load a JSON file as programs for Node do: what is not UTF-8 becomes U+FFFD, no mark may stand first."""
    return load(path, id, shown, parse_node_json, JsonDocument, "replace")


def load_json5(path: Path, id: str, shown: str) -> Loaded:  # noqa: A002 - a document's `id`
    """Load a JSON5 file as programs for Node do: bytes that are not UTF-8 become U+FFFD."""
    from linter.sources.json5_document import Json5Document, parse_json5  # noqa: PLC0415 - on first use

    return load(path, id, shown, parse_json5, Json5Document, "replace")


def load_text(path: Path, id: str, shown: str) -> Loaded:  # noqa: A002 - a document's `id`
    """Load a plain text file; its value is the text. Without any text it is `empty`, but no error."""
    from linter.sources.text_document import TextDocument, parse_text  # noqa: PLC0415 - on first use

    return load(path, id, shown, parse_text, TextDocument)


def load_toml(path: Path, id: str, shown: str) -> Loaded:  # noqa: A002 - a document's `id`
    """Load a TOML file. One without any text is an empty table, and no error."""
    from linter.sources.toml_document import TomlDocument, parse_toml  # noqa: PLC0415 - on first use

    return load(path, id, shown, parse_toml, TomlDocument)


def load_yaml(path: Path, id: str, shown: str) -> Loaded:  # noqa: A002 - a document's `id`
    """Load a YAML file."""
    from linter.sources.yaml_document import YamlDocument, parse_yaml  # noqa: PLC0415 - on first use

    return load(path, id, shown, parse_yaml, YamlDocument)


def load(
    path: Path,
    id: str,  # noqa: A002 - a document's `id`
    shown: str,
    parse: Parse,
    make: Make,
    errors: Errors = "strict",
) -> Loaded:
    """Read and parse a file. One that does not parse is read again: it may have been seen half written."""
    file = read_file(path)
    loaded = _loaded(file, path, id, shown, parse, make, errors)
    if loaded.error is not None:
        time.sleep(_PAUSE)
        again = read_file(path)
        if again.data != file.data:
            return _loaded(again, path, id, shown, parse, make, errors)
    return loaded


def load_cell(path: Path, shown: str, cell: Cell, data: bytes | None) -> Loaded:
    """Parse one JSON text of a database, as programs for Node do; None for a cell without text.

    Its id is the shown path followed by `#table/key/column`.
    """
    id_ = f"{shown}#{cell.table}/{cell.key}/{cell.column}"
    if data is None:
        text, parsed = "", Parsed(None, problem_at("", 0, "the cell holds no text"))
    else:
        text, parsed = _decode(data, parse_node_json, "replace")
    document = JsonDocument(
        id_, path, shown, text, sha256(data or b"").hexdigest(), "cell", cell, parsed.problem
    )
    return Loaded(_facts("ok"), document, parsed.value, parsed.problem, parsed.empty)


def _loaded(
    file: FileRead, path: Path, id_: str, shown: str, parse: Parse, make: Make, errors: Errors
) -> Loaded:
    facts = file._replace(data=b"")
    if file.state != "ok":
        return Loaded(facts, None, None, None, empty=False)
    text, parsed = _decode(file.data, parse, errors)
    digest = sha256(file.data).hexdigest()
    document = make(id_, path, shown, text, digest, problem=parsed.problem)
    return Loaded(facts, document, parsed.value, parsed.problem, parsed.empty)


def _decode(data: bytes, parse: Parse, errors: Errors) -> tuple[str, Parsed]:
    try:
        text = data.decode(errors=errors)
    except UnicodeDecodeError as error:
        text, offset = data.decode(errors="replace"), len(data[: error.start].decode())
        return text, Parsed(None, problem_at(text, offset, "not valid UTF-8"))
    return text, parse(text)


def _read_once(path: Path) -> FileRead:
    symlink = os.path.islink(path)  # noqa: PTH114 - raises for no path, however long
    realpath = os.path.realpath(path)
    try:
        descriptor = open_regular(path)
    except (FileNotFoundError, NotADirectoryError):
        return _facts("absent", symlink=symlink, realpath=realpath)
    except OSError as error:
        return _unreadable(path, error, symlink=symlink, realpath=realpath)
    try:
        before = os.fstat(descriptor)
        data = content(descriptor, path, LARGEST)
        after = os.fstat(descriptor)
    except OSError as error:
        return _unreadable(path, error, symlink=symlink, realpath=realpath)
    finally:
        os.close(descriptor)
    changed = len(data) != after.st_size or before.st_mtime_ns != after.st_mtime_ns
    facts = _facts("unstable" if changed else "ok", after, data, symlink=symlink, realpath=realpath)
    return facts._replace(obstacle="kept changing while it was read") if changed else facts


def _unreadable(path: Path, error: OSError, *, symlink: bool, realpath: str) -> FileRead:
    found = None
    with suppress(OSError):
        found = path.stat()
    facts = _facts("unreadable", found, symlink=symlink, realpath=realpath)
    return facts._replace(obstacle=f"cannot be read: {error.strerror}")


def _facts(
    state: Literal["ok", "absent", "unreadable", "unstable"],
    found: os.stat_result | None = None,
    data: bytes = b"",
    *,
    symlink: bool = False,
    realpath: str = "",
) -> FileRead:
    if found is None:
        return FileRead(state, data, None, None, None, None, symlink, realpath)
    return FileRead(
        state,
        data,
        stat.S_IMODE(found.st_mode),
        found.st_uid,
        found.st_mtime_ns // 1_000_000,
        found.st_size,
        symlink,
        realpath,
    )
