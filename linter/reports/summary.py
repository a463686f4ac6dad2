"""A report in a few sentences: what was found and where, what is not shown, and how a baseline fares."""

from collections.abc import Iterator

from linter.configuration.rule_pack import SYMPTOMS
from linter.reports.interface import Report
from linter.reports.wording import amount, era, numbered, path_for_people

BASELINE_NAME = "authlint-baseline.json"
"""The file in the current directory that `authlint baseline` writes when none is named."""


def summary(report: Report) -> str:
    """Sum up a report in one line."""
    counts = report.counts()
    shown = ["error", "warning", "note"] if report.options.notes else ["error", "warning"]
    found = {severity: number for severity, number in counts.items() if severity in shown and number}
    where = _where(report)
    accepted = sum(finding.suppression is not None for finding in report.findings)
    nothing = "No problems" if len(report.findings) == accepted + sum(counts.values()) else "No new problems"
    sentences = [f"Found {numbered(found)} {where}" if found else f"{nothing} found {where}"]
    if report.options.symptom:
        sentences.append(f"Looked only for: {SYMPTOMS[report.options.symptom].lower()}.")
    if report.meta.get("left_out"):
        sentences.append(f"Not judged: {', '.join(report.meta['left_out'])}.")
    if report.problems:
        sentences.append(f"{amount(len(report.problems), 'rule')} could not be evaluated.")
    if counts["note"] and not report.options.notes:
        sentences.append(f"{amount(counts['note'], 'note')} not shown (--notes).")
    if accepted:
        sentences.append(f"{amount(accepted, 'finding')} suppressed.")
    if report.meta.get("swept"):
        sentences.append(f"Looked for copies of tokens in {', '.join(report.meta['swept'])}, too.")
    if report.baselines:
        sentences += _about_baselines(report)
    return " ".join(sentences)


def _where(report: Report) -> str:
    if not report.states:
        return "across machines."
    if len(report.states) > 1:
        return f"in {len(report.states)} states."
    return f"in {path_for_people(report.states[0], report.options)} ({era(report.meta)})."


def _about_baselines(report: Report) -> Iterator[str]:
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
