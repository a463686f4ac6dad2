"""The page as a whole: what stands on it, in which order, and what it can never hold."""

import json
from html import unescape

import pytest

from fixtures import goldens, load
from linter.engine.finding import Suppression
from linter.reports.combined import combined
from linter.reports.interface import written
from tests.test_sinks import HOSTILE
from tests.views.page.conftest import Parsed

TAGS = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "main",
        "footer",
        "section",
        "article",
        "nav",
    ),
    *(
        "a",
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "ul",
        "ol",
        "li",
        "b",
        "i",
        "small",
        "span",
        "code",
        "pre",
        "details",
    ),
    *("summary", "table", "thead", "tbody", "tr", "th", "td", "div", "svg", "path"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "data-is", "scope", "open"),
    *("style", "aria-hidden", "aria-label", "d", "stroke-width", "viewbox", "preserveaspectratio"),
}


@pytest.fixture
def linted(lint_state):
    return lint_state("2026.3.24-pin-missing").report


@pytest.mark.parametrize("name", [name for name in goldens.names() if "2026.9.6" in name or ".." in name])
def test_every_page_is_whole_small_and_has_nothing_active(name, pack, tmp_path, page):
    report, _ = goldens.look_at(name, tmp_path, pack)
    harmless(page(report))


def harmless(parsed):
    assert {name for name, _ in parsed.elements} <= TAGS
    assert {key for _, attributes in parsed.elements for key in attributes} <= ATTRIBUTES
    ids = [attributes["id"] for _, attributes in parsed.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in parsed.elements:
        if "href" in attributes:
            assert attributes["href"].removeprefix("#") in ids
        assert "url(" not in attributes.get("style", "")
    (style,) = parsed.texts("style")
    assert "url(" not in style
    assert "@import" not in style


def test_it_allows_itself_nothing_but_its_own_style(page, linted):
    content = "default-src 'none'; style-src 'unsafe-inline'"
    policy = {"http-equiv": "Content-Security-Policy", "content": content}
    assert ("meta", policy) in page(linted).elements


def test_the_answer_is_first_then_causes_picture_chats_checklist_and_logins(page, linted):
    parsed = page(linted)
    (answer,) = parsed.texts("h1")
    assert answer.startswith("1 of 3 chats will use another account than it is pinned to: agent:main:main →")
    titles = ["What is wrong, and what to do", "Who answers", "Chat by chat", "Checklist", "Logins"]
    assert parsed.texts("h2") == titles
    assert parsed.texts("nav") == ["".join(titles)]
    assert parsed.texts("when") == ["authlint, as of 2026-11-22 00:00 UTC"]
    assert parsed.texts("counts") == ["1 error1 warning1 note"]


def test_a_cause_has_its_effects_and_commands(page, linted):
    first = page(linted).texts("cause-1")[0]
    assert "openai-codex:ghost@example.com is not stored where it is named" in first
    assert "error agent:main:main is pinned to it" in first
    assert "sessions.json:17:28 session-override-exists" in first
    assert page(linted).texts("pre")[0] == "authlint fix --apply --unsafe"
    assert "authlint undo takes it back" in first


def test_many_effects_and_ways_are_folded_and_the_rest_is_counted(page, linted):
    one = linted.in_order()[0]._replace(fixes=())
    many = tuple(one._replace(fingerprint=str(number)) for number in range(103))
    parsed = page(linted._replace(findings=many))
    assert [len(text.split("session-override-exists")) - 1 for text in parsed.texts("effects")] == [6, 94]
    assert "94 more effects" in parsed.texts("summary")
    assert "And 3 more, which authlint lint -f full shows." in parsed.texts("cause-1")[0]


def test_chats_that_disagree_stand_first_and_the_others_are_folded(page, linted):
    disagreeing, agreeing = page(linted).texts("tbody")
    assert disagreeing.startswith("agent:main:mainalice@example.comopenai-codex:alice@example.com (replaced)")
    assert "= sameagent≠ openai" in disagreeing
    assert "≠ openai-codex:ghost@example.comuser" in disagreeing
    assert agreeing.startswith("agent:work:maincarol@example.com")
    assert "≠" not in agreeing
    (head, _) = page(linted).texts("thead")
    assert head == "chatanswers nextorderpinlast good"


def test_the_checklist_names_the_causes_and_what_the_rest_was_judged_from(page, linted):
    (text,) = page(linted).texts("checklist")
    assert "brokenThe session override is as expected cause 1" in text
    assert "holdsThe stored preference or helper selection is as expected no stored preference" in text
    assert "authlint checklist --evidence status.json" in text


def test_logins_tell_expiry_block_and_what_is_missing(page, lint_state):
    parsed = page(lint_state("2026.9.6-runtime-ghosts").report)
    facts = [(attributes.get("class"), text) for name, attributes, text in parsed.found if name == "li"]
    assert (None, "expires in 9 d") in facts
    assert ("error", "blocked until 2026-11-22 01:00 UTC") in facts
    missing = page(lint_state("2026.3.24-pin-missing").report).texts("missing")
    assert missing == [
        "Named, but not storedopenai-codex:ghost@example.compinned by agent:main:main and 1 other"
    ]


def test_a_broken_login_is_marked_and_an_expired_one_less(page, lint_state):
    broken = page(lint_state("2026.9.6-broken-entries").report)
    assert [text for name, one, text in broken.found if name == "li" and one.get("class") == "error"][1:] == [
        "cannot be used"
    ] * 3
    expired = page(lint_state("2026.3.24-expired-token").report)
    assert any(text.startswith("expired ") for text in expired.texts("warning"))


def test_what_could_not_be_read_stands_at_the_top(page, lint_state):
    parsed = page(lint_state("2026.3.24-store-cut").report)
    (line,) = parsed.texts("unread")
    assert "auth-profiles.json cannot be read" in line
    assert parsed.texts("h2")[0] == "What is wrong, and what to do"


def test_a_clean_state_says_so_and_shows_who_answers(page, lint_state):
    report = lint_state("2026.9.6-clean").report
    parsed = page(report._replace(findings=()))
    assert parsed.texts("h1") == ["Every chat uses the account that it is meant to use."]
    assert parsed.texts("h2")[0] == "Who answers"


def test_accepted_findings_are_no_causes(page, linted):
    accepted = Suppression("as it should be", None, linted.findings[0].location)
    quiet = linted._replace(findings=tuple(one._replace(suppression=accepted) for one in linted.findings))
    assert page(quiet).texts("article")[0].startswith("alice@example.com")


def test_it_ends_with_the_command_and_the_version(page, linted):
    (footer,) = page(linted).texts("footer")
    assert footer.startswith("Made by authlint 0.1.0")
    assert "authlint lint .openclaw -f html=authlint.html" in footer


def test_several_states_share_a_page_and_are_told_apart(page, lint_state):
    one, other = (lint_state(name).report for name in ("2026.3.24-pin-missing", "2026.9.6-clean"))
    parsed = page(combined([one, other]))
    harmless(parsed)
    assert parsed.texts("h2")[1:5] == [
        f"{title} in .openclaw" for title in ("Who answers", "Chat by chat", "Checklist", "Logins")
    ]
    assert len(parsed.texts("picture")) == 2


def test_forty_chats_take_less_than_100_kb(authlint, tmp_path):
    state = load.materialise("2026.3.24-pin-missing", tmp_path / "home")
    path = state / "agents/main/sessions/sessions.json"
    sessions = json.loads(path.read_text())
    pinned = sessions["agent:main:main"]
    sessions |= {
        f"agent:main:telegram:direct:{number}": {**pinned, "sessionId": f"s{number}"} for number in range(40)
    }
    path.write_text(json.dumps(sessions, indent=2))
    text = authlint("lint", state, "--now", "1795305600000", "-f", "html").stdout
    assert text.count("telegram:direct:39") >= 2
    assert len(text.encode()) < 100_000


def hostile(state):
    for path in state.rglob("*.json"):
        text = path.read_text()
        for name in ("ghost@example.com", "bob@example.com", "telegram:direct:42", "2026.3.24"):
            text = text.replace(name, json.dumps(f"{name} {HOSTILE}")[1:-1])
        path.write_text(text)
    return state


@pytest.mark.parametrize("way", [(), ("--pseudonymise",)])
def test_hostile_names_are_shown_and_do_nothing(authlint, tmp_path, way):
    state = hostile(load.materialise("2026.3.24-pin-missing", tmp_path / "<b>home</b>"))
    text = authlint("lint", state, "--notes", "-f", "html", "--now", "1795305600000", *way).stdout
    harmless(Parsed(text))
    assert "<img src=x onerror=y>" in unescape(text)
    assert "<img" not in text


def test_other_names_stand_in_place_of_people_and_chats(authlint, tmp_path):
    state = load.materialise("2026.3.24-pin-missing", tmp_path / "home")
    arguments = ("lint", state, "--notes", "--now", "1795305600000", "-f", "html", "--pseudonymise")
    text = authlint(*arguments).stdout
    for name in ("alice", "bob@", "carol", "ghost", "direct:42", "11111111-aaaa"):
        assert name not in text.replace(str(tmp_path), "")
    parsed = Parsed(text)
    assert "user-" in parsed.texts("h1")[0]
    assert "Names of people and chats are replaced." in parsed.texts("footer")[0]
    assert parsed.texts("footer")[0].count("--pseudonymise") == 1
    assert authlint(*arguments).stdout == text


def test_only_the_page_takes_other_names(authlint, tmp_path):
    state = load.materialise("2026.3.24-clean", tmp_path / "home")
    refused = authlint("lint", state, "-f", "json", "--pseudonymise")
    assert refused.exit_code == 2
    assert "authlint snapshot --pseudonymise" in refused.stderr


def test_a_program_gets_it_too(linted):
    assert written(linted, "html").startswith("<!doctype html>")
