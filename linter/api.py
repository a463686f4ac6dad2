"""The public functions: what the commands `lint`, `diff`, `trace` and `snapshot` do, for programs."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from linter import pipeline
from linter.arguments import Moment, PathLike, absolute, milliseconds, state_location
from linter.cli.folders import cache_dir
from linter.engine.finding import Evaluation
from linter.lint_result import LintResult
from linter.openclaw.location import NothingToLint
from linter.report import make_report
from linter.reports.interface import Options
from linter.setup import Setup, read_configuration_at, read_setup
from linter.verdict import exit_code

if TYPE_CHECKING:
    from linter.comparing import Diff
    from linter.snapshot_result import SnapshotResult
    from linter.views.trace import Trace

__all__ = ["FailOn", "LintResult", "NothingToLint", "diff", "lint", "take_snapshot", "trace"]

FailOn = Literal["error", "warning", "note", "never"]


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
    now_ms = milliseconds(now)
    location = state_location(state, profile, codex_home, workspaces, agents, routers)
    setup = read_setup(absolute(config), map(Path, rules), [*select], ignore, cache_dir())
    snapshot = pipeline.take_snapshot(
        location, now_ms, evidence=[*map(Path, evidence)], configuration=setup.configuration
    )
    pipeline.see_earlier(snapshot, absolute(since))
    evaluation = pipeline.lint(snapshot, setup.pack, setup.settings, setup.configuration)
    if not location.agents:
        evaluation = _with_leftovers(evaluation, setup, now_ms, snapshot.meta["era"])
    options = Options(notes=notes, cwd=Path.cwd(), home=Path.home())
    known, info = absolute(baseline) or setup.baseline, None
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
        state_location(state, profile, codex_home, workspaces, agents, routers) for state in (before, after)
    )
    setup = read_setup(absolute(config), map(Path, rules), [*select], ignore, cache_dir())
    options = Options(cwd=Path.cwd(), home=Path.home())
    return compare((earlier, later), milliseconds(now), setup, options, [*map(Path, evidence)])


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

    location = state_location(state, profile, codex_home, workspaces, agents, routers)
    tables = pipeline.take_snapshot(
        location,
        milliseconds(now),
        evidence=[*map(Path, evidence)],
        configuration=read_configuration_at(absolute(config), cache_dir()),
    ).tables
    live = [row for row in tables["sessions"] if row["live"]]
    return tuple(traces(tables, find_sessions(tables, session) if session else live))


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
) -> "SnapshotResult":
    """Return what authlint knows of a state, without secrets, as `authlint snapshot` saves it.

    The keywords are those of `lint`. Raises NothingToLint where there is no state.
    """
    from linter.snapshot_result import snapshot_result  # noqa: PLC0415 - a lint needs none of it

    location = state_location(state, profile, codex_home, workspaces, agents, routers)
    taken = pipeline.take_snapshot(
        location,
        milliseconds(now),
        evidence=[*map(Path, evidence)],
        configuration=read_configuration_at(absolute(config), cache_dir()),
    )
    return snapshot_result(taken, location.home)


def _with_leftovers(evaluation: Evaluation, setup: Setup, now_ms: int, era: str) -> Evaluation:
    if setup.configuration is None or not setup.configuration.exemptions:
        return evaluation
    from linter.configuration.leftovers import Leftovers  # noqa: PLC0415 - only for who suppresses something

    leftovers = Leftovers(setup.configuration, now_ms)
    leftovers.see(evaluation, setup.pack, setup.settings, era)
    return leftovers.added(evaluation)
