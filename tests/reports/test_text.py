"""Reports for people at a terminal."""

import subprocess
import sys
from pathlib import Path

import pytest

from linter.engine.finding import Cause, Location
from linter.engine.rule import CauseKind
from linter.reports.verdict import OffChat, Verdict

SECRET = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJpbnZlbnRlZCJ9.c2lnbmF0dXJl"


PLACE = 2  # an arrow and a path


@pytest.fixture
def text(written):
    return lambda report: written(report, "text")


@pytest.fixture
def full(written):
    return lambda report: written(report, "full")


@pytest.fixture
def one(report, findings):
    """Return a function that makes a report of one finding, changed as asked."""
    return lambda index, **changes: report._replace(
        findings=(findings[index]._replace(**changes),), problems=()
    )


def test_the_report_matches_its_golden(text, report):
    golden = Path("tests/reports/golden/report.txt").read_text()
    assert text(report._replace(options=report.options._replace(notes=True))) == golden


def test_a_clean_report_is_one_line(text, clean):
    assert text(clean) == (
        "No problems found in ~/.openclaw (shared database of OpenClaw 2026.8 or later).\n"
    )


def test_notes_are_counted_but_not_shown(text, one):
    assert text(one(0)) == (
        "No problems found in ~/.openclaw (JSON files of OpenClaw up to 2026.5, last\n"
        "written by 2026.5.7). 1 note not shown (--notes).\n"
    )


def test_paths_start_from_the_current_directory_when_inside_it(full, one):
    report = one(2)
    inside = report._replace(options=report.options._replace(cwd=Path("/home/ada/.openclaw/agents")))
    assert " --> main/sessions/sessions.json:4:28\n" in full(inside)
    assert " --> ~/.openclaw/agents/main/sessions/sessions.json:4:28\n" in full(report)


def test_secrets_are_masked_in_source_lines_and_messages(full, one):
    report = one(0, severity="error", message=f"it is {SECRET}")
    assert "eyJ" not in full(report)
    assert '"access": "***"' in full(report)


def test_the_carets_stand_under_the_value(full, one):
    lines = full(one(2)).splitlines()
    source = next(index for index, line in enumerate(lines) if line.startswith("4 |"))
    start = lines[source].index('"openai-codex:gone"')
    assert lines[source + 1] == "  |".ljust(start) + "^" * len('"openai-codex:gone"')


def test_colour_only_paints(full, report):
    painted = full(report._replace(options=report.options._replace(colour=True)))
    assert "\x1b[1;31merror[session-override-exists]\x1b[0m" in painted
    plain = "".join(
        part.partition("m")[2] if index else part for index, part in enumerate(painted.split("\x1b["))
    )
    assert plain == full(report)


def test_text_from_a_state_cannot_steer_the_terminal(text, full, one):
    bad = "a\x1b[2J\u202e\nb"
    report = one(2, message=bad, effect=bad, cause=Cause("lost", bad))
    kinds = {"lost": CauseKind([{"ast": ["field", "key"], "text": "key"}], "wrong-account", ["session"], "")}
    for shown in (full(report), text(report._replace(kinds=kinds))):
        assert "a\\u001b[2J\\u202e b" in shown
        assert "\x1b" not in shown


def test_of_many_related_places_only_some_are_shown(full, one):
    store = "agents/main/agent/auth-profiles.json"
    shown = full(one(2, related=tuple(Location(store, "/version", str(number)) for number in range(9))))
    assert shown.count(":::") == 6
    assert "::: and 4 more places\n" in shown


def test_a_related_place_that_is_the_place_itself_is_not_repeated(full, one, findings):
    place = findings[2].location
    assert ":::" not in full(one(2, related=(place._replace(label="this one"),)))


def test_a_source_that_was_not_read_has_a_path_and_a_pointer(full, one):
    shown = full(one(2, location=Location("agents/x/sessions.json", "/k"), related=()))
    assert " --> agents/x/sessions.json  /k\n" in shown


def test_an_early_state_with_the_later_provider_name_is_told_apart(text, clean):
    meta = {"era": "J", "canonical": "openai"}
    assert "JSON files of OpenClaw 2026.6.1 to 2026.6.4" in text(clean._replace(meta=meta))
    assert "unknown version of OpenClaw" in text(clean._replace(meta={"era": "unknown"}))


def test_a_clean_report_loads_nothing_but_its_own_modules():
    code = (
        "import sys, io\n"
        "from linter.reports.interface import Report, format_named\n"
        "from linter.sources.documents import Documents\n"
        "format_named('text').write(Report((), Documents(), {}, {}, {}), io.StringIO())\n"
        "heavy = {'linter.sources.excerpt', 'linter.snapshot.redact', 'sarif_om', 'difflib'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("width", [50, 80, 100, 160])
@pytest.mark.parametrize("name", ["text", "full"])
def test_only_a_word_that_cannot_be_broken_is_wider(written, one, findings, width, name):
    (fix,) = findings[1].fixes
    long = fix._replace(title="way " * 40, reason="why " * 60, commands=("run --to " * 60,))
    report = one(1, fixes=(long,), message="what " * 60, effect="so " * 80)
    report = report._replace(options=report.options._replace(width=width))
    lines = written(report, name).splitlines()
    assert [line for line in lines if len(line) > width and len(line.split()) > PLACE] == []
    assert sum(line.endswith(" \\") for line in lines) >= 60 * 9 // width - 1


def test_the_first_line_names_the_chats_that_lose_their_account(text, report):
    off = OffChat(
        "main", "agent:main:main", "pinned", "openai:b", "bob@example.com", "openai:a", "al@example.com"
    )
    found = Verdict(3, (off, off._replace(key="other")), failing=("third",))
    lines = text(report._replace(verdict=found, options=report.options._replace(width=120))).splitlines()
    assert lines[0] == (
        "2 of 3 chats will use another account than they are pinned to: agent:main:main → al@example.com "
        "instead of"
    )
    assert lines[1] == "bob@example.com, and 1 more. 1 of 3 chats cannot answer: third."


def test_a_clean_report_answers_the_question_first(text, clean):
    assert text(clean._replace(verdict=Verdict(3))).startswith(
        "Every chat uses the account that it is meant to use.\n"
    )
    assert text(clean._replace(verdict=Verdict(0))).startswith("No problems")


def test_one_cause_is_told_once_with_its_effects_and_one_remedy(text, report, findings):
    cause = Cause("lost", "openai:gone")
    same = tuple(
        one._replace(cause=cause, effect=f"effect {number}") for number, one in enumerate(findings[1:])
    )
    kinds = {"lost": CauseKind(["It is lost"], "wrong-account", ["session"], "Because.")}
    shown = text(report._replace(findings=(findings[0], *same), kinds=kinds, problems=()))
    head, *rest = [line for line in shown.splitlines() if line]
    assert head.split("  ")[0] == "1"
    assert head.endswith("1 error, 1 warning")
    assert "It is lost" in head
    assert rest[0].strip() == "Because."
    assert [line.split()[:3] for line in rest if " effect " in line] == [
        ["error", "effect", "1"],
        ["warning", "effect", "0"],
    ]
    assert shown.count("Do: ") == 1
    assert "   Do: authlint fix --apply --unsafe\n" in shown
    assert "`authlint fix --apply --unsafe` makes 1 fix" in shown
    assert shown.endswith("`authlint explain 1` tells what led to it.\n")


def test_of_many_effects_the_rest_is_counted(text, report, findings):
    many = tuple(findings[1]._replace(fingerprint=f"{number:032}") for number in range(40))
    shown = text(report._replace(findings=many, problems=()))
    assert "and 37 more (-f full)" in shown
    assert shown.count("[session-override-exists") == 3


def test_the_worst_cause_comes_first_then_the_one_that_hurts_most(text, report, findings):
    def found(key, *severities):
        return [
            findings[1]._replace(cause=Cause("k", key), severity=one, fixes=(), effect=key)
            for one in severities
        ]

    all_found = [
        *found("few", "warning"),
        *found("many", "warning", "warning", "note"),
        *found("bad", "error"),
        *found("note", "note"),
    ]
    shown = text(report._replace(findings=tuple(all_found), problems=()))
    assert [shown.index(name) for name in ("bad", "many", "few")] == sorted(
        shown.index(name) for name in ("bad", "many", "few")
    )
    assert "3 causes. Found" in shown
