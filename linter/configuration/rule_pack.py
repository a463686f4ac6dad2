"""The built-in rules, what they are filed under, and what the engine is told of their tables."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from linter.configuration.advised import offer_commands
from linter.engine.columns import Columns, columns_of_schema
from linter.engine.pack import Pack, unpacked
from linter.engine.vocabulary import Vocabulary
from linter.snapshot.tables import IDENTITY, REFERENCES, UNREAD, schema

offer_commands()

LAYERS = {
    "preference": "Stored preference: the profile that a user or helper asked for",
    "order": "Auth order: the profiles that are tried, in turn",
    "session": "Session override: the profile that a session is pinned to",
    "runtime": "Effective profile: the credential that the next turn really uses",
    "usage": "Usage source: the credential with which quota figures were fetched",
    "display": "Display metadata: the names that status views show",
    "repo": "External repository: a router's own store of identities, and the slot it fills",
}


SYMPTOMS = {
    "wrong-account": "The wrong account is selected",
    "status-does-not-follow": "A helper switches, but the status does not follow",
    "usage-does-not-follow": "The status changes, but usage does not",
    "works-sometimes": "It works only sometimes",
    "broken-entry": "A token or an entry is broken",
    "labels-disagree": "Status, labels and runtime disagree",
}


CHECKLIST = {
    1: "The stored preference or helper selection is as expected",
    2: "The auth order is as expected",
    3: "The session override is as expected",
    4: "The runtime uses the intended profile",
    5: "The status shows the intended meaning",
    6: "Usage figures match that meaning",
    7: "Helpers resolve the id that the runtime uses",
}


ERAS = ("J", "H", "S", "unknown")
"""How OpenClaw keeps a state, as `meta.era` says: JSON files, agent databases, a shared database."""


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
    return Vocabulary(_columns, IDENTITY, REFERENCES, WORDS, kind="era", unread=UNREAD, saved=_saved)


def _saved(path: Path) -> dict[str, Any]:
    """Return the tables of a saved snapshot."""
    from linter.snapshot.store import load  # noqa: PLC0415 - only examples of rules name one

    snapshot = load(path)
    return {"meta": snapshot.meta, **snapshot.tables}


@cache
def _columns() -> Columns:
    return columns_of_schema(schema())
