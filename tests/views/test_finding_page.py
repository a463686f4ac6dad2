import pytest

from linter.views.finding_page import finding_page, findings_like, found_last

FINDING = {
    "rule": "pin-stored",
    "severity": "error",
    "message": "k_1 pins p",
    "location": {
        "root": "STATEDIR",
        "path": "agents/main/sessions.json",
        "line": 3,
        "column": 5,
        "pointer": "/k/pin",
        "table": None,
        "key": None,
    },
    "related": [
        {
            "root": None,
            "path": "~/x.sqlite",
            "line": None,
            "column": None,
            "pointer": "/a",
            "table": "t",
            "key": "r",
            "label": "store",
        }
    ],
    "subject": [{"kind": "agent", "name": "main"}],
    "fixes": [{"title": "Clear", "safety": "unsafe", "commands": ["openclaw x_y"], "reason": "Because."}],
    "fingerprint": "0123456789abcdef0123456789abcdef",
    "values": {
        "session": {"pin": "p", "live": True, "source": None, "tags": ["a", "b"]},
        "login": {"refresh": {"fingerprint": "ff00", "kind": "opaque"}},
    },
}


@pytest.fixture
def report():
    return {
        "meta": {"now": 1795305600000},
        "roots": {"STATEDIR": "~/.openclaw"},
        "findings": [FINDING, {**FINDING, "rule": "other", "fingerprint": "01230000aaaa"}],
    }


@pytest.mark.parametrize(
    "part",
    [
        "**error:** k\\_1 pins p",
        "| at | \\~/.openclaw/agents/main/sessions.json:3:5 |",
        "| store | \\~/x.sqlite t/r /a |",
        "| agent | main |",
        "| seen | 2026-11-22 00:00 UTC |",
        "| session.pin | p |\n| session.live | true |\n| session.source | none |\n| session.tags | a, b |",
        "| login.refresh | opaque ff00 |",
        "## What it means\n\nThe meaning.",
        "**Fix (unsafe):** Clear.\n\nBecause.\n\n```sh\nopenclaw x_y\n```",
    ],
)
def test_a_page_tells_what_led_to_a_finding(report, part):
    assert part in finding_page(report, FINDING, "The meaning.")


def test_findings_are_known_by_the_start_of_their_fingerprint(report):
    assert [one["rule"] for _, one in findings_like([report], "01234567")] == ["pin-stored"]
    assert len(findings_like([report], "0123")) == 2


def test_the_last_findings_of_a_rule_are_listed_with_their_numbers(report):
    section = found_last([report], "pin-stored")
    assert "## Found in the last run (2026-11-22 00:00 UTC)" in section
    assert "- `01234567` k\\_1 pins p" in section
    assert found_last([report], "quiet") == ""


def test_only_a_few_are_listed(report):
    report["findings"] = [FINDING] * 8
    assert "- and 3 more" in found_last([report], "pin-stored")
