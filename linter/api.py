"""The public functions: what the commands `lint` and `trace` do, for programs."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Literal

from linter import pipeline
from linter.cli.folders import cache_dir
from linter.engine.finding import Evaluation, Finding
from linter.openclaw.location import NothingToLint, StateLocation, locate
from linter.report import make_report
from linter.reports.interface import Options, Report, format_named
from linter.setup import Setup, read_configuration_at, read_setup
from linter.sources.documents import Place
from linter.verdict import exit_code

if TYPE_CHECKING:
    from linter.comparing import Diff
    from linter.views.trace import Trace

__all__ = ["FailOn", "LintResult", "NothingToLint", "diff", "lint", "trace"]

PathLike = str | os.PathLike[str]
Moment = datetime | int
"""A time: an aware datetime, or milliseconds since the epoch."""

FailOn = Literal["error", "warning", "note", "never"]


@dataclass(frozen=True, slots=True)
class LintResult:
    """The outcome of a lint.

    `findings` are those that count, the worst first; texts that look like a token are masked in them.
    `era` names how the state is stored: `J`, `H`, `S` or `unknown`. `exit_code` is the one that
    `authlint lint` would end with. `report` is what the formats are written from.
    """

    findings: tuple[Finding, ...]
    era: str
    exit_code: int
    report: Report

    def place(self, finding: Finding) -> Place:
        """Return where a finding is: path, region with lines and columns, in a database the cell."""
        return self.report.documents.place(finding.location)

    def to(self, name: str) -> str:
        """Return the report in a format of `authlint lint -f`. Raises KeyError for an unknown one."""
        return written(self.report, name)

    def to_text(self) -> str:
        """Return the report for people."""
        return self.to("text")

    def to_json(self) -> str:
        """Return the report as JSON, which linter/reports/report.schema.json describes."""
        return self.to("json")

    def to_sarif(self) -> str:
        """Return the report as SARIF 2.1.0."""
        return self.to("sarif")


def written(report: Report, name: str) -> str:
    """Return a report in a format."""
    stream = StringIO()
    format_named(name).write(report, stream)
    return stream.getvalue()


def lint(
    state: PathLike | None = None,
    *,
    now: Moment | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    rules: Iterable[PathLike] = (),
    config: PathLike | None = None,
    fail_on: FailOn = "error",
    notes: bool = False,
    profile: str | None = None,
    codex_home: PathLike | None = None,
    workspaces: Iterable[PathLike] = (),
    agents: Iterable[str] = (),
    routers: Iterable[PathLike] = (),
    evidence: Iterable[PathLike] = (),
    since: PathLike | None = None,
    baseline: PathLike | None = None,
) -> LintResult:
    """Lint a state directory; without one that of OpenClaw's environment, as `authlint lint` does.

    `select` and `ignore` are ids of rules or globs; `rules` are folders of further rules; `notes` shows
    notes in text; `since` is an earlier snapshot, in which ids may have stood for other accounts. A
    configuration is read only when it is named. `baseline` is a file with known findings, which do not
    count; without it the one of the configuration. Raises NothingToLint where there is no state, and
    ValueError or an error that names file and line for what was wrong with the call.
    """
    now_ms = _milliseconds(now)
    location = _location(state, profile, codex_home, workspaces, agents, routers)
    setup = read_setup(_path(config), map(Path, rules), [*select], ignore, cache_dir())
    snapshot = pipeline.take_snapshot(
        location, now_ms, evidence=[*map(Path, evidence)], configuration=setup.configuration
    )
    pipeline.see_earlier(snapshot, _path(since))
    evaluation = pipeline.lint(snapshot, setup.pack, setup.settings, setup.configuration)
    if not location.agents:
        evaluation = _with_leftovers(evaluation, setup, now_ms, snapshot.meta["era"])
    options = Options(notes=notes, cwd=Path.cwd(), home=Path.home())
    known, info = _path(baseline) or setup.baseline, None
    if known is not None:
        from linter.baseline.file import read_baseline  # noqa: PLC0415 - most runs have no baseline
        from linter.baseline.marking import compared  # noqa: PLC0415 - as above

        evaluation, info = compared(
            read_baseline(known), evaluation, setup, location, options.home, alone=True
        )
    report = make_report(snapshot, setup.pack, evaluation, location, options, info)
    return LintResult(
        findings=tuple(report.in_order()),
        era=snapshot.meta["era"],
        exit_code=exit_code(evaluation, fail_on),
        report=report,
    )


def diff(
    before: PathLike,
    after: PathLike | None = None,
    *,
    now: Moment | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    rules: Iterable[PathLike] = (),
    config: PathLike | None = None,
    profile: str | None = None,
    codex_home: PathLike | None = None,
    workspaces: Iterable[PathLike] = (),
    agents: Iterable[str] = (),
    routers: Iterable[PathLike] = (),
    evidence: Iterable[PathLike] = (),
) -> "Diff":
    """Compare an earlier state with a later one, each a snapshot or a directory, as `authlint diff` does.

    The keywords are those of `lint`; both sides are linted alike. Raises SnapshotError for snapshots of
    different machines or with names replaced under different keys, and what `lint` raises.
    """
    from linter.comparing import compare  # noqa: PLC0415 - a lint needs none of it

    earlier, later = (
        _location(state, profile, codex_home, workspaces, agents, routers) for state in (before, after)
    )
    setup = read_setup(_path(config), map(Path, rules), [*select], ignore, cache_dir())
    options = Options(cwd=Path.cwd(), home=Path.home())
    return compare((earlier, later), _milliseconds(now), setup, options, [*map(Path, evidence)])


def trace(
    session: str | None = None,
    *,
    state: PathLike | None = None,
    now: Moment | None = None,
    config: PathLike | None = None,
    profile: str | None = None,
    codex_home: PathLike | None = None,
    workspaces: Iterable[PathLike] = (),
    agents: Iterable[str] = (),
    routers: Iterable[PathLike] = (),
    evidence: Iterable[PathLike] = (),
) -> "tuple[Trace, ...]":
    """Explain how sessions come to their profile: those named (key, part of it, id), else all live ones.

    The rows of a trace are those of linter/snapshot/schema.json. Raises NothingToLint without a state.
    """
    from linter.views.trace import find_sessions, traces  # noqa: PLC0415 - a lint needs none of it

    location = _location(state, profile, codex_home, workspaces, agents, routers)
    tables = pipeline.take_snapshot(
        location,
        _milliseconds(now),
        evidence=[*map(Path, evidence)],
        configuration=read_configuration_at(_path(config), cache_dir()),
    ).tables
    live = [row for row in tables["sessions"] if row["live"]]
    return tuple(traces(tables, find_sessions(tables, session) if session else live))


def _location(
    state: PathLike | None,
    profile: str | None,
    codex_home: PathLike | None,
    workspaces: Iterable[PathLike],
    agents: Iterable[str],
    routers: Iterable[PathLike],
) -> StateLocation:
    return locate(
        _path(state),
        environ=os.environ,
        home=Path.home(),
        profile=profile,
        codex_home=_path(codex_home),
        workspaces=[*map(Path, workspaces)],
        router_files=[*map(Path, routers)],
        agents=agents,
    )


def _with_leftovers(evaluation: Evaluation, setup: Setup, now_ms: int, era: str) -> Evaluation:
    if setup.configuration is None or not setup.configuration.exemptions:
        return evaluation
    from linter.configuration.leftovers import Leftovers  # noqa: PLC0415 - only for who suppresses something

    leftovers = Leftovers(setup.configuration, now_ms)
    leftovers.see(evaluation, setup.pack, setup.settings, era)
    return leftovers.added(evaluation)


def _path(given: PathLike | None) -> Path | None:
    return None if given is None else Path(given).expanduser().absolute()


def _milliseconds(moment: Moment | None) -> int:
    """Return ms since the epoch; a datetime without a zone is UTC, whatever the zone of this machine."""
    if moment is None:
        return int(time() * 1000)
    if isinstance(moment, int):
        return moment
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1000)
