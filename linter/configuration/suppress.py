"""`suppress`: findings that are known and accepted."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

from linter.configuration.model import Configuration, Exemption
from linter.engine.finding import Finding, Location, Suppression
from linter.sources.paths import join


def suppressed(findings: Iterable[Finding], configuration: Configuration, now_ms: int) -> tuple[Finding, ...]:
    """Return the findings, those marked that an entry accepts which is not past its time."""
    entries = [
        (entry, Suppression(entry.reason, entry.until, place_of(entry, configuration)))
        for entry in configuration.exemptions
        if not expired(entry, now_ms)
    ]
    return tuple([_judged(finding, entries) for finding in findings])


def expired(entry: Exemption, now_ms: int) -> bool:
    """Tell whether an entry is past its time."""
    return entry.until_ms is not None and now_ms >= entry.until_ms


def place_of(entry: Exemption, configuration: Configuration) -> Location:
    """Return where an entry stands."""
    return Location(str(configuration.document.path), join("", *entry.steps))


def subject_names(finding: Finding) -> tuple[str, str]:
    """Return what a finding is about: `agent/main/session/agent:main:main`, and the innermost name alone."""
    if not finding.subject:
        return "", ""
    return "/".join(part for pair in finding.subject for part in pair), finding.subject[-1][1]


def _judged(finding: Finding, entries: list[tuple[Exemption, Suppression]]) -> Finding:
    for entry, suppression in entries:
        if fnmatchcase(finding.rule, entry.rule) and any(
            fnmatchcase(name, entry.subject) for name in subject_names(finding)
        ):
            return finding._replace(suppression=suppression)
    return finding
