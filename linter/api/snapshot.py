"""`linter.take_snapshot`: what the command `snapshot` does."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from linter.api.arguments import Moment, PathLike, absolute, milliseconds, state_location
from linter.configuration.ruleset import read_configuration_at
from linter.snapshot.pseudonym_key import key_at
from linter.snapshot.pseudonyms import pseudonymised
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.store import saved
from linter.snapshot.tables import IDENTITY, Row, Tables
from linter.usecases import snapshot as usecase
from linter.usecases.own_folders import cache_dir, pseudonym_key_file


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


def take_snapshot(
    state: PathLike | None = None,
    *,
    now: Moment | None = None,
    config: PathLike | None = None,
    profile: str | None = None,
    codex_home: PathLike | None = None,
    workspaces: Iterable[PathLike] = (),
    agents: Iterable[str] = (),
    routers: Iterable[PathLike] = (),
    evidence: Iterable[PathLike] = (),
) -> SnapshotResult:
    """Return what authlint knows of a state, without secrets, as `authlint snapshot` saves it.

    The keywords are those of `lint`. Raises NothingToLint where there is no state.
    """
    location = state_location(state, profile, codex_home, workspaces, agents, routers)
    taken = usecase.take_snapshot(
        location,
        milliseconds(now),
        evidence=[*map(Path, evidence)],
        configuration=read_configuration_at(absolute(config), cache_dir()),
    )
    value = json.loads(saved(taken, location.home))
    return SnapshotResult(value["meta"], {name: value[name] for name in IDENTITY}, taken, location.home)
