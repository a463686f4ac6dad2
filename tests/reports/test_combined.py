"""The reports on several states as one document."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from linter.fixes.editable import editable
from linter.fixes.plan import Plan, plan
from linter.reports.combined import combined
from linter.sources.documents import Documents
from linter.sources.json_document import JsonDocument

HERE, THERE = Path("/home/ada/.openclaw"), Path("/home/ada/project/copy/.openclaw")
SCHEMA = json.loads(Path("linter/reports/report.schema.json").read_text())


@pytest.fixture
def both(report):
    """The same findings in two states, in files of the same names; the second state's are indented."""
    documents = Documents()
    for document in report.documents:
        text = document.text if document.cell else f"\n{document.text}"
        documents.add(
            JsonDocument(
                document.id, THERE / document.shown, document.shown, text, "", document.kind, document.cell
            )
        )
    second = report._replace(
        documents=documents,
        roots={"STATEDIR": THERE, "HOME": report.roots["HOME"]},
        states=(THERE,),
        meta={**report.meta, "era": "S"},
    )
    return combined([report, second])


def test_every_finding_keeps_its_place_in_its_own_state(both):
    places = {str(both.documents.place(it.location).path): it.location for it in both.findings}
    assert len(places) == 6
    for state, line in ((HERE, 4), (THERE, 5)):
        location = places[str(state / "agents/main/sessions/sessions.json")]
        assert both.documents.place(location).region.start.line == line


def test_a_fix_changes_the_file_of_its_own_state(both):
    known = editable(both.documents, both.states)
    planned = [plan(fix, known) for finding in both.findings for fix in finding.fixes]
    changed = [it.files[0].document.path for it in planned if isinstance(it, Plan)]
    assert changed == [state / "agents/main/sessions/sessions.json" for state in (HERE, THERE)]


def test_sarif_is_one_run_in_which_each_state_has_its_folder(both, parsed):
    (run,) = parsed(both, "sarif")["runs"]
    bases = run["originalUriBaseIds"]
    assert (bases["STATEDIR"]["uri"], bases["STATEDIR2"]["uri"]) == (
        f"{HERE.as_uri()}/",
        f"{THERE.as_uri()}/",
    )
    assert bases["STATEDIR2"]["description"] == bases["STATEDIR"]["description"]
    changes = [it["fixes"][0]["artifactChanges"][0] for it in run["results"] if "fixes" in it]
    assert [change["artifactLocation"]["uriBaseId"] for change in changes] == ["STATEDIR", "STATEDIR2"]
    lines = [change["replacements"][0]["deletedRegion"]["startLine"] for change in changes]
    assert lines[1] == lines[0] + 1
    assert [state["era"] for state in run["properties"]["states"]] == ["J", "S"]


def test_json_says_what_the_states_have_in_common_and_what_each_is(both, parsed):
    value = parsed(both, "json")
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    assert (value["meta"]["era"], value["meta"]["version"]) == (None, "2026.5.7")
    assert [state["path"] for state in value["meta"]["states"]] == ["~/.openclaw", "copy/.openclaw"]
    assert value["counts"] == {"error": 2, "warning": 2, "note": 2}
    assert len(value["problems"]) == 1


def test_code_quality_tells_the_issues_of_the_states_apart(both, parsed):
    issues = parsed(both, "gitlab")
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 7


def test_other_formats_count_and_list_the_findings_of_all(both, written):
    suite = ET.fromstring(written(both, "junit")).find("testsuite")
    assert (suite.get("failures"), suite.get("skipped"), suite.get("errors")) == ("4", "2", "1")
    assert "Found 2 errors and 2 warnings in 2 states." in written(both, "markdown")
    assert written(both, "github").count("file=copy/.openclaw/") == 2
