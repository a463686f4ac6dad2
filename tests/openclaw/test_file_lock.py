"""OpenClaw's file lock: respected while somebody writes, taken over as OpenClaw itself would."""

import json
import os
import subprocess
import sys

import pytest

from linter.openclaw.file_lock import LockHeldError, locked

LATER, LONG_AGO = "2099-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"


def content(pid, created):
    return json.dumps({"pid": pid, "createdAt": created})


@pytest.fixture
def dead():
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "store.json"
    path.write_text("{}")
    return path


def lock_of(path):
    return path.with_name(path.name + ".lock")


def test_the_lock_is_there_while_it_is_held_and_says_whose_it_is(file):
    with locked([file]):
        value = json.loads(lock_of(file).read_text())
        assert value["pid"] == os.getpid()
        assert value["createdAt"].endswith("Z")
        assert lock_of(file).stat().st_mode & 0o077 == 0
    assert not lock_of(file).exists()


def test_a_lock_that_is_held_is_respected_and_stays(file):
    lock_of(file).write_text(content(os.getpid(), LATER))
    with pytest.raises(LockHeldError, match=r"store\.json\.lock"), locked([file], attempts=1):
        pytest.fail("it is held")
    assert lock_of(file).read_text() == content(os.getpid(), LATER)


def test_the_others_are_released_when_one_is_held(file, tmp_path):
    lock_of(file).write_text(content(os.getpid(), LATER))
    other = tmp_path / "a.json"
    with pytest.raises(LockHeldError), locked([other, file], attempts=1):
        pytest.fail("it is held")
    assert not lock_of(other).exists()


def test_a_lock_of_a_process_that_is_gone_is_taken_over(file, dead):
    lock_of(file).write_text(content(dead, LATER))
    with locked([file], attempts=1):
        assert json.loads(lock_of(file).read_text())["pid"] == os.getpid()


@pytest.mark.parametrize(
    "text",
    [content(1, LONG_AGO), content(1, "no time"), "", "[1]", "{", '{"pid": true}', "[" * 100_000],
)
def test_an_old_lock_is_taken_over_whatever_it_says(file, text):
    lock_of(file).write_text(text)
    os.utime(lock_of(file), (0, 0))
    with locked([file], attempts=1):
        assert json.loads(lock_of(file).read_text())["pid"] == os.getpid()


def test_a_new_lock_that_says_nothing_is_respected(file):
    lock_of(file).write_text("")
    with pytest.raises(LockHeldError), locked([file], attempts=1):
        pytest.fail("it is held")


def test_behind_a_link_both_names_are_locked(file, tmp_path):
    folder = tmp_path / "linked"
    folder.mkdir()
    link = folder / "auth-profiles.json"
    link.symlink_to(file)
    with locked([link]):
        assert lock_of(link).exists()
        assert lock_of(file).exists()
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["auth-profiles.json", "linked", "store.json"]


def test_an_empty_lock_that_a_kill_has_left_is_taken_over_within_a_second(file):
    lock_of(file).write_text("")
    with locked([file]):
        assert json.loads(lock_of(file).read_text())["pid"] == os.getpid()
    assert not lock_of(file).exists()


def test_an_empty_lock_that_was_made_right_now_is_respected(file):
    lock_of(file).write_text("")
    with pytest.raises(LockHeldError), locked([file], attempts=2):
        pytest.fail("its process is about to write into it")
    assert lock_of(file).read_text() == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_in_the_place_of_a_lock_is_not_waited_for(file):
    os.mkfifo(lock_of(file))
    with pytest.raises(LockHeldError), locked([file], attempts=1):
        pytest.fail("it is no lock that anybody can take over")
