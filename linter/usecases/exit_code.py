"""What a run ends with."""

from linter.engine.finding import Evaluation
from linter.reports.interface import Report

LEVELS: dict[str, int] = {"error": 0, "warning": 1, "note": 2, "never": -1}
"""From which severity on findings count."""

CLEAN, FINDINGS, BROKEN_RULE = 0, 1, 2


def exit_code(outcome: Evaluation | Report, fail_on: str) -> int:
    """Return the exit code for findings that count from the level `fail_on` on."""
    if outcome.problems:
        return BROKEN_RULE
    counted = [finding.severity for finding in outcome.findings if finding.counts]
    return FINDINGS if any(LEVELS[severity] <= LEVELS[fail_on] for severity in counted) else CLEAN
