"""All rules of a set of folders, compiled once and then read from a cache."""

import marshal
import os
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from linter.engine.rule import CauseKind, Rule
from linter.engine.vocabulary import Vocabulary
from linter.files import SMALL, read_bytes
from linter.version import __version__

ENGINE_VERSION = f"{__version__}/5/{sys.implementation.cache_tag}"
"""Part of every cache key: raised when compiled rules change their form, or are checked for more.

Pythons marshal each in its own.
"""

PARAMS = "params.yaml"
"""The file in the folder of a pack with the params that its rules share."""

CAUSES = "causes.yaml"
"""The file in the folder of a pack with the kinds of causes that its rules name."""

CONFIGURATION = "authlint.yaml"
"""A user's configuration may lie among the rules that it extends; it is none of them."""


SHARED = (PARAMS, CAUSES)
"""Files in the folder of a pack that are no rules."""


class Pack(NamedTuple):
    """Rules, those first that others yield to; what they share; the tables that they are about."""

    rules: tuple[Rule, ...]
    params: Mapping[str, Any]
    vocabulary: Vocabulary
    causes: Mapping[str, CauseKind] = MappingProxyType({})


def load_pack(folders: Sequence[Path], vocabulary: Vocabulary, cache_dir: Path | None = None) -> Pack:
    """Load every rule file below the folders, and `params.yaml` and `causes.yaml` in each folder itself.

    Raises RuleFileError with the problems of all files, OSError when a file cannot be read.
    """
    texts = {path: read_bytes(path, SMALL) for folder in folders for path in yaml_files(folder)}
    if cache_dir is None:
        return _compiled(folders, texts, vocabulary)
    from linter.engine.cache import Cache  # noqa: PLC0415 - only with a cache directory

    cache = Cache(cache_dir, folders, _digest(texts))
    pack = _unpacked(cache.read(), vocabulary)
    if pack is not None:
        return pack
    pack = _compiled(folders, texts, vocabulary)
    cache.write(_packed(pack))
    return pack


def _packed(pack: Pack) -> bytes:
    causes = {name: tuple(kind) for name, kind in pack.causes.items()}
    return marshal.dumps((dict(pack.params), causes, [tuple(rule) for rule in pack.rules]))


def _unpacked(kept: bytes, vocabulary: Vocabulary) -> Pack | None:
    try:
        params, causes, rules = marshal.loads(kept)  # noqa: S302 - our own file, whose digest was checked
        kinds = {name: CauseKind._make(kind) for name, kind in causes.items()}
        return Pack(tuple([Rule._make(fields) for fields in rules]), params, vocabulary, kinds)
    except (EOFError, LookupError, TypeError, ValueError):  # what another version kept, or nothing
        return None


def yaml_files(folder: Path) -> list[Path]:
    """Return the YAML files of a pack; os.walk takes half the time of Path.rglob."""
    return sorted(
        Path(parent, name)
        for parent, _, names in os.walk(folder)
        for name in names
        if name.endswith(".yaml") and name != CONFIGURATION
    )


def _digest(texts: Mapping[Path, bytes]) -> str:
    total = sha256(ENGINE_VERSION.encode())
    for path, text in texts.items():
        total.update(f"\0{path}\0{len(text)}\0".encode(errors="surrogateescape"))
        total.update(text)
    return total.hexdigest()


def _compiled(folders: Sequence[Path], texts: Mapping[Path, bytes], vocabulary: Vocabulary) -> Pack:
    from linter.engine.compile_pack import compile_pack  # noqa: PLC0415 - not when the cache has the pack
    from linter.engine.yaml_text import decoded  # noqa: PLC0415 - as above

    files = {path: decoded(path, content) for path, content in texts.items()}
    at_top = {path: text for path, text in files.items() if path.parent in folders}
    params, causes = ({path: at_top[path] for path in at_top if path.name == name} for name in SHARED)
    rules = {path: text for path, text in files.items() if path not in params and path not in causes}
    compiled, shared, kinds = compile_pack(rules, params, causes, vocabulary)
    return Pack(compiled, shared, vocabulary, kinds)
