"""Every recorded state gets exactly the findings that its description expects, and goldens that show them."""

import json
import re
from dataclasses import replace
from statistics import median

import jsonschema
import pytest

from fixtures import goldens, load
from linter.reports.interface import written as format_text
from linter.reports.painter import Painter
from linter.views.checklist import checklist
from linter.views.checklist_text import checklist_text
from linter.views.layers import all_layers
from linter.views.layers_text import layers_text
from linter.views.logins import logins
from linter.views.logins_text import logins_text
from linter.views.trace import Traces, traces
from linter.views.trace_text import trace_text
from linter.views.value import as_json, schema_of

WIDTHS = (50, 80, 160)
SCHEMAS = {
    name: jsonschema.Draft202012Validator(schema_of(name))
    for name in ("layers", "logins", "trace", "checklist")
}


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
def test_what_people_read_is_golden_fits_and_has_its_schema(name, pack, tmp_path):
    report, tables = goldens.look_at(name, tmp_path, pack)
    assert goldens.golden(report) == (load.STATES / name / "golden.txt").read_text()
    for width in WIDTHS:
        too_wide = [line for line in written(report, tables, width) if len(line) > width and breakable(line)]
        assert too_wide == []
    for view, value in {**views(tables), "checklist": checklist(report)}.items():
        SCHEMAS[view].validate(json.loads(as_json(view, value)))


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
        if first and " Do: " in first:
            assert " Do: " in "\n".join(report.splitlines()[:40])


def written(report, tables, width):
    """Return the lines of the report and of every view at a width."""
    options, plain = report.options._replace(width=width), Painter(colour=False)
    narrow = replace(report, options=options)
    found = views(tables)
    texts = [
        format_text(narrow, "text"),
        format_text(narrow, "full"),
        layers_text(found["layers"], width, plain),
        logins_text(found["logins"], report.meta["now"], width, plain),
        checklist_text(checklist(narrow), narrow),
        *(trace_text(trace, lambda at: at["pointer"], width, plain) for trace in found["trace"].sessions),
    ]
    return [line for text in texts for line in text.splitlines()]


def views(tables):
    sessions = [row for row in tables["sessions"] if row["live"]]
    return {
        "layers": all_layers(tables, sessions),
        "logins": logins(tables),
        "trace": Traces(tuple(traces(tables, sessions))),
    }


def breakable(line):
    """Tell whether there was a place to break: more than what stands before the last word belongs to it.

    An argument in quotes is one word, also before the backslash at the end of a line.
    """
    line = re.sub(r"'[^']*'", "word", line.removesuffix(" \\"))
    rest = re.sub(r"^[\s:>=-]*", "", line).split("  ")[-1]
    return bool(re.search(r"\S \S", rest))
