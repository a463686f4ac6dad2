"""Every recorded state gets exactly the findings that its description expects, and goldens that show them."""

from statistics import median

import pytest

from fixtures import load


def shown(finding):
    location = finding.location
    return f"{finding.severity} {finding.rule} {location.source} {location.pointer}"


@pytest.mark.parametrize("name", load.names())
def test_findings_are_those_that_the_state_expects(name, lint_state):
    linted = lint_state(name)
    assert not linted.report.problems
    found = sorted(shown(finding) for finding in linted.report.findings if finding.severity != "note")
    expected = sorted(
        f"{one.severity} {one.rule} {one.source} {one.pointer}"
        for one in linted.fixture.expect
        if one.severity != "note"
    )
    assert found == expected


def test_a_report_is_read_in_one_go():
    """At 100 columns: 60 lines at most in the median, 25 for a cause, and the worst on the first screen."""
    reports = [
        (load.STATES / name / "golden.txt").read_text() for name in load.names() if "clean" not in name
    ]
    assert median(report.count("\n") for report in reports) <= 60
    blocks = [block for report in reports for block in report.split("\n\n") if block[:1].isdigit()]
    assert max(block.count("\n") for block in blocks) <= 25
    for report in reports:
        first = next((block for block in report.split("\n\n") if block.startswith("1  ")), None)
        if first:
            screen = "\n".join(report.splitlines()[:40])
            assert first.splitlines()[0] in screen.splitlines()
            assert " Do: " in screen
