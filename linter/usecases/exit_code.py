"""What a run ends with."""

from collections.abc import Sequence
from typing import Protocol

from linter.engine.finding import Finding, RuleProblem

LEVELS: dict[str, int] = {"error": 0, "warning": 1, "note": 2, "never": -1}
"""From which severity on findings count."""

CLEAN, FINDINGS, BROKEN_RULE = 0, 1, 2


class Outcome(Protocol):
    """What a run has come to, as an evaluation or a report."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What was found."""

    @property
    def problems(self) -> Sequence[RuleProblem]:
        """The rules that could not be evaluated."""


def exit_code(outcome: Outcome, fail_on: str) -> int:
    """Return the exit code for findings that count from the level `fail_on` on."""
    if outcome.problems:
        return BROKEN_RULE
    counted = [finding.severity for finding in outcome.findings if finding.counts]
    return FINDINGS if any(LEVELS[severity] <= LEVELS[fail_on] for severity in counted) else CLEAN
