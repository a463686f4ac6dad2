"""The work on one partition of snapshots: each is linted and let go; what stays is small."""

import gc
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from linter.configuration.find import Reach
from linter.configuration.ruleset import Ruleset, read_ruleset
from linter.engine.finding import RANK, Evaluation
from linter.files import UnusableFileError
from linter.fleet.dataset import finding_columns, origin, unreadable_columns, write_rows
from linter.fleet.names import FleetError, fetched, is_url, shown_name
from linter.fleet.summary import REAL_NAMES, Tally, added, of_machine, of_unread
from linter.printable import printable
from linter.snapshot.machines import Fact, counted, shared, thinned
from linter.snapshot.redact import scrub
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import Row
from linter.usecases.lint import lint_snapshot
from linter.usecases.machines import facts_of
from linter.usecases.own_folders import cache_dir
from linter.usecases.snapshot import open_snapshot
from linter.version import __version__
from linter.views.fleet import Machine, Unread


class Plan(NamedTuple):
    """Under which rules all snapshots are linted; each worker reads them, at the same paths.

    `out` is the folder of the dataset, if one is wanted; `buckets` is among how many tasks facts are dealt.
    """

    config: Path | None
    reach: Reach
    rules: tuple[Path, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    out: str | None
    buckets: int
    version: str = __version__

    def ruleset(self) -> Ruleset:
        """Load the rules. Raises what `read_ruleset` raises."""
        return read_ruleset(self.config, self.rules, self.select, self.ignore, cache_dir(), self.reach)


class Part(NamedTuple):
    """What is left of a partition: its counts, and its facts as packed texts, by bucket."""

    tally: Tally
    facts: tuple[bytes, ...]


class _Told(NamedTuple):
    """What is left of a snapshot; `rows` are those of the dataset."""

    tally: Tally
    facts: tuple[Fact, ...]
    rows: tuple[Row, ...]


def judge(plan: Plan, number: int, names: Sequence[str]) -> Part:
    """Lint a partition, and write its file of the dataset. Raises FleetError where authlint differs."""
    ruleset = _loaded(plan)
    told = [_lint(name, ruleset, wants_rows=plan.out is not None) for name in names]
    if plan.out is not None:
        write_rows((row for one in told for row in one.rows), plan.out, f"part-{number:06}.parquet")
    buckets: list[list[Fact]] = [[] for _ in range(plan.buckets)]
    for fact in thinned(fact for one in told for fact in one.facts):
        buckets[fact.group % plan.buckets].append(fact)
    packed = [zlib.compress(json.dumps(facts).encode(), 1) for facts in buckets]
    return Part(added([one.tally for one in told]), tuple(packed))


def bucket_of(part: Part, bucket: int) -> bytes:
    """Return the facts of one bucket."""
    return part.facts[bucket]


def gathered(pieces: Iterable[bytes]) -> list[tuple[str, Row]]:
    """Return the rows of what machines share, from the pieces of one bucket that all partitions have."""
    return shared([Fact(*one) for piece in pieces for one in json.loads(zlib.decompress(piece))])


def opened(name: str, ruleset: Ruleset) -> Snapshot:
    """Open a snapshot by its name. Raises SnapshotError, FleetError."""
    data = fetched(name) if is_url(name) else None
    return open_snapshot(Path(shown_name(name)), ruleset.configuration, data=data)


@lru_cache(maxsize=1)
def _loaded(plan: Plan) -> Ruleset:
    """Load the rules once for all partitions of a worker."""
    if plan.version != __version__:
        raise FleetError(f"a worker has authlint {__version__}, not {plan.version}; install the same on all")
    ruleset = plan.ruleset()
    gc.freeze()
    return ruleset


def _lint(name: str, ruleset: Ruleset, *, wants_rows: bool) -> _Told:
    """Lint one snapshot; what cannot be read is told, and stops nothing."""
    try:
        snapshot = opened(name, ruleset)
        evaluation = lint_snapshot(snapshot, *ruleset)
    except (UnusableFileError, OSError) as error:
        return _unread(name, printable(scrub(str(error))))
    except Exception as error:  # noqa: BLE001 - whatever one of many is, the others count
        return _unread(name, f"internal error: {type(error).__name__}")
    host = snapshot.meta["host"]
    found = [finding for finding in evaluation.findings if finding.counts]
    severities = [finding.severity for finding in found]
    machine = Machine(host, shown_name(name), *(severities.count(severity) for severity in RANK))
    facts = (
        *_counts(snapshot, evaluation, host or shown_name(name)),
        *facts_of(snapshot, evaluation, ruleset.pack, name),
    )
    rows = tuple(_rows(name, snapshot, evaluation, ruleset)) if wants_rows else ()
    return _Told(of_machine(machine, evaluation.problems), facts, rows)


def _unread(name: str, reason: str) -> _Told:
    shown = shown_name(name)
    row = {"snapshot": shown, **unreadable_columns(reason)}
    facts = (counted("machine", "", shown), counted("state", "unread", shown))
    return _Told(of_unread(Unread(shown, reason)), facts, (row,))


def _counts(snapshot: Snapshot, evaluation: Evaluation, host: str) -> Iterator[Fact]:
    """Yield what is counted by machine, whether others have it or not."""
    found = [finding for finding in evaluation.findings if finding.counts]
    worst = min((finding.severity for finding in found), key=RANK.__getitem__, default="clean")
    yield counted("machine", "", host)
    yield counted("state", worst, host)
    yield counted("version", snapshot.meta["version"] or "unknown", host)
    yield counted("names", snapshot.meta["pseudonyms"] or REAL_NAMES, host)
    for kind in sorted({finding.cause.kind for finding in found if finding.severity != "note"}):
        yield counted("cause", kind, host)


def _rows(name: str, snapshot: Snapshot, evaluation: Evaluation, ruleset: Ruleset) -> Iterator[Row]:
    here, layers = origin(name, snapshot.meta), {rule.id: rule.layer for rule in ruleset.pack.rules}
    if not evaluation.findings:
        yield here
    for finding in evaluation.findings:
        yield {**here, **finding_columns(finding, layers.get(finding.rule))}
