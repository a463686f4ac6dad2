"""Reports for people at a terminal."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from linter.engine.finding import Location

SECRET = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJpbnZlbnRlZCJ9.c2lnbmF0dXJl"


@pytest.fixture
def text(written):
    return lambda report: written(report, "text")


@pytest.fixture
def one(report, findings):
    """Return a function that makes a report of one finding, changed as asked."""
    return lambda index, **changes: replace(
        report, findings=(replace(findings[index], **changes),), problems=()
    )


def test_the_report_matches_its_golden(text, report):
    golden = Path("tests/reports/golden/report.txt").read_text()
    assert text(replace(report, options=report.options._replace(notes=True))) == golden


def test_a_clean_report_is_one_line(text, clean):
    assert text(clean) == (
        "No problems found in ~/.openclaw (shared database of OpenClaw 2026.8 or later).\n"
    )


def test_notes_are_counted_but_not_shown(text, one):
    assert text(one(0)) == (
        "No problems found in ~/.openclaw (JSON files of OpenClaw up to 2026.5, last written by 2026.5.7). "
        "1 note not shown (--notes).\n"
    )


def test_paths_start_from_the_current_directory_when_inside_it(text, one):
    report = one(2)
    inside = replace(report, options=report.options._replace(cwd=Path("/home/ada/.openclaw/agents")))
    assert " --> main/sessions/sessions.json:4:28\n" in text(inside)
    assert " --> ~/.openclaw/agents/main/sessions/sessions.json:4:28\n" in text(report)


def test_secrets_are_masked_in_source_lines_and_messages(text, one):
    report = one(0, severity="error", message=f"it is {SECRET}")
    assert "eyJ" not in text(report)
    assert '"access": "***"' in text(report)


def test_the_carets_stand_under_the_value(text, one):
    lines = text(one(2)).splitlines()
    source = next(index for index, line in enumerate(lines) if line.startswith("4 |"))
    start = lines[source].index('"openai-codex:gone"')
    assert lines[source + 1] == "  |".ljust(start) + "^" * len('"openai-codex:gone"')


def test_colour_only_paints(text, report):
    painted = text(replace(report, options=report.options._replace(colour=True)))
    assert "\x1b[1;31merror[session-override-exists]\x1b[0m" in painted
    plain = "".join(
        part.partition("m")[2] if index else part for index, part in enumerate(painted.split("\x1b["))
    )
    assert plain == text(report)


def test_text_from_a_state_cannot_steer_the_terminal(text, one):
    shown = text(one(2, message="a\x1b[2J\u202e\nb"))
    assert "a\\u001b[2J\\u202e b" in shown
    assert "\x1b" not in shown


def test_of_many_related_places_only_some_are_shown(text, one):
    store = "agents/main/agent/auth-profiles.json"
    shown = text(one(2, related=tuple(Location(store, "/version", str(number)) for number in range(9))))
    assert shown.count(":::") == 6
    assert "::: and 4 more places\n" in shown


def test_a_related_place_that_is_the_place_itself_is_not_repeated(text, one, findings):
    place = findings[2].location
    assert ":::" not in text(one(2, related=(place._replace(label="this one"),)))


def test_a_source_that_was_not_read_has_a_path_and_a_pointer(text, one):
    shown = text(one(2, location=Location("agents/x/sessions.json", "/k"), related=()))
    assert " --> agents/x/sessions.json  /k\n" in shown


def test_an_early_state_with_the_later_provider_name_is_told_apart(text, clean):
    meta = {"era": "J", "canonical": "openai"}
    assert "JSON files of OpenClaw 2026.6.1 to 2026.6.4" in text(replace(clean, meta=meta))
    assert "unknown version of OpenClaw" in text(replace(clean, meta={"era": "unknown"}))


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


def test_reasons_are_wrapped_and_commands_are_not(text, one, findings):
    (fix,) = findings[1].fixes
    long = replace(fix, reason="why " * 60, commands=("run " * 60,))
    lines = text(one(1, fixes=(long,))).splitlines()
    assert len([line for line in lines if line.strip().startswith("why")]) == 3
    assert len([line for line in lines if line.strip().startswith("run")]) == 1
