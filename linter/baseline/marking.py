"""Findings compared with what is known: which are new, and which entries no longer occur."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from linter.baseline.file import Baseline, Entry, Known
from linter.configuration.ruleset import Ruleset
from linter.configuration.unused import OWN_RULES
from linter.engine.finding import RANK, BaselineState, Evaluation, Finding
from linter.openclaw.location import StateLocation
from linter.snapshot.redact import scrub
from linter.sources.paths import path_from_home


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


BETWEEN_MACHINES = "*"
"""The name for what shows only between several machines."""


def name_of(location: StateLocation | None, baseline: Path, home: Path) -> str:
    """Return the path of a state, from the folder of a baseline if it lies below, else with the home as `~`.

    Without a location it is the name for findings between machines.
    """
    if location is None:
        return BETWEEN_MACHINES
    state, folder = _plain(location.snapshot or location.state_dir), _plain(baseline).parent
    return (
        state.relative_to(folder).as_posix() if state.is_relative_to(folder) else path_from_home(state, home)
    )


def name_in(baseline: Baseline, location: StateLocation | None, home: Path, *, alone: bool) -> str:
    """Return the name under which a baseline knows a state, if it does.

    Fingerprints hold nothing of where a state lies, so that it can be moved: hence a state that is linted
    `alone` is the one of a baseline that knows only one. Among several each has what stands under its name.
    """
    if alone and len(baseline.states) == 1:
        return next(iter(baseline.states))
    return name_of(location, baseline.path, home)


def _plain(path: Path) -> Path:
    """Return an absolute path without `..`; a link keeps its own name."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve would follow links


def extended(baseline: Baseline, name: str, findings: Iterable[Finding]) -> Baseline:
    """Return a baseline that knows the findings of a state as they are now. What it knew besides, it keeps.

    What the configuration suppresses is settled there, and not added.
    """
    known = dict(baseline.states.get(name, {}))
    for finding in findings:
        if finding.suppression is None:
            known[finding.fingerprint] = _entry(finding)
    return baseline._replace(states={**baseline.states, name: known})


def pruned(baseline: Baseline, name: str, gone: Iterable[Entry]) -> Baseline:
    """Return a baseline without some entries of a state."""
    marks = {entry.fingerprint for entry in gone}
    known = baseline.states.get(name, {})
    left = {mark: entry for mark, entry in known.items() if mark not in marks}
    return baseline._replace(states={**baseline.states, name: left}) if marks else baseline


def _entry(finding: Finding) -> Entry:
    subject = "/".join(part for pair in finding.subject for part in pair)
    return Entry(finding.rule, finding.severity, scrub(subject), finding.fingerprint)
