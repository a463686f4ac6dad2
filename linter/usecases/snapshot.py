"""A state becomes a snapshot: what is stored, what was captured, and what OpenClaw would make of it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from linter.openclaw.incomplete import list_unread, mark_incomplete
from linter.openclaw.location import NothingToLint, StateLocation, nothing_at
from linter.openclaw.read import no_state, read_state
from linter.openclaw.selection.derive import derive, heritage
from linter.routers.read import read_routers
from linter.snapshot.broken_logins import fill_broken_logins
from linter.snapshot.comparisons import fill_comparisons
from linter.snapshot.grants import fill_grants
from linter.snapshot.scope import choose_providers, keep_agents
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import settle

if TYPE_CHECKING:  # most runs have no configuration
    from linter.configuration.model import Configuration

Step = Callable[[str], None]
"""Told the name of each step when it is done, for `--debug`."""


def take_snapshot(
    location: StateLocation,
    now_ms: int,
    *,
    evidence: Sequence[Path] = (),
    configuration: "Configuration | None" = None,
    done: Step = lambda _: None,
) -> Snapshot:
    """Read a state, with captures of what was shown, and derive what OpenClaw would make of it at `now_ms`.

    A saved snapshot is loaded as it is, with the time and the captures that it was taken with.

    Raises NothingToLint when there is no state at `location`, SnapshotError for a snapshot that is none,
    EvidenceError for a capture that is none, RouterError for a named router file that is none,
    ConfigurationError for a configured capture that is not there.
    """
    if location.snapshot is not None:
        return open_snapshot(location.snapshot, configuration, agents=location.agents)
    snapshot = no_state(location, now_ms) if location.bare else read_state(location, now_ms)
    done("read OpenClaw")
    declared = (configuration.routers, configuration.reach.objection) if configuration else ()
    read_routers(snapshot, location, *declared)
    if location.bare and not (snapshot.tables["files"] or snapshot.tables["grants"]):
        raise NothingToLint(nothing_at(location))
    done("read routers")
    if configuration is not None:
        evidence = [*configuration.captures(), *evidence]
    if evidence:
        from linter.evidence.read import read_evidence  # noqa: PLC0415 - most runs have none

        read_evidence(snapshot, location, evidence)
        done("read evidence")
    derive_all(snapshot, done)
    chosen = configuration.providers if configuration else ()
    choose_providers(snapshot.meta, snapshot.tables, chosen)
    return _expecting(snapshot, configuration)


def derive_all(snapshot: Snapshot, done: Step = lambda _: None) -> None:
    """Fill the derived columns and tables from the others."""
    settle(snapshot.tables)
    owner = snapshot.meta["auth_owner"]
    mark_incomplete(snapshot.tables, snapshot.meta["era"], owner)
    list_unread(snapshot.tables, owner)
    derive(snapshot)
    done("derive selection")
    heir = heritage(snapshot)
    fill_comparisons(snapshot.tables, heir)
    fill_grants(snapshot.tables)
    fill_broken_logins(snapshot.tables, heir, snapshot.meta["now"])
    done("compare credentials")
    if snapshot.tables["expectations"]:
        from linter.snapshot.expected import fill_expected_logins  # noqa: PLC0415 - most runs expect nothing

        fill_expected_logins(snapshot.tables, owner)


def _expecting(snapshot: Snapshot, configuration: "Configuration | None") -> Snapshot:
    """Judge a snapshot by what a configuration expects; names that were replaced cannot be compared."""
    snapshot.tables["expectations"] = []
    if configuration is not None and configuration.expectations and not snapshot.meta["pseudonyms"]:
        from linter.snapshot.expected import expectation_rows, fill_expected_logins  # noqa: PLC0415 - as above

        document = str(configuration.document.path)
        snapshot.tables["expectations"] = expectation_rows(document, configuration.expectations)
        fill_expected_logins(snapshot.tables, snapshot.meta["auth_owner"])
    return snapshot


def open_snapshot(
    path: Path,
    configuration: "Configuration | None",
    *,
    agents: frozenset[str] = frozenset(),
    data: bytes | None = None,
) -> Snapshot:
    """Open a saved snapshot, with what a configuration expects of it; `data` is its text if it was fetched.

    Raises SnapshotError for what is none, NothingToLint where it has none of `agents`.
    """
    from linter.openclaw.agents import normalise  # noqa: PLC0415 - most runs read a state
    from linter.openclaw.selection.derive import tell_semantics  # noqa: PLC0415 - as above
    from linter.snapshot.store import load  # noqa: PLC0415 - as above

    snapshot = load(path, data)
    tell_semantics(snapshot)
    list_unread(snapshot.tables, snapshot.meta["auth_owner"])  # which earlier versions did not save
    if agents:
        keep_agents(snapshot.tables, frozenset(map(normalise, agents)), snapshot.meta["auth_owner"])
        if not snapshot.tables["agents"]:
            raise NothingToLint(f"{path} has no agent {', '.join(sorted(agents))}")
        snapshot.meta["agents"] = sorted(row["id"] for row in snapshot.tables["agents"])
    return _expecting(snapshot, configuration)


def see_earlier(snapshot: Snapshot, since: Path | None) -> None:
    """Compare a snapshot with an earlier one, if there is one, so that rules can tell what has changed.

    Raises SnapshotError for a file that is no snapshot, or not one of this machine.
    """
    if since is not None:
        from linter.snapshot.earlier import add_earlier, load_earlier  # noqa: PLC0415 - most runs have none

        add_earlier(snapshot, load_earlier(since.absolute()))
