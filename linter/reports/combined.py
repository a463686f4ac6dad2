"""The reports on several states as one, for formats that a machine reads: it wants one document."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from linter.baseline.marking import BaselineInfo
from linter.engine.finding import Finding, Location
from linter.reports.interface import Report
from linter.reports.verdict import added
from linter.reports.wording import path_for_people
from linter.sources.documents import Documents


def combined(reports: Sequence[Report]) -> Report:
    """Return one report with the findings of all.

    Every state has its own sources, so each gets a room in the documents. `meta` is what the states have in
    common, None where they differ, and has the `meta` of each in `states`, with the path it was read from.
    """
    documents, roots = Documents(), dict[str, Path]()
    findings: list[Finding] = []
    for number, report in enumerate(reports):
        room = f"{number}:"
        documents.house(room, report.documents)
        findings += [_moved(finding, room) for finding in report.findings]
        _add_roots(roots, report.roots)
    return reports[0]._replace(
        findings=tuple(findings),
        documents=documents,
        rules={name: rule for report in reports for name, rule in report.rules.items()},
        meta=_common([_about(report) for report in reports if report.states]),
        states=tuple(state for report in reports for state in report.states),
        roots=roots,
        baselines=_baselines(reports),
        verdict=added(report.verdict for report in reports if report.verdict),
        problems=tuple(dict.fromkeys(problem for report in reports for problem in report.problems)),
        tables={},
        parts=tuple(reports),
    )


def _moved(finding: Finding, room: str) -> Finding:
    """Return the finding with the sources of its room."""

    def place(location: Location) -> Location:
        return location._replace(source=room + location.source)

    accepted = finding.suppression
    return finding._replace(
        location=place(finding.location),
        related=tuple(map(place, finding.related)),
        fixes=tuple(
            fix._replace(edits=tuple(edit._replace(source=room + edit.source) for edit in fix.edits))
            for fix in finding.fixes
        ),
        suppression=accepted and accepted._replace(location=place(accepted.location)),
    )


def _baselines(reports: Sequence[Report]) -> tuple[BaselineInfo, ...]:
    """Return the baselines by file: states may share one."""
    merged: dict[Path, BaselineInfo] = {}
    for baseline in (baseline for report in reports for baseline in report.baselines):
        before = merged.get(baseline.path, BaselineInfo(baseline.path, knows=False))
        merged[baseline.path] = BaselineInfo(
            baseline.path, before.knows or baseline.knows, before.absent + baseline.absent
        )
    return tuple(merged.values())


def _add_roots(roots: dict[str, Path], more: Mapping[str, Path]) -> None:
    """Add folders that are not there yet; of a name that is taken they get the next free number."""
    for name, path in more.items():
        if path not in roots.values():
            number = next((n for n in range(2, len(roots) + 2) if f"{name}{n}" not in roots), 2)
            roots[f"{name}{number}" if name in roots else name] = path


def _about(report: Report) -> dict[str, Any]:
    return {**report.meta, "path": path_for_people(report.states[0], report.options)}


def _common(states: list[dict[str, Any]]) -> dict[str, Any]:
    first = states[0]
    shared = {
        key: value if all(it.get(key) == value for it in states) else None for key, value in first.items()
    }
    return {**shared, "states": states}
