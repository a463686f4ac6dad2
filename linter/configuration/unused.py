"""Entries that say nothing any more: a suppression would hide the next finding, an expectation misses one."""

from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from linter.configuration.apply import expired, place_of, subject_names
from linter.configuration.model import Configuration, Exemption
from linter.engine.errors import near
from linter.engine.finding import Cause, Evaluation, Finding, Location
from linter.engine.subject import fingerprint
from linter.snapshot.expected import expectation_rows
from linter.snapshot.tables import Tables

_MOST_NAMED = 3


class OwnRule(NamedTuple):
    """A rule about the configuration itself, which has no rule file."""

    title: str
    about: str


OWN_RULES = {
    "suppression-expired": OwnRule(
        "A suppression has expired",
        "An entry of `suppress` in authlint.yaml is past its `until`: what it accepted counts again. Mend the"
        " findings and remove the entry, or give it a later date.",
    ),
    "suppression-unused": OwnRule(
        "A suppression matches no finding",
        "No finding matches an entry of `suppress` in authlint.yaml: what it accepted was mended, or its"
        " `subject` is misspelt. Remove it, since it would hide the next finding of its kind.",
    ),
    "expectation-unused": OwnRule(
        "An expectation is about no chat",
        "No stored chat matches the `for` of an entry of `expect` in authlint.yaml, so it says nothing: a"
        " pattern is misspelt, or there is no such chat yet. `authlint layers` lists the chats.",
    ),
}


class Unused:
    """Gathers what a configuration's entries accepted, over all states that are linted under it."""

    def __init__(self, configuration: Configuration, now_ms: int) -> None:
        self._configuration = configuration
        self._now = now_ms
        self._used: set[str] = set()
        self._evaluated: set[str] = set()
        self._subjects: defaultdict[str, set[str]] = defaultdict(set)
        self._expected: set[int] = set()

    def see(self, evaluation: Evaluation, running: set[str], tables: Tables) -> None:
        """Note what was found and expected in one state, and which rules ran there."""
        self._expected |= {row["entry"] for row in tables["expected_logins"]}
        self._evaluated |= running - {problem.rule for problem in evaluation.problems}
        for finding in evaluation.findings:
            if finding.suppression is not None:
                self._used.add(finding.suppression.location.pointer)
            else:
                self._subjects[finding.rule].add(subject_names(finding)[-1])

    def added(self, evaluation: Evaluation) -> Evaluation:
        """Return an evaluation with a finding for each entry that has expired or that matched in no state."""
        return evaluation._replace(findings=(*evaluation.findings, *self._findings()))

    def _findings(self) -> Iterator[Finding]:
        for entry in self._configuration.exemptions:
            if not any(fnmatchcase(rule, entry.rule) for rule in self._evaluated):
                continue
            told = place_of(entry, self._configuration), entry.rule, entry.subject
            if expired(entry, self._now):
                message = f"the suppression of {entry.rule} for {entry.subject} expired ({entry.until})"
                yield _finding("suppression-expired", *told, message)
            elif not self._matched(entry):
                message = f"the suppression of {entry.rule} for {entry.subject} matches no finding"
                yield _finding("suppression-unused", *told, message + self._hint(entry))
        path = str(self._configuration.document.path)
        for row in expectation_rows(path, self._configuration.expectations):
            if row["entry"] not in self._expected:
                location = Location(path, row["at"]["pointer"])
                message = f"no chat is stored that is meant by the expectation for {row['who']}"
                yield _finding("expectation-unused", location, row["who"], row["wanted"], message)

    def _matched(self, entry: Exemption) -> bool:
        return place_of(entry, self._configuration).pointer in self._used

    def _hint(self, entry: Exemption) -> str:
        """Say which findings of the rule there are."""
        subjects = {
            subject
            for rule, names in self._subjects.items()
            if fnmatchcase(rule, entry.rule)
            for subject in names
        }
        hint = near(entry.subject, subjects)
        if hint or not subjects:
            return hint
        named = ", ".join(sorted(subjects)[:_MOST_NAMED])
        return f"; there are some for {named}{', ...' if len(subjects) > _MOST_NAMED else ''}"


def _finding(rule: str, location: Location, who: str, what: str, message: str) -> Finding:
    identity = fingerprint([rule, who, what])
    return Finding(
        rule=rule,
        severity="warning",
        message=message,
        location=location,
        related=(),
        subject=((rule.partition("-")[0], f"{who} {what}"),),
        fixes=(),
        fingerprint=identity,
        values={},
        cause=Cause(rule, identity),
        effect=message,
    )
