"""What becomes of a baseline when its states are looked at again."""

from collections.abc import Iterable

from linter.baseline.file import Baseline, Entry
from linter.engine.finding import Finding
from linter.snapshot.redact import scrub


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
