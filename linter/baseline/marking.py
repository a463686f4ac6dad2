"""Findings compared with what is known: which are new, and which entries no longer occur."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from linter.baseline.file import Baseline, Entry, Known
from linter.baseline.naming import name_in
from linter.configuration.ruleset import Ruleset
from linter.configuration.unused import OWN_RULES
from linter.engine.finding import RANK, BaselineState, Evaluation, Finding
from linter.openclaw.location import StateLocation


class BaselineInfo(NamedTuple):
    """What reports say about a baseline: its file, and which of its entries for the state no longer occur.

    `knows` tells whether it was made from this state at all.
    """

    path: Path
    knows: bool
    absent: tuple[Entry, ...] = ()


def compared(
    baseline: Baseline,
    evaluation: Evaluation,
    ruleset: Ruleset,
    location: StateLocation | None,
    home: Path,
    *,
    alone: bool,
) -> tuple[Evaluation, BaselineInfo]:
    """Return the evaluation of a state with its findings marked, and what reports say of the baseline."""
    name = name_in(baseline, location, home, alone=alone)
    known = baseline.states.get(name, {})
    found = {finding.fingerprint for finding in evaluation.findings}
    judged = _judged(evaluation, ruleset, location)
    gone = [entry for entry in known.values() if entry.rule in judged and entry.fingerprint not in found]
    info = BaselineInfo(baseline.path, name in baseline.states, tuple(gone))
    return evaluation._replace(findings=marked(evaluation.findings, known)), info


def marked(findings: Iterable[Finding], known: Known) -> tuple[Finding, ...]:
    """Return the findings, each with what it is against what is known of its state."""
    return tuple([finding._replace(baseline=_state(finding, known)) for finding in findings])


def _state(finding: Finding, known: Known) -> BaselineState:
    entry = known.get(finding.fingerprint)
    if entry is None:
        return "new"
    return "updated" if RANK[finding.severity] < RANK[entry.severity] else "unchanged"


def _judged(evaluation: Evaluation, ruleset: Ruleset, location: StateLocation | None) -> set[str]:
    """Return the rules that would have found again what they had found; none when agents were left out."""
    if location is not None and location.agents:
        return set()
    failed = {problem.rule for problem in evaluation.problems}
    return (ruleset.running() - failed) | set(OWN_RULES)
