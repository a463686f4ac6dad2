"""The JSON report follows its schema and names places without paths of the machine."""

import json
from pathlib import Path

import jsonschema
import pytest

from linter import __version__

SCHEMA = json.loads(Path("linter/reports/report.schema.json").read_text())


@pytest.fixture
def value(parsed, report):
    return parsed(report, "json")


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_reports_follow_the_schema(value, parsed, clean):
    for instance in (value, parsed(clean, "json")):
        jsonschema.Draft202012Validator(SCHEMA).validate(instance)


def test_every_finding_is_there_worst_first(value):
    assert [finding["severity"] for finding in value["findings"]] == ["error", "warning", "note"]
    assert value["counts"] == {"error": 1, "warning": 1, "note": 1}


def test_a_location_in_a_file_has_a_region_and_a_pointer(value):
    assert value["findings"][0]["location"] == {
        "root": "STATEDIR",
        "path": "agents/main/sessions/sessions.json",
        "line": 4,
        "column": 28,
        "endLine": 4,
        "endColumn": 47,
        "pointer": "/agent:main:main/authProfileOverride",
        "table": None,
        "key": None,
        "source": None,
    }


def test_a_location_in_a_database_has_table_and_key(value):
    location = value["findings"][1]["location"]
    assert (location["table"], location["key"], location["line"]) == (
        "session_nodes",
        "agent:main:main",
        None,
    )


def test_a_finding_says_what_its_rule_is_filed_under(value):
    finding = value["findings"][0]
    assert finding["layer"] == "session"
    assert finding["symptoms"] == ["wrong-account", "status-does-not-follow"]
    assert finding["checklist"] == [3, 4]


def test_fixes_are_structural(value):
    (fix,) = value["findings"][0]["fixes"]
    assert [(edit["action"], edit["pointer"]) for edit in fix["edits"]] == [
        ("remove", "/agent:main:main/authProfileOverride"),
        ("remove", "/agent:main:main/authProfileOverrideSource"),
    ]
    assert value["findings"][1]["fixes"][0]["commands"] == [
        "openclaw models auth order get --provider openai --agent main"
    ]


def test_no_absolute_path_is_told(written, report):
    assert "/home/" not in written(report, "json")


def test_a_token_in_any_text_is_masked(written, report, findings):
    secret = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJpbnZlbnRlZCJ9.c2lnbmF0dXJl"
    leaky = findings[0]._replace(message=f"it is {secret}", values={"row": {"access": [secret]}})
    assert secret not in written(report._replace(findings=(leaky,)), "json")


def test_the_report_matches_its_golden(written, report):
    golden = Path("tests/reports/golden/report.json").read_text()
    assert written(report, "json").replace(__version__, "VERSION") == golden
