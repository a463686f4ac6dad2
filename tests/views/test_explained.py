"""What there is to say of a rule, a kind of cause, a cause and a finding: short, in words, and as JSON."""

import re

import pytest

from docs.generate.rules import load
from linter.views.explained import NothingToExplainError, explained, ways
from linter.views.explained_text import explained_text

RULE = "session-override-exists"
FINDING = {
    "rule": RULE,
    "severity": "error",
    "message": "k_1 pins openai:gone",
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


def report(*more):
    return {
        "meta": {"now": 1795305600000},
        "roots": {"STATEDIR": "~/.openclaw"},
        "findings": [FINDING, *more],
        "causes": [CAUSE],
    }


@pytest.fixture
def page(pack):
    """Return a function that gives the page of a subject after a run that found these."""
    return lambda subject, *last: explained_text(explained(subject, pack, last))


@pytest.mark.parametrize(
    "part",
    [
        f"# {RULE}\n\n**error:** k\\_1 pins openai:gone",
        "| at | \\~/.openclaw/agents/main/sessions.json:3:5 |",
        "| store | \\~/x.sqlite t/r /a |",
        "| agent | main |",
        "| seen | 2026-11-22 00:00 UTC |",
        "| session.pin | p |\n| session.live | true |\n| session.source | none |\n| session.tags | a, b |",
        "| login.refresh | opaque ff00 |",
        "## What it means\n\nThe session says which login",
        "**Fix (unsafe):** Clear\n\nBecause.\n\n```sh\nopenclaw x_y\n```",
    ],
)
def test_a_finding_is_told_with_what_led_to_it(page, part):
    assert part in page("01234567", report())


def test_a_finding_is_mended_before_it_is_explained(page):
    text = page(FINDING["fingerprint"], report())
    places = [
        text.index(f"## {heading}") for heading in ("How to mend", "What it means", "What led", "Where")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ["1", "missing-profile", "missing-profile:openai:gone"])
def test_a_cause_is_told_by_its_number_its_kind_or_its_kind_and_key(page, name):
    text = page(name, report())
    parts = ["# 1. openai:gone is not stored", "It was logged out.", "- `01234567` error: k\\_1 pins"]
    parts += [
        "## How to mend it",
        "authlint fix --apply --unsafe",
        "Log in",
        "openclaw login",
        "### What led to",
    ]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


def test_a_kind_of_cause_that_was_not_found_is_told_with_its_rules(page):
    text = page("missing-profile")
    assert text.startswith("# … is not stored where it is named\n\nIt was logged out")
    assert f"- `{RULE}`" in text


def test_a_rule_is_told_in_short_with_the_names_of_an_example_or_of_what_was_found(page):
    text = page(RULE)
    assert "These names are those of an example." in text
    assert f"`authlint explain {RULE} --all` shows its settings and examples" in text
    found = page(RULE, report({**FINDING, "fingerprint": "ffff"}))
    assert "**Fix (unsafe):** Clear" in found
    assert "example." not in found.partition("## About")[0]
    assert "## Found in the last run (2026-11-22 00:00 UTC)\n\n- `01234567` k\\_1 pins openai:gone" in found


def test_only_a_few_findings_are_listed(page):
    assert "- and 3 more" in page(RULE, report(*[FINDING] * 7))


def test_a_rule_of_the_configuration_is_told_too(page):
    assert "it would hide the next finding" in page("suppression-unused")


@pytest.mark.parametrize(
    ("subject", "why"),
    [
        ("9", "the last run had no cause 9; `authlint lint` numbers them"),
        ("stal-copy", "there is no rule stal-copy; did you mean `stale-copy`?"),
        ("x", "there is no rule x; `authlint rules` lists them all"),
        ("99999999", "the last run found nothing with the fingerprint 99999999"),
        ("01234567", "01234567 stands for several findings: 0123"),
    ],
)
def test_what_cannot_be_explained_says_why(pack, subject, why):
    twin = {**FINDING, "fingerprint": "0123456777"}
    with pytest.raises(NothingToExplainError, match=re.escape(why)):
        explained(subject, pack, [report(twin)])


def test_no_expression_of_the_engine_stands_in_what_people_are_told_to_do():
    pack = load()
    told = [
        (file.rule.id, text)
        for file in pack.files
        for way in ways(file, pack.ready[file.rule.id])
        for text in (way.title, way.reason, *way.commands)
    ]
    assert len(told) > 500
    assert [one for one in told if re.search(r"\{[a-z(@]|&&|\|\||\[\?", one[1])] == []
