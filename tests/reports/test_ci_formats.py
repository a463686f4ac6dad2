"""Formats for CI services: goldens, and what each service needs to read them."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

GOLDEN = Path("tests/reports/golden")


@pytest.mark.parametrize(
    ("name", "golden"),
    [
        ("github", "report.github.txt"),
        ("gitlab", "report.gitlab.json"),
        ("junit", "report.junit.xml"),
        ("markdown", "report.md"),
    ],
)
def test_the_report_matches_its_golden(written, report, name, golden):
    assert written(report, name) == (GOLDEN / golden).read_text()


def test_a_workflow_command_stays_on_one_line(written, report, findings):
    odd = findings[0]._replace(severity="error", message="100%\nof a::b")
    lines = written(report._replace(findings=(odd,), problems=()), "github").splitlines()
    assert lines == [
        (
            "::error file=~/.openclaw/agents/main/agent/auth-profiles.json,line=4,endLine=4,col=83,"
            "endColumn=142,title=authlint%3A token-expired::100%25 of a: :b"
        )
    ]


def test_notes_are_annotations_only_on_request(written, report):
    assert "::notice" not in written(report, "github")
    assert "::notice" in written(report._replace(options=report.options._replace(notes=True)), "github")


def test_code_quality_issues_have_what_gitlab_asks_for(written, report):
    issues = json.loads(written(report._replace(repository=Path("/home/ada")), "gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["lines"]["begin"] >= 1
    assert [issue["location"]["path"] for issue in issues][:3] == [
        ".openclaw/agents/main/sessions/sessions.json",
        ".openclaw/agents/main/agent/openclaw-agent.sqlite",
        ".openclaw/agents/main/agent/auth-profiles.json",
    ]


def test_code_quality_has_every_finding_and_an_array_when_there_is_none(written, report, clean):
    assert len(json.loads(written(report, "gitlab"))) == 4
    assert json.loads(written(clean, "gitlab")) == []


def test_junit_counts_its_cases(written, report):
    suite = ET.fromstring(written(report, "junit")).find("testsuite")
    found = {name: len(suite.findall(f"testcase/{name}")) for name in ("failure", "error", "skipped")}
    assert found == {"failure": 2, "error": 1, "skipped": 1}
    assert suite.get("tests") == str(len(suite.findall("testcase")))
    assert (suite.get("failures"), suite.get("errors"), suite.get("skipped")) == ("2", "1", "1")


def test_junit_has_only_what_the_schema_of_jenkins_knows(written, report):
    totals = {"name", "tests", "failures", "errors"}
    known = {
        "testsuites": totals,
        "testsuite": {*totals, "skipped"},
        "testcase": {"name", "classname"},
        **{name: {"message", "type"} for name in ("failure", "error", "skipped")},
    }
    for element in ET.fromstring(written(report, "junit")).iter():
        assert set(element.attrib) == known[element.tag]


def test_junit_stays_xml_whatever_a_state_holds(written, report, findings):
    odd = findings[0]._replace(message='\x00\x1b[31m <&"> \ud800')
    text = written(report._replace(findings=(odd,)), "junit")
    assert "\\u001b[31m <&" in ET.fromstring(text.encode()).find(".//skipped").get("message")


def test_markdown_shows_text_as_it_is(written, report, findings):
    odd = "a|b <img src=x> *c*"
    fixes = tuple(fix._replace(title=odd) for fix in findings[1].fixes)
    odd = findings[1]._replace(message=odd, fixes=fixes)
    text = written(report._replace(findings=(odd,)), "markdown")
    assert r"a\|b \<img src=x\> \*c\*" in text
    assert "<summary>a|b &lt;img src=x&gt; *c*</summary>" in text


def test_a_fence_is_longer_than_any_run_of_backticks_in_a_command(written, report, findings):
    (fix,) = findings[1].fixes
    odd = findings[1]._replace(fixes=(fix._replace(commands=("echo '```'",)),))
    assert "````sh\necho '```'\n````" in written(report._replace(findings=(odd,)), "markdown")


def test_paths_start_from_the_repository_wherever_in_it_authlint_runs(written, report):
    inside = report._replace(repository=Path("/home/ada"), problems=())
    assert json.loads(written(inside, "gitlab"))[0]["location"]["path"].startswith(".openclaw/agents/")
    assert "file=.openclaw/agents/" in written(inside, "github")
    assert " at .openclaw/agents/" in written(inside, "junit")
    assert "| .openclaw/agents/" in written(inside, "markdown")
