"""Captures become rows; a file that is none is refused."""

import json
import os
from hashlib import sha256

import pytest

from linter.evidence.read import EvidenceError, add_run_log, read_evidence
from linter.openclaw.location import StateLocation
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import empty_tables
from linter.sources.documents import Documents

NOW = 1_795_305_600_000
USAGE = {
    "surface": "report",
    "session": "agent:main:main",
    "profile": "openai-codex:work",
    "method": "hard-pin",
    "at": "2026-11-22T00:00:00Z",
    "fetched_with": {"profile": "openai-codex:work", "access": "0123456789ABCDEF" * 4, "account": "acct-a"},
    "response": {
        "user_id": "user-1",
        "account_id": "acct-a",
        "email": "ann@example.com",
        "rate_limit": {
            "primary_window": {"used_percent": 12, "limit_window_seconds": 18000, "reset_at": 1795312800},
            "secondary_window": None,
        },
    },
}


@pytest.fixture
def read(tmp_path):
    def run(content):
        path = tmp_path / "evidence.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        os.utime(path, (NOW / 1000, NOW / 1000))
        location = StateLocation(tmp_path, tmp_path, tmp_path, tmp_path, tmp_path, ())
        snapshot = Snapshot({"now": NOW}, empty_tables(), Documents())
        read_evidence(snapshot, location, [path])
        return snapshot.tables

    return run


def test_a_usage_report_says_with_what_it_was_fetched(read):
    (row,) = read({"evidence": 1, "usage": [USAGE]})["usage_evidence"]
    assert (row["for_profile"], row["fetched_profile"], row["method"]) == (
        "openai-codex:work",
        "openai-codex:work",
        "hard-pin",
    )
    assert (row["fetched_fingerprint"], row["header_account"]) == ("0123456789abcdef", "acct-a")
    assert (row["account_id"], row["user_id"], row["fetched_at"]) == ("acct-a", "user-1", NOW)
    assert row["windows"] == [{"seconds": 18000, "used_percent": 12, "reset_at": 1_795_312_800_000}]


def test_a_token_in_place_of_a_fingerprint_stays_out(read):
    usage = USAGE | {"fetched_with": {"access": "rt_invented_secret"}}
    (row,) = read({"evidence": 1, "usage": [usage]})["usage_evidence"]
    assert row["fetched_fingerprint"] is None


def test_a_display_says_what_it_means_to_show(read):
    shown = {"surface": "/status", "semantic": "effective", "profile": "openai-codex:work", "plan": "plus"}
    (row,) = read({"evidence": 1, "display": [shown]})["display_evidence"]
    assert (row["surface"], row["semantic"], row["profile_id"]) == (
        "/status",
        "effective",
        "openai-codex:work",
    )
    assert row["shown_at"] == NOW


def test_words_that_are_not_known_are_left_out(read):
    tables = read({"evidence": 1, "usage": [{"method": "guess"}], "display": [{"semantic": "mood"}, 7]})
    assert tables["usage_evidence"][0]["method"] is None
    assert [row["semantic"] for row in tables["display_evidence"]] == [None]


def test_models_status_lists_profiles_with_their_labels(read):
    profiles = [
        {"profileId": "openai:work", "label": "openai:work (ann@example.com)"},
        {"profileId": "openai:other", "label": "openai:other (Team)"},
        {"profileId": None},
    ]
    status = {"defaultModel": "openai/gpt", "auth": {"oauth": {"profiles": profiles}}}
    rows = read(status)["display_evidence"]
    assert [(row["profile_id"], row["email"]) for row in rows] == [
        ("openai:work", "ann@example.com"),
        ("openai:other", None),
    ]
    assert len({row["surface"] for row in rows}) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "property name"),
        ("[]", "no JSON object"),
        ({"profiles": {}}, "is no evidence"),
        ({"evidence": 2}, "must be 1"),
    ],
)
def test_a_file_that_is_no_evidence_is_refused(read, content, message):
    with pytest.raises(EvidenceError, match=message):
        read(content)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    location = StateLocation(tmp_path, tmp_path, tmp_path, tmp_path, tmp_path, ())
    snapshot = Snapshot({"now": NOW}, empty_tables(), Documents())
    with pytest.raises(EvidenceError, match=r"there is no gone\.json"):
        read_evidence(snapshot, location, [tmp_path / "gone.json"])


@pytest.mark.parametrize("value", [None, 1, "x", [1], [None, {}], {"a": 1}])
def test_values_of_other_types_are_no_rows_and_no_error(read, value):
    tables = read({"evidence": 1, "usage": value, "display": value})
    assert len(tables["usage_evidence"]) == len(tables["display_evidence"]) == (value == [None, {}])
    status = {"defaultModel": "x", "auth": {"oauth": {"profiles": value}}}
    assert read(status)["display_evidence"] == []


def test_a_run_log_is_told_by_its_name(tmp_path):
    path = tmp_path / "openclaw-2026-11-22.log"
    path.write_text('{"1": {"event": "embedded_run_failover_decision", "profileId": "sha256:0"}}\n{"1": ')
    location = StateLocation(tmp_path, tmp_path, tmp_path, tmp_path, tmp_path, ())
    snapshot = Snapshot({"now": NOW}, empty_tables(), Documents())
    read_evidence(snapshot, location, [path])
    (row,) = snapshot.tables["failovers"]
    assert row["profile_mark"] == "sha256:0"
    assert [file["parse"] for file in snapshot.tables["files"]] == ["ok"]
    path.unlink()
    with pytest.raises(EvidenceError, match="there is no"):
        read_evidence(snapshot, location, [path])


def mark(profile):
    return "sha256:" + sha256(profile.encode()).hexdigest()[:12]


def line(profile, when, **fields):
    event = {
        "event": "embedded_run_failover_decision",
        "runId": "run-1",
        "decision": "rotate_profile",
        "failoverReason": "rate_limit",
        "provider": "openai-codex",
        "model": "gpt-5.4",
        "profileId": mark(profile),
        **fields,
    }
    return json.dumps({"0": '{"subsystem":"agent/embedded"}', "1": event, "2": "text", "time": when})


def rows(*lines):
    tables = empty_tables()
    tables["profiles"] = [{"id": "openai-codex:a"}]
    add_run_log(tables, "run.log", "\n".join(lines))
    return tables["failovers"]


def test_a_failover_names_the_profile_by_its_mark():
    (row,) = rows('{"1": "started"}', line("openai-codex:a", "2026-11-21T23:50:09.965+00:00"))
    assert row == {
        "at": {"source": "run.log", "pointer": "/1"},
        "profile": "openai-codex:a",
        "profile_mark": mark("openai-codex:a"),
        "provider": "openai-codex",
        "model": "gpt-5.4",
        "decision": "rotate_profile",
        "reason": "rate_limit",
        "run": "run-1",
        "failed_at": 1795305009965,
    }


def test_the_newest_comes_first_and_an_unknown_profile_keeps_its_mark():
    found = rows(
        line("openai-codex:a", "2026-11-21T10:00:00Z"), line("openai-codex:gone", "2026-11-21T11:00:00Z")
    )
    assert [row["profile"] for row in found] == [None, "openai-codex:a"]
    assert found[0]["profile_mark"] == mark("openai-codex:gone")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "embedded_run_failover_decision",
        '{"1": {"event": "embedded_run_failover_decision"',
        '["embedded_run_failover_decision"]',
        '{"1": {"note": "embedded_run_failover_decision"}}',
    ],
)
def test_other_lines_are_passed_over(text):
    assert rows(text) == []
