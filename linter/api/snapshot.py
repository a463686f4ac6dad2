"""`linter.take_snapshot`, `diff` and `trace`: what the commands of these names do."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Unpack

from linter.api.target import PathLike, RuleOptions, StateOptions, absolute, rule_target, state_target
from linter.snapshot.pseudonyms import key_at, pseudonymised
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.store import saved
from linter.snapshot.tables import IDENTITY, Row, Tables
from linter.usecases.diff import compare
from linter.usecases.own_folders import pseudonym_key_file
from linter.views.diff.compared import Diff
from linter.views.trace import Trace, find_sessions, traces


@dataclass(frozen=True, slots=True)
class SnapshotResult:
    """What authlint knows of a state: tables of rows, without secrets.

    `meta` and `tables` have what the file has, which linter/snapshot/schema.json describes: of a token only
    its fingerprint, kind and some claims, and `~` for the home.
    """

    meta: Row
    tables: Tables = field(repr=False)
    snapshot: Snapshot = field(repr=False)
    home: Path = field(repr=False)

    def to_json(self, *, pseudonymise: PathLike | bool = False) -> str:
        """Return the text of the file, which every function and command takes in place of a state.

        `pseudonymise` replaces emails, account, user and chat ids by names made with the key in that file,
        `True` with the one that `authlint snapshot --pseudonymise` uses. A key that is not there is made.
        Raises PseudonymKeyError for a file that is too short for one.
        """
        if pseudonymise is False:
            return saved(self.snapshot, self.home)
        path = None if pseudonymise is True else absolute(pseudonymise)
        return pseudonymised(self.snapshot, self.home, key_at(path or pseudonym_key_file()))

    def save(self, path: PathLike, *, pseudonymise: PathLike | bool = False) -> None:
        """Write the file; see `to_json`."""
        text = self.to_json(pseudonymise=pseudonymise)
        Path(path).write_text(text, "utf-8", "backslashreplace", newline="\n")


def take_snapshot(state: PathLike | None = None, **options: Unpack[StateOptions]) -> SnapshotResult:
    """Return what authlint knows of a state, without secrets, as `authlint snapshot` saves it.

    The keywords are those of `StateOptions`. Raises NothingToLint where there is no state.
    """
    target = state_target(state, **options)
    location = target.location()
    taken = target.snapshot(location, target.configuration(location))
    value = json.loads(saved(taken, location.home))
    return SnapshotResult(value["meta"], {name: value[name] for name in IDENTITY}, taken, location.home)


def diff(before: PathLike, after: PathLike | None = None, **options: Unpack[RuleOptions]) -> Diff:
    """Compare an earlier state with a later one, each a snapshot or a directory, as `authlint diff` does.

    The keywords are those of `RuleOptions`; both sides are linted alike. Raises SnapshotError for snapshots
    of different machines or with names replaced under different keys, and what `lint` raises.
    """
    later = rule_target(after, **options)
    return compare(later._replace(states=(absolute(before),)), later, later.options())


def trace(
    session: str | None = None, *, state: PathLike | None = None, **options: Unpack[StateOptions]
) -> tuple[Trace, ...]:
    """Explain how sessions come to their profile: those named (key, part of it, id), else all live ones.

    The keywords are those of `StateOptions`; the rows of a trace are those of linter/snapshot/schema.json.
    Raises NothingToLint without a state.
    """
    target = state_target(state, **options)
    location = target.location()
    tables = target.snapshot(location, target.configuration(location)).tables
    return tuple(traces(tables, find_sessions(tables, session)))
