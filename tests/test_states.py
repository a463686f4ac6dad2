"""Every recorded state gets exactly the findings that its description expects, and goldens that show them."""

import pytest

from fixtures import goldens, load


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


@pytest.mark.parametrize("name", goldens.names())
def test_the_report_is_the_golden_one(name, pack, tmp_path):
    assert goldens.golden(name, tmp_path, pack) == (load.STATES / name / "golden.txt").read_text()
