"""SARIF that consumers accept: the standard's schema, and what they need beyond it."""

import json
from gzip import compress
from pathlib import Path

import jsonschema
import pytest
import sarif_om

from linter import __version__
from linter.configuration.rule_pack import vocabulary
from linter.engine.finding import Edit, Fix, Location
from linter.engine.rule_file import read_rule
from linter.reports import sarif
from linter.reports.interface import RuleInfo
from linter.reports.make import rule_info
from linter.reports.sarif.serialise import laid_out, plain

STATE = Path("/home/ada/.openclaw")
SCHEMA = json.loads(Path("tests/reports/sarif-2.1.0.schema.json").read_text())


@pytest.fixture
def run(parsed, report):
    return parsed(report, "sarif")["runs"][0]


def test_logs_follow_the_standards_schema(parsed, report, clean):
    for instance in (parsed(report, "sarif"), parsed(clean, "sarif")):
        jsonschema.Draft202012Validator(SCHEMA).validate(instance)


def test_a_clean_run_has_an_empty_list_of_results(parsed, clean):
    run = parsed(clean, "sarif")["runs"][0]
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_every_result_says_its_level_even_where_it_is_the_default(run):
    assert [(it["ruleId"], it["level"], it["kind"]) for it in run["results"]] == [
        ("session-override-exists", "error", "fail"),
        ("session-override-exists", "warning", "fail"),
        ("token-expired", "note", "fail"),
    ]


def test_rule_indices_lead_to_the_rule(run):
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[it["ruleIndex"]]["id"] == it["ruleId"] for it in run["results"])


def test_rules_have_what_code_scanning_shows(run):
    rule = run["tool"]["driver"]["rules"][0]
    assert rule["name"] == "SessionOverrideExists"
    assert rule["shortDescription"] == {"text": "Session pins a profile that its agent cannot see."}
    assert rule["fullDescription"] == {"text": "The pin names a profile that is not there."}
    assert rule["defaultConfiguration"]["level"] == "error"
    assert rule["help"]["markdown"].endswith("See:\n- openclaw#12345")
    assert rule["properties"]["tags"] == ["session", "wrong-account", "status-does-not-follow"]


def test_a_rule_without_a_finding_is_short_and_has_the_help_that_code_scanning_asks_for(parsed, clean):
    for rule in parsed(clean, "sarif")["runs"][0]["tool"]["driver"]["rules"]:
        assert rule["help"]["text"].startswith("Found nothing here.")
        assert "relationships" not in rule


def test_a_location_has_a_region_and_names_its_subject(run):
    (location,) = run["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {
        "uri": "agents/main/sessions/sessions.json",
        "uriBaseId": "STATEDIR",
        "index": 0,
    }
    assert location["physicalLocation"]["region"] == {
        "startLine": 4,
        "startColumn": 28,
        "endLine": 4,
        "endColumn": 47,
        "charOffset": 109,
        "charLength": 19,
    }
    assert location["logicalLocations"] == [
        {
            "name": "agent:main:main",
            "fullyQualifiedName": "agent/main/session/agent:main:main",
            "kind": "session",
        },
        {"fullyQualifiedName": "/agent:main:main/authProfileOverride", "kind": "value"},
    ]


def test_a_place_in_a_database_is_the_file_with_row_and_pointer(run):
    (location,) = run["results"][1]["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 1}
    assert location["logicalLocations"][1] == {
        "name": "agent:main:main",
        "fullyQualifiedName": "session_nodes/agent:main:main/entry_json#/authProfileOverride",
        "kind": "value",
    }


def test_related_locations_say_what_they_show(run):
    (related,) = run["results"][0]["relatedLocations"]
    assert related["message"] == {"text": "the profiles of agent main"}
    assert related["physicalLocation"]["region"]["startLine"] == 3


def test_absolute_paths_stand_only_in_the_base_uris(run):
    bases = run.pop("originalUriBaseIds")
    assert bases["STATEDIR"]["uri"] == "file:///home/ada/.openclaw/"
    assert bases["FOLDER1"]["uri"] == "file:///etc/rules/"
    assert "/home" not in json.dumps(run)
    assert "/etc" not in json.dumps(run)


def test_a_rule_that_failed_is_a_notification(run):
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["associatedRule"] == {"id": "broken-rule"}
    assert notification["locations"][0]["physicalLocation"]["region"] == {"startLine": 4, "startColumn": 7}


def test_taxa_lead_into_the_taxonomies(run):
    taxonomies = run["taxonomies"]
    found = [
        taxonomies[it["toolComponent"]["index"]]["taxa"][it["index"]]["id"]
        for it in run["results"][0]["taxa"]
    ]
    assert found == ["session", "wrong-account", "status-does-not-follow", "3", "4"]


def test_commands_are_in_the_markdown_and_no_fix_is_made_of_them(run):
    result = run["results"][1]
    assert (
        "```sh\nopenclaw models auth order get --provider openai --agent main\n```"
        in (result["message"]["markdown"])
    )
    assert "fixes" not in result


def test_a_fix_that_would_write_a_token_is_left_out(parsed, report, findings):
    token = "rt_" + "invented" * 8
    sessions = "agents/main/sessions/sessions.json"
    written = Edit("set", sessions, "/agent:main:main/x", token)
    copied = Edit("copy", sessions, "/agent:main:main/x", (sessions, "/agent:main:main/authProfileOverride"))
    for edit in (written, copied):
        fix = Fix("Write", "unsafe", edits=(edit,))
        log = parsed(report._replace(findings=(findings[2]._replace(fixes=(fix,)),)), "sarif")
        assert token not in json.dumps(log)
        assert "fixes" not in log["runs"][0]["results"][0]


def test_a_saved_snapshot_needs_no_files(parsed, report, findings):
    place = Location("agents/x/sessions/sessions.json", "/k")
    run = parsed(report._replace(roots={}, findings=(findings[2]._replace(location=place),)), "sarif")[
        "runs"
    ][0]
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uriBaseId"] == "STATEDIR"
    assert location["region"] == {"startLine": 1}
    assert "uri" not in run["originalUriBaseIds"]["STATEDIR"]


def test_more_results_than_code_scanning_accepts_are_cut_with_a_notification(parsed, report, monkeypatch):
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    run = parsed(report._replace(problems=()), "sarif")["runs"][0]
    assert [it["level"] for it in run["results"]] == ["error", "warning"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("Left out: 1 results")


def test_a_report_that_is_too_large_even_compressed_is_halved_until_it_fits(written, report, monkeypatch):
    report = report._replace(problems=())
    monkeypatch.setattr(sarif, "MOST_BYTES", len(compress(written(report, "sarif").encode())) - 1)
    run = json.loads(written(report, "sarif"))["runs"][0]
    assert [it["level"] for it in run["results"]] == ["error"]
    assert "2 results" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_of_too_many_rules_those_with_results_are_kept(parsed, report, monkeypatch):
    monkeypatch.setattr(sarif, "MOST_RULES", 2)
    spare = report._replace(rules={**report.rules, "spare": RuleInfo("spare", "Spare", "", "note")})
    run = parsed(spare, "sarif")["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["session-override-exists", "token-expired"]
    assert all(rules[it["ruleIndex"]]["id"] == it["ruleId"] for it in run["results"])


OWN = """
id: own
title: t
layer: session
severity: note
url: https://example.com/rules/own
tags: [billing, team-a]
for: {session: sessions}
require: {that: session.live}
message: m
examples: {}
"""


def test_the_page_and_the_words_that_a_rule_gives_are_passed_on(parsed, report):
    own = rule_info(read_rule(Path("own.yaml"), OWN, vocabulary(), {}).rule)
    rules = parsed(report._replace(rules={**report.rules, "own": own}), "sarif")["runs"][0]["tool"]["driver"]
    (told,) = (rule for rule in rules["rules"] if rule["id"] == "own")
    assert told["helpUri"] == "https://example.com/rules/own"
    assert told["properties"]["tags"] == ["session", "billing", "team-a"]


def test_no_result_has_more_places_than_code_scanning_accepts(parsed, report, findings):
    place = findings[2].location
    many = findings[2]._replace(related=tuple(place._replace(label=f"place {n}") for n in range(1_200)))
    enough = findings[2]._replace(related=many.related[:999])
    run = parsed(report._replace(findings=(many, enough), problems=()), "sarif")["runs"][0]
    assert [len(it["locations"] + it["relatedLocations"]) for it in run["results"]] == [1_000, 1_000]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["level"] == "warning"
    assert "places of 1 results" in notification["message"]["text"]


def test_a_place_that_is_related_twice_is_named_once(parsed, report, findings):
    twice = findings[2]._replace(related=findings[2].related * 2)
    result = parsed(report._replace(findings=(twice,)), "sarif")["runs"][0]["results"][0]
    assert len(result["relatedLocations"]) == 1


def test_files_in_the_repository_are_named_from_its_root_as_code_scanning_does(parsed, report):
    run = parsed(report._replace(repository=STATE.parent), "sarif")["runs"][0]
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert (location["uriBaseId"], location["uri"]) == (
        "%SRCROOT%",
        ".openclaw/agents/main/sessions/sessions.json",
    )
    assert run["originalUriBaseIds"]["%SRCROOT%"]["uri"] == STATE.parent.as_uri() + "/"


def test_files_outside_of_the_repository_keep_their_roots(parsed, report):
    elsewhere = parsed(report._replace(repository=Path("/srv/checkout")), "sarif")
    assert elsewhere == parsed(report, "sarif")


def test_suppressions_have_the_name_of_the_final_standard():
    suppression = sarif_om.Suppression(kind="external", state="accepted", justification="known")
    assert plain(suppression) == {"kind": "external", "status": "accepted", "justification": "known"}


def test_each_result_and_each_rule_has_a_line(written, parsed, report):
    (run,) = parsed(report, "sarif")["runs"]
    lines = [line.strip().rstrip(",") for line in written(report, "sarif").splitlines()]
    for each in (*run["results"], *run["tool"]["driver"]["rules"]):
        assert json.dumps(each, ensure_ascii=False) in lines


@pytest.mark.parametrize("runs", [[], [{"results": []}], [{"results": [{"a": []}], "artifacts": [{}]}]])
def test_a_log_is_the_same_when_it_is_read_again(runs):
    log = {"version": "2.1.0", "runs": runs, "tool": {"driver": {"rules": [{"id": "a"}, {"id": "b"}]}}}
    assert json.loads(laid_out(log)) == log


def test_the_log_matches_its_golden(written, report):
    golden = Path("tests/reports/golden/report.sarif").read_text()
    assert written(report, "sarif").replace(__version__, "1.2.3") == golden


def test_the_category_is_the_same_on_every_machine(parsed, report):
    elsewhere = report._replace(meta={**report.meta, "host": "0123456789ab"})
    (found,) = parsed(elsewhere, "sarif")["runs"]
    assert found["automationDetails"]["id"] == "authlint/"
