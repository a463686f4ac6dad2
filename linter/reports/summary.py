"""A report in one line: what was found and where, and what is not shown."""

from linter.configuration.rule_pack import SYMPTOMS
from linter.reports.interface import Report
from linter.reports.wording import amount, era, numbered, path_for_people


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
        from linter.reports.known import about_baselines  # noqa: PLC0415 - most runs have none

        sentences += about_baselines(report)
    return " ".join(sentences)


def _where(report: Report) -> str:
    if not report.states:
        return "across machines."
    if len(report.states) > 1:
        return f"in {len(report.states)} states."
    return f"in {path_for_people(report.states[0], report.options)} ({era(report.meta)})."
