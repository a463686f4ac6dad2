"""Findings as SARIF 2.1.0, the standard that code scanning services and editors read."""

from collections.abc import Sequence
from gzip import compress
from typing import Any, TextIO

import sarif_om as om

from linter.engine.finding import Finding
from linter.reports.interface import Report, RuleInfo
from linter.reports.sarif.catalogue import taxonomies, tool
from linter.reports.sarif.places import Places
from linter.reports.sarif.results import MOST_LOCATIONS, Results
from linter.reports.sarif.serialise import laid_out, plain
from linter.snapshot.redact import MASK

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = MOST_RULES = 25_000
"""What code scanning accepts in one run; with more it refuses the file."""
MOST_BYTES = 10_000_000
"""What it accepts as an upload, which is compressed."""

_ABOUT_STATE = ("era", "version", "canonical", "now", "states")


def write(report: Report, stream: TextIO) -> None:
    """Write the report as a log of one run, with no more results than code scanning accepts."""
    findings = report.in_order(uncounted=True)
    kept = findings[:MOST_RESULTS]
    text = _log(report, kept)
    while kept and _too_large(text):
        kept = kept[: len(kept) // 2]
        text = _log(report, kept)
    stream.write(text)


def _log(report: Report, findings: Sequence[Finding]) -> str:
    log = plain(om.SarifLog(schema_uri=SCHEMA, version="2.1.0", runs=[_run(report, findings)]))
    head = {name: log[name] for name in ("$schema", "version")}  # readers look here first
    return laid_out({**head, **log}) + "\n"


def _too_large(text: str) -> bool:
    return len(text) > MOST_BYTES and len(compress(text.encode(errors="replace"), 6)) > MOST_BYTES


def _run(report: Report, findings: Sequence[Finding]) -> Any:
    places, rules = Places(report), _rules(report, findings)
    results = Results(report, rules, places)
    invocation = om.Invocation(
        execution_successful=not report.problems,
        tool_execution_notifications=[*_failures(report, list(rules), places), *_cuts(report, findings)]
        or None,
    )
    return om.Run(
        tool=tool(rules.values(), {finding.rule for finding in findings}),
        invocations=[invocation],
        taxonomies=taxonomies(),
        results=[results.result(finding) for finding in findings],
        artifacts=places.artifacts,
        original_uri_base_ids=places.base_uris() or None,
        automation_details=om.RunAutomationDetails(
            id="authlint/",  # the same on every machine: a CI runner has another name at each run
            description=om.Message(text="Consistency of multi-profile OAuth state."),
        ),
        column_kind="unicodeCodePoints",
        redaction_tokens=[MASK],
        properties={name: report.meta[name] for name in _ABOUT_STATE if name in report.meta},
    )


def _rules(report: Report, findings: Sequence[Finding]) -> dict[str, RuleInfo]:
    """Return the rules by id; of more than code scanning accepts those of the findings, which are no more."""
    found = {it.rule: RuleInfo(it.rule, it.rule, "", it.severity) for it in findings}
    rules = {**found, **report.rules}
    return {name: rules[name] for name in sorted(found if len(rules) > MOST_RULES else rules)}


def _failures(report: Report, rules: list[str], places: Places) -> list[Any]:
    """Return a notification for every rule that could not be evaluated."""
    return [
        om.Notification(
            level="error",
            message=om.Message(text=f"The rule could not be evaluated: {problem.message}"),
            descriptor=om.ReportingDescriptorReference(id="rule-failed"),
            associated_rule=om.ReportingDescriptorReference(
                id=problem.rule, index=rules.index(problem.rule) if problem.rule in rules else -1
            ),
            locations=[places.rule_file(problem.path, problem.line, problem.column)],
        )
        for problem in report.failed()
    ]


def _cuts(report: Report, findings: Sequence[Finding]) -> list[Any]:
    """Return a notification if something was left out because of the limits of code scanning."""
    results = len(report.findings) - len(findings)
    places = sum(len(set(finding.related)) >= MOST_LOCATIONS for finding in findings)
    if not results and not places:
        return []
    text = f"Left out: {results} results, and places of {places} results: more than code scanning accepts."
    return [om.Notification(level="warning", message=om.Message(text=text))]
