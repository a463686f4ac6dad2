import json

import pytest

from fixtures import load

NOW = "2026-11-22T00:00:00Z"
ALICE, BOB = "openai:alice@example.com", "openai:bob@example.com"


@pytest.fixture
def preview(authlint, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    state = load.materialise("2026.9.6-clean", tmp_path / "home")
    return lambda *arguments: authlint("preview", state, "--now", NOW, *arguments)


def test_nothing_done_moves_nobody(preview):
    run = preview()
    assert (run.exit_code, "None of 3 sessions would change account" in run.stdout) == (0, True)


def test_a_switch_is_told_with_both_logins_and_exits_with_1(preview):
    run = preview("--pin", f"agent:main:main={ALICE}")
    assert run.exit_code == 1
    assert f"       {BOB}\n    -> {ALICE}\n" in run.stdout
    assert "1 of 3 sessions would change account" in run.stdout
    assert max(map(len, run.stdout.splitlines())) <= 80


def test_steps_count_in_the_order_in_which_they_are_given(preview):
    first = preview("--pin", f"agent:main:main={ALICE}", "--pin", f"agent:main:main={BOB}")
    assert first.exit_code == 0
    last = preview("--logout", BOB, "--pin", f"agent:main:main={BOB}")
    assert last.exit_code == 3
    assert "this cannot be predicted: agent main has no login" in last.stderr
    assert preview("--pin", f"agent:main:main={BOB}", "--logout", BOB).exit_code == 1


def test_json_has_switches_and_findings(preview):
    found = json.loads(preview("--logout", BOB, "-f", "json").stdout)
    assert found["switches"][0]["after"]["outcome"] == "unrunnable"
    assert found["diff"]["appeared"]["findings"][0]["rule"] == "session-override-exists"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--pin", "nobody"), "SESSION=ID"),
        (("--order-set", "openai"), "PROVIDER=ID,ID"),
        (("--at", "+soon"), "no time such as +2h"),
    ],
)
def test_wrong_use_says_what_is_wanted(preview, arguments, told):
    run = preview(*arguments)
    assert run.exit_code == 2
    assert told in " ".join(run.stderr.split())
