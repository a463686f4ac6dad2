"""A fleet linted: from the names of snapshots to the summary, and the report on what machines share."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from linter.fleet.compute import Crew, Told, computed, partitions
from linter.fleet.dataset import SHARED, finding_columns, prepare, write_rows
from linter.fleet.judge import Plan, opened
from linter.fleet.names import is_url, shown_name, snapshot_names
from linter.fleet.summary import added, involved, summarised
from linter.reports.interface import Options, Report
from linter.reports.make import make_report
from linter.reports.masking import masked_value
from linter.snapshot.machines import APART, together
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import BETWEEN_MACHINES, Row, Tables
from linter.sources.interface import Document
from linter.usecases.exit_code import BROKEN_RULE, FINDINGS, LEVELS, exit_code
from linter.usecases.lint import lint_snapshot
from linter.usecases.target import Target
from linter.views.fleet import Fleet

_KEPT_OPEN = 64
"""Snapshots of which places are shown that are kept in memory."""


class Outcome(NamedTuple):
    """The summary of a fleet, and the report on what its machines share."""

    fleet: Fleet
    report: Report

    def exit_code(self, fail_on: str) -> int:
        """Return the exit code, as for a lint; what cannot be read is an error."""
        if self.fleet.problems:
            return BROKEN_RULE
        errors, warnings, notes = self.fleet.findings
        counts = {"error": errors + self.fleet.states.unread, "warning": warnings, "note": notes}
        alone = any(count and LEVELS[name] <= LEVELS[fail_on] for name, count in counts.items())
        return FINDINGS if alone else exit_code(self.report, fail_on)


def plan_of(target: Target, out: str | None) -> Plan:
    """Return under which rules a target has snapshots linted, and where their findings are written to."""
    config = target.config_path(None)
    rules = tuple(folder.absolute() for folder in target.rules)
    folder = out if out is None or is_url(out) else str(Path(out).expanduser().absolute())
    return Plan(config, target.reach(config, None), rules, target.select, target.ignore, folder, buckets=1)


def lint_fleet(sources: list[str], plan: Plan, crew: Crew, options: Options, told: Told) -> Outcome:
    """Lint all snapshots that sources name; `told` is told how many partitions of how many are done.

    Raises NothingToLint where there is none, FleetError where the work cannot be done, and what loading the
    rules raises.
    """
    ruleset = plan.ruleset()
    names = snapshot_names(sources)
    if plan.out is not None:
        prepare(plan.out)
    done = computed(plan, partitions(names, crew), crew, told)

    @lru_cache(maxsize=_KEPT_OPEN)
    def snapshot(name: str) -> Snapshot:
        return opened(name, ruleset)

    def find(source: str) -> Document | None:
        name, _, inner = source.partition(APART)
        return snapshot(name).documents.get(inner) if inner else None

    shared = [(table, row) for table, row in done.rows if table in BETWEEN_MACHINES]
    machines = together(shared, find)
    evaluation = lint_snapshot(machines, ruleset.pack, ruleset.settings)
    report = make_report(machines, ruleset.pack, evaluation, None, options)
    if plan.out is not None:
        write_rows(_rows(report, machines.tables), plan.out, SHARED)
    return Outcome(summarised(added(done.tallies), done.rows, ruleset.pack, report, machines.tables), report)


def _rows(report: Report, tables: Tables) -> Iterator[Row]:
    """Yield a row of the dataset for each finding between machines, and each of its machines."""
    for finding in report.findings:
        told = finding_columns(finding, report.rules[finding.rule].layer)
        rows = involved(finding, tables)
        for row in rows:
            name, _, source = row["at"]["source"].partition(APART)
            place = {"source": source, "pointer": row["at"]["pointer"], "machines": len(rows)}
            yield {**told, "snapshot": shown_name(name), "host": row["host"], **masked_value(place)}
