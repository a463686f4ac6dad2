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


@pytest.fixture
def upgraded(authlint, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "500")

    def run(name, version="2026.9.6"):
        state = load.materialise(name, tmp_path / name)
        return authlint("preview", state, "--now", NOW, "--upgrade", version)

    return run


def test_an_upgrade_that_renames_all_there_is_moves_nobody(upgraded):
    run = upgraded("2026.5.7-clean")
    assert (
        run.exit_code,
        "None of 3 sessions would change account. Findings: 0 would appear" in run.stdout,
    ) == (0, True)


def test_an_upgrade_that_loses_pins_says_who_would_answer_then(upgraded):
    run = upgraded("2026.3.24-same-account-twice")
    assert run.exit_code == 1
    assert "openai-codex:bob@example.com\n    -> openai:alice@example.com\n" in run.stdout
    assert (
        "error[session-override-namespace]: agent:main:main pins openai-codex:bob@example.com" in run.stdout
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("2026.6.6-clean", "stops at its first run, and comes to its end at the second"),
        ("2026.3.24-expired-token", "gives them up without one: openai-codex:alice@example.com"),
    ],
)
def test_what_to_know_before_an_upgrade_is_said(name, told, upgraded):
    assert told in " ".join(upgraded(name).stdout.split())
    assert "Before you do it" not in upgraded("2026.5.7-clean").stdout


def test_another_version_than_the_newest_is_refused_with_what_to_do(upgraded):
    run = upgraded("2026.5.7-clean", "2026.8.2")
    assert (run.exit_code, "go to 2026.9.6" in run.stderr) == (3, True)


def test_a_running_gateway_puts_an_upgrade_off(upgraded, monkeypatch):
    monkeypatch.setattr("linter.usecases.preview.running_gateway", lambda _: object())
    run = upgraded("2026.5.7-clean")
    assert (run.exit_code, "stop it first" in run.stderr) == (3, True)
