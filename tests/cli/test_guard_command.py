"""The command runs if and only if the lint passes. It replaces the process, so all tests start one."""

import subprocess
import sys

import pytest

from fixtures import load

NOW = "2026-11-22T00:00:00Z"


@pytest.fixture
def guard(own_environment):
    def run(*arguments):
        words = [sys.executable, "-m", "linter", "guard", *map(str, arguments)]
        return subprocess.run(words, capture_output=True, text=True, env=own_environment, check=False)

    return run


@pytest.fixture
def state(tmp_path):
    return load.materialise("2026.3.24-pin-missing", tmp_path / "home")


@pytest.fixture
def clean(tmp_path):
    return load.materialise("2026.3.24-clean", tmp_path / "home")


def test_a_clean_state_lets_the_command_run_and_adds_a_line_on_stderr(guard, clean):
    done = guard(clean, "--now", NOW, "--", "sh", "-c", "echo ran $1; exit 7", "sh", "--help")
    assert (done.stdout, done.stderr, done.returncode) == ("ran --help\n", "authlint: passed\n", 7)


def test_findings_stop_it_and_are_told_on_stderr(guard, state, tmp_path):
    done = guard(state, "--now", NOW, "--", "touch", tmp_path / "ran")
    assert not (tmp_path / "ran").exists()
    assert (done.stdout, done.returncode) == ("", 1)
    assert "[session-override-exists " in done.stderr
    assert done.stderr.endswith(f"authlint: not run: touch {tmp_path / 'ran'}\n")


def test_fail_on_says_what_stops_it(guard, state):
    words = state, "--now", NOW, "--fail-on", "never"
    done = guard(*words, "--", "echo", "ran")
    assert done.stdout == "ran\n"
    assert done.stderr == "authlint: passed with 1 error, 1 warning; see `authlint lint`\n"
    assert guard(*words, "-q", "--", "echo", "ran").stderr == ""


def test_a_service_manager_can_be_told_not_to_try_again(guard, state, tmp_path):
    done = guard(
        state, "--now", NOW, "--exit-code", "78", "--fail-on", "error", "--", "touch", tmp_path / "ran"
    )
    assert not (tmp_path / "ran").exists()
    assert (done.stdout, done.returncode) == ("", 78)
    assert "1 of 3 chats will use another account" in done.stderr
    assert guard(tmp_path / "absent", "--exit-code", "78", "--", "true").returncode == 78


def test_the_exit_code_of_a_command_that_ran_is_its_own(guard, clean):
    assert guard(clean, "--now", NOW, "--exit-code", "78", "--", "sh", "-c", "exit 7").returncode == 7


def test_a_command_that_runs_is_the_process_that_was_started(own_environment, clean):
    words = [sys.executable, "-m", "linter", "guard", str(clean), "--now", NOW, "--exit-code", "78", "--"]
    program = "trap 'echo stopped; exit 3' TERM; echo $$; while :; do sleep 0.1; done"
    started = subprocess.Popen(
        [*words, "sh", "-c", program], stdout=subprocess.PIPE, text=True, env=own_environment
    )
    assert int(started.stdout.readline()) == started.pid
    started.terminate()
    assert started.communicate(timeout=20)[0] == "stopped\n"
    assert started.returncode == 3


def test_where_there_is_nothing_to_lint_it_does_not_run(guard, tmp_path):
    done = guard(tmp_path / "absent", "--", "echo", "ran")
    assert (done.stdout, done.returncode) == ("", 3)


def test_the_command_gets_its_signals_as_if_it_were_started_alone(guard, clean):
    done = guard(clean, "--now", NOW, "--", "sh", "-c", "kill -PIPE $$; echo survived")
    assert (done.stdout, done.returncode) == ("", -13)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--"], 2, "name a command"),
        ([], 2, "name a command"),
        (["--", "no-such-command"], 127, "there is no command no-such-command"),
        (["--", "/"], 126, "cannot run /"),
    ],
)
def test_what_cannot_be_run_is_said(guard, clean, words, code, said):
    done = guard(clean, "--now", NOW, *words)
    assert done.returncode == code
    assert said in done.stderr


def test_its_help_shows_the_options_of_the_lint(guard):
    shown = guard("--help").stdout
    assert "-- COMMAND..." in shown
    assert "--fail-on" in shown


def test_known_findings_stop_nothing(guard, own_environment, state, tmp_path):
    known = str(tmp_path / "known.json")
    words = [sys.executable, "-m", "linter", "baseline", str(state), "--now", NOW, "-o", known]
    subprocess.run(words, check=True, env=own_environment, capture_output=True)
    assert guard(state, "--now", NOW, "--baseline", known, "--", "true").returncode == 0
