import pytest

from linter.engine.finding import RuleProblem, Suppression
from linter.snapshot.tables import empty_tables
from linter.views.checklist import checklist, checklist_text
from linter.views.checklist_grounds import grounds


@pytest.fixture
def linted(lint_state):
    return lint_state("2026.3.24-pin-missing").report


@pytest.fixture
def tables():
    return empty_tables()


def judged(report, ran=None):
    """Return the items, as if every rule had run where nothing else is said."""
    return checklist(report._replace(ran=frozenset(report.rules) if ran is None else frozenset(ran)))


def items(report, tables, ran=None):
    found = judged(report._replace(tables=tables), ran)
    return {item.number: item for item in found.items}


def test_an_item_is_broken_by_the_findings_of_its_rules(linted, tables):
    found = items(linted, tables)
    assert [found[number].verdict for number in (1, 3, 4, 5)] == [
        "holds",
        "broken",
        "broken",
        "cannot be known",
    ]
    broken = {one.fingerprint for one in linted.findings if one.rule == "session-override-exists"}
    assert set(found[3].findings) == broken


def test_notes_and_accepted_findings_break_nothing(linted, tables):
    notes = linted._replace(findings=tuple(one._replace(severity="note") for one in linted.findings))
    assert items(notes, tables)[3].verdict == "holds"
    assert items(notes, tables)[3].notes == 2
    accepted = Suppression("as it should be", None, linted.findings[0].location)
    quiet = linted._replace(findings=tuple(one._replace(suppression=accepted) for one in linted.findings))
    assert items(quiet, tables)[3].verdict == "holds"


def test_an_item_without_a_rule_that_applies_cannot_be_known(linted, tables):
    clean = linted._replace(findings=())
    assert items(clean, tables, ran=set())[2].verdict == "cannot be known"


def test_an_item_with_a_rule_that_failed_cannot_be_known(linted, tables):
    problem = RuleProblem("session-override-exists", "it failed", "x.yaml", 1, 1)
    item = items(linted._replace(findings=(), problems=(problem,)), tables)[3]
    assert item.verdict == "cannot be known"
    assert "session-override-exists failed" in item.grounds.text


@pytest.mark.parametrize(
    ("number", "role"), [(1, "preference"), (2, "store"), (3, "sessions"), (4, "agent-db"), (7, "repo")]
)
@pytest.mark.parametrize(("parse", "known"), [("error", True), ("unstable", True), ("ok", False)])
def test_an_item_whose_files_cannot_be_read_cannot_be_known(tables, number, role, parse, known):
    row = {"path": "some/file", "role": role, "exists": True, "parse": parse, "schema_known": known}
    tables["files"] = [row]
    assert grounds(number, tables).enough is False
    assert "some/file" in grounds(number, tables).text
    tables["files"] = [{**row, "parse": "ok", "schema_known": True}]
    assert grounds(number, tables).enough is True


@pytest.mark.parametrize(
    ("number", "how"), [(5, "openclaw models status --json"), (6, "authlint checklist --evidence")]
)
def test_an_item_that_needs_evidence_says_which(tables, number, how):
    assert grounds(number, tables).enough is False
    assert how in "\n".join(grounds(number, tables).how)
    tables["display_evidence"] = tables["usage_evidence"] = [{}]
    assert grounds(number, tables).enough is True


def session(key, outcome, profile=None):
    return (
        {"agent": "main", "key": key, "live": True, "pin": profile},
        {"agent": "main", "key": key, "outcome": outcome, "profile": profile},
    )


def test_the_next_turn_is_known_for_every_live_session_or_not_at_all(tables):
    told, untold = session("a", "kept", "openai:alice"), session("b", "unknown")
    tables["sessions"], tables["selections"] = [told[0]], [told[1]]
    assert grounds(4, tables).text == "the next turn uses openai:alice (1 live session)"
    assert grounds(3, tables).text == "1 live session, 1 pinned"
    tables["sessions"], tables["selections"] = [told[0], untold[0]], [told[1], untold[1]]
    assert grounds(4, tables) == grounds(4, tables)._replace(enough=False)
    assert "the next turn of b cannot be told" in grounds(4, tables).text


@pytest.mark.parametrize(
    ("number", "name", "row", "text"),
    [
        (1, "preference", {"tool": "skill", "value": "work"}, "selected: skill: work"),
        (
            2,
            "order_summaries",
            {"agent": "main", "provider": "openai", "head": None, "in_use": True},
            "tried first: nobody (agent main, openai)",
        ),
        (7, "slots", {}, "1 slot compared"),
    ],
)
def test_an_item_that_holds_says_from_what_it_was_judged(tables, number, name, row, text):
    tables[name] = [row]
    assert grounds(number, tables).text == text


def test_the_text_shows_a_finding_once_and_names_it_again(linted, tables):
    text = checklist_text(judged(linted._replace(tables=tables)), linted)
    assert text.count("error[session-override-exists]: agent:main:main pins") == 1
    assert "error[session-override-exists]: as under 3" in text
    assert "sessions.json:17:28" in text
    assert "Broken: 3, 4; cannot be known: 5, 6; holds: 1, 2, 7." in text


def test_the_text_of_a_state_without_a_break_ends_with_what_only_people_know(linted, tables):
    clean = linted._replace(findings=(), tables=tables)
    text = checklist_text(judged(clean), clean)
    assert " ".join(text.split()).endswith("only you can say: in `expect:` of authlint.yaml.")
    assert max(map(len, text.splitlines())) <= 100


def test_many_findings_are_cut(linted, tables):
    first = linted.in_order()[0]
    findings = tuple(first._replace(fingerprint=str(number)) for number in range(9))
    many = linted._replace(findings=findings, tables=tables)
    assert "and 4 more" in checklist_text(judged(many), many)
