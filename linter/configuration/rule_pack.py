"""The built-in rules, and what the engine is told of the tables that they are about."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from linter.configuration.taxonomy import CHECKLIST, ERAS, LAYERS, SYMPTOMS
from linter.engine.columns import Columns, columns_of_schema
from linter.engine.pack import Pack, unpacked
from linter.engine.vocabulary import Vocabulary
from linter.snapshot.tables import IDENTITY, REFERENCES, UNREAD, schema

WORDS: Mapping[str, Collection[Any]] = {
    "layer": LAYERS,
    "symptom": SYMPTOMS,
    "checklist": CHECKLIST,
    "era": ERAS,
}
"""What rules may be filed under."""

COMPILED = "compiled.jsonl"
"""Beside the built-in rules of an installed package: all of them compiled, as `python -m build` makes it."""


def load_rules(extra: Sequence[Path], cache_dir: Path | None) -> Pack:
    """Load the built-in pack and further folders. Raises RuleFileError with every mistake in them.

    An installed package brings its rules compiled, and they are trusted like its code.
    """
    folder, base = built_in_rules(), None
    with suppress(FileNotFoundError):
        base = unpacked((folder / COMPILED).read_bytes(), folder, vocabulary())
    if base is not None and not extra:
        return base
    from linter.engine.load_pack import load_pack  # noqa: PLC0415 - only where there is more

    return load_pack(extra if base else [folder, *extra], vocabulary(), cache_dir, base)


def built_in_rules() -> Path:
    """Return the folder of the built-in pack: inside the installed package, beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "rules"
    return installed if installed.is_dir() else package.parent / "rules"


def vocabulary() -> Vocabulary:
    """Return what the engine is told of the snapshot's tables."""
    return Vocabulary(_columns, IDENTITY, REFERENCES, WORDS, kind="era", unread=UNREAD)


@cache
def _columns() -> Columns:
    return columns_of_schema(schema())
