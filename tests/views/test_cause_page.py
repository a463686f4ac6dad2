"""A cause of the last run as a page."""

from linter.views.cause_page import cause_page, causes_named

FINDING = {
    "fingerprint": "0123456789abcdef",
    "rule": "session-override-exists",
    "severity": "error",
    "message": "m pins openai:gone",
    "location": {
        "root": "STATEDIR",
        "path": "s.json",
        "table": None,
        "line": 3,
        "column": 4,
        "pointer": "/m",
    },
    "values": {"session": {"pin": "openai:gone"}},
}
CAUSE = {
    "number": 1,
    "kind": "missing-profile",
    "key": "openai:gone",
    "title": "openai:gone is not stored",
    "why": "It was logged out.",
    "findings": [FINDING["fingerprint"], "known to nobody"],
    "fix": {"command": "authlint fix --apply --unsafe", "titles": ["Drop the pin"], "safe": 0, "unsafe": 1},
    "by_hand": [{"title": "Log in", "safety": "advice", "reason": "Why", "commands": ["openclaw login"]}],
}
REPORT = {"roots": {"STATEDIR": "~/.openclaw"}, "findings": [FINDING], "causes": [CAUSE]}


def test_a_cause_is_named_by_its_number_its_kind_or_its_kind_and_key():
    for name in ("1", "missing-profile", "missing-profile:openai:gone"):
        assert causes_named([REPORT], name) == [(REPORT, CAUSE)]
    assert causes_named([REPORT, {"findings": []}], "2") == []


def test_the_page_tells_why_what_it_does_how_it_is_mended_and_what_led_to_it():
    page = cause_page(REPORT, CAUSE)
    parts = ["# 1. openai:gone is not stored", "It was logged out.", "- `01234567` error: m pins openai:gone"]
    parts += [
        "~/.openclaw/s.json:3:4",
        "authlint fix --apply --unsafe",
        "Log in",
        "openclaw login",
        "session.pin",
    ]
    assert [part for part in parts if part.replace("~", r"\~") not in page and part not in page] == []
    assert [page.index(part) for part in ("# 1", "It was", "01234567", "How to mend", "What led")] == sorted(
        page.index(part) for part in ("# 1", "It was", "01234567", "How to mend", "What led")
    )
