import json
from hashlib import sha256

import pytest

from linter.evidence.run_log import add_run_log
from linter.snapshot.tables import empty_tables


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
