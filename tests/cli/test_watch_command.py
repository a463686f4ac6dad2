"""Each pause of the watch is a step of the test: something changes, or Ctrl-C is pressed."""

import os

import pytest

from fixtures import load
from linter.cli import watch_command

NOW = 1_795_305_600_000  # while the recorded chats are live
SESSIONS = "agents/main/sessions/sessions.json"


@pytest.fixture
def state(tmp_path):
    return load.materialise("2026.3.24-clean", tmp_path / "home")


@pytest.fixture
def cache(cache_home):
    return cache_home


@pytest.fixture
def watch(authlint, state, cache, monkeypatch):
    """Return a function that watches the state while steps happen."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))

    def run(*steps, arguments=(state,)):
        left = iter(steps)

        def pause():
            step = next(left, None)
            if step is None:
                raise KeyboardInterrupt
            step()

        monkeypatch.setattr(watch_command, "_pause", pause)
        monkeypatch.setattr(watch_command, "_now", lambda: NOW)
        monkeypatch.setattr(watch_command, "_clock", lambda: "12:00:00")
        return authlint("watch", "--select", "session-override-exists", *arguments)

    return run


def rest():
    pass


def pin(state, profile):
    path = state / SESSIONS

    def step():
        new = path.with_name("new")
        new.write_text(path.read_text().replace("openai-codex:bob@example.com", profile))
        new.replace(path)

    return step


def everything_about(state):
    return {
        path: (found.st_mode, found.st_size, found.st_mtime_ns, found.st_atime_ns, found.st_ino)
        for path in sorted(state.rglob("*"))
        for found in (path.stat(),)
    }


def test_it_lints_shows_the_time_and_ends_with_130_at_ctrl_c(watch):
    result = watch(rest, rest)
    assert result.exit_code == 130
    assert result.stdout.startswith("12:00:00\n")
    assert "No problems found" in result.stdout
    assert result.stdout.count("12:00:00") == 1


def test_a_change_is_linted_and_its_report_shown(watch, state):
    result = watch(rest, rest, pin(state, "openai-codex:gone@example.com"), rest, rest, rest, rest)
    assert result.stdout.count("12:00:00") == 2
    assert "[session-override-exists " in result.stdout.split("12:00:00")[2]


def test_changes_that_mend_themselves_while_it_waits_for_rest_are_not_shown(watch, state):
    there_and_back = (
        pin(state, "openai-codex:gone@example.com"),
        lambda: (state / SESSIONS).write_text(original),
    )
    original = (state / SESSIONS).read_text()
    assert watch(rest, rest, *there_and_back, rest, rest, rest).stdout.count("12:00:00") == 1


def test_files_that_appear_are_seen(watch, state):
    def appear():
        folder = state / "agents/new/sessions"
        folder.mkdir(parents=True)
        entry = '{"sessionId": "0f0e0d0c-1111-4aaa-8aaa-000000000001", "updatedAt": 4102444800000,'
        (folder / "sessions.json").write_text(
            f'{{"agent:new:main": {entry} "authProfileOverride": "openai-codex:gone@example.com"}}}}'
        )

    result = watch(rest, rest, appear, *[rest] * 6)
    assert "agent:new:main" in result.stdout


def test_a_state_that_never_rests_is_linted_nevertheless(watch, state):
    def busy():
        path = state / SESSIONS
        os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000))

    result = watch(rest, rest, pin(state, "openai-codex:gone@example.com"), *[busy] * 30)
    assert "[session-override-exists " in result.stdout


def test_it_leaves_no_trace_in_the_state(watch, state):
    before = everything_about(state)
    watch(*[rest] * 5)
    assert everything_about(state) == before


def test_nothing_to_lint_is_exit_code_3(watch, tmp_path):
    assert watch(rest, arguments=(tmp_path / "absent",)).exit_code == 3


def test_a_choice_of_no_rule_is_wrong_use(watch, state):
    result = watch(rest, arguments=(state, "--select", "no-such-rule"))
    assert result.exit_code == 2
    assert "--select" in result.stderr


def test_findings_that_a_baseline_knows_are_not_shown(watch, authlint, state, tmp_path):
    pin(state, "openai-codex:gone@example.com")()
    known = tmp_path / "known.json"
    authlint("baseline", state, "--now", NOW, "-o", known)
    result = watch(rest, rest, arguments=(state, "--baseline", known))
    assert "No new problems found" in result.stdout
