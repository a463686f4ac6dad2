"""The fixes of a rule tried on its examples: the finding must go, and a second round must change nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from linter.engine.edits import edited
from linter.engine.finding import Edit, Finding, Fix
from linter.engine.rule_under_test import SOURCE, RuleUnderTest, Tables

_ON_DERIVED = "if the rule reads derived columns, state the tables afterwards as `fixed`"


def fix_failures(
    example: Mapping[str, Any], findings: Sequence[Finding], under_test: RuleUnderTest
) -> Iterator[str]:
    """Apply the fixes of the findings to the example and lint the result.

    Where the example says how its tables are `fixed`, they must agree with what the fixes make of them, and
    they are what is linted: so an example can say what the derived columns become.
    """
    given, stated = example["given"], example.get("fixed", {})
    try:
        fixed = edited(given, _first_edits(findings))
        if stated:
            yield from _stated_failures(fixed, stated, findings, under_test)
            return
        yield from _single_fix_failures(given, findings, under_test)
    except LookupError:
        yield "a fix edits a place that is not in the example"
        return
    if edited(fixed, _first_edits(under_test.evaluate(fixed).findings)) != fixed:
        yield "applying the fixes a second time changes more"


def fixed_tables(example: Mapping[str, Any], findings: Sequence[Finding]) -> Tables:
    """Return the tables as the first fix of every finding leaves them, or as the example states them."""
    return {**edited(example["given"], _first_edits(findings)), **example.get("fixed", {})}


def _stated_failures(
    fixed: Tables, stated: Tables, findings: Sequence[Finding], under_test: RuleUnderTest
) -> Iterator[str]:
    for table, rows in stated.items():
        if not _agrees(fixed.get(table), rows, _edited_columns(findings)):
            yield f"the fixes make `{table}` {fixed.get(table)}, not {rows}"
    after = under_test.evaluate({**fixed, **stated}).findings
    for finding in findings:
        if _machine_fixes(finding) and _is_left(finding, findings, after):
            yield f"the finding at {finding.location.pointer} is still there when fixed"


def _single_fix_failures(
    given: Tables, findings: Sequence[Finding], under_test: RuleUnderTest
) -> Iterator[str]:
    """Check every fix by itself, those after the first too."""
    for finding in findings:
        for fix in _machine_fixes(finding):
            after = under_test.evaluate(edited(given, fix.edits))
            yield from (f"fix `{fix.title}`: {problem.message}" for problem in after.problems)
            if _is_left(finding, findings, after.findings):
                yield f"fix `{fix.title}` leaves the finding at {finding.location.pointer}; {_ON_DERIVED}"


def _is_left(finding: Finding, before: Sequence[Finding], after: Sequence[Finding]) -> bool:
    """Tell whether a finding is still there, by subject or place; others may have moved up to either."""
    return len(after) >= len(before) and any(
        left.fingerprint == finding.fingerprint or left.location == finding.location for left in after
    )


def _agrees(made: Any, stated: Any, columns: set[str]) -> bool:
    """Tell whether stated rows have what the edits made; columns that no edit names may be derived."""
    if not isinstance(made, list) or not isinstance(stated, list) or len(made) != len(stated):
        return bool(made == stated)
    return all(
        left.get(column) == right.get(column)
        for left, right in zip(made, stated, strict=True)
        for column in columns
    )


def _edited_columns(findings: Sequence[Finding]) -> set[str]:
    pointers = [edit.pointer.split("/") for edit in _first_edits(findings)]
    return {steps[3] for steps in pointers if len(steps) > 3}  # /table/index/column


def _machine_fixes(finding: Finding) -> list[Fix]:
    """Return the fixes whose edits all lie in the example."""
    return [fix for fix in finding.fixes if fix.edits and all(edit.source == SOURCE for edit in fix.edits)]


def _first_edits(findings: Sequence[Finding]) -> list[Edit]:
    """Return the edits of the first fix of every finding, each once."""
    first = [_machine_fixes(finding)[:1] for finding in findings]
    edits: list[Edit] = []
    for fixes in first:
        for fix in fixes:
            edits += [edit for edit in fix.edits if edit not in edits]
    return edits
