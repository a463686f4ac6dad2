"""What people are told of a baseline: how much is known, what has become worse, and what has gone."""

from collections.abc import Iterator

from linter.reports.interface import Report
from linter.reports.wording import amount, path_for_people

BASELINE_NAME = "authlint-baseline.json"
"""The file in the current directory that `authlint baseline` writes when none is named."""


def about_baselines(report: Report) -> Iterator[str]:
    """Yield sentences for the summary of a report."""
    names = [path_for_people(baseline.path, report.options) for baseline in report.baselines]
    files = " and ".join(names)
    marks = [finding.baseline for finding in report.findings if finding.suppression is None]
    if marks and not any(baseline.knows for baseline in report.baselines):
        yield f"{files} was made from other states."
    if known := marks.count("unchanged"):
        yield f"{amount(known, 'finding')} known from {files} not shown."
    if worse := marks.count("updated"):
        yield f"{amount(worse, 'finding')} worse than in {files}."
    for name, baseline in zip(names, report.baselines, strict=True):
        if gone := len(baseline.absent):
            entries, verb = ("entry", "occurs") if gone == 1 else ("entries", "occur")
            option = "" if name == BASELINE_NAME else f" -o {name}"
            yield f"{gone} {entries} of {name} no longer {verb} (authlint baseline --prune{option})."
