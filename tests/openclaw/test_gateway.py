"""A gateway that holds a state is seen by its lock, and only then."""

import json
import os
from hashlib import sha256

import pytest

from linter.openclaw.gateway import running_gateway
from linter.openclaw.location import locate
from linter.openclaw.process import start_time


@pytest.fixture
def state(tmp_path):
    (tmp_path / ".openclaw").mkdir()
    (tmp_path / ".openclaw/openclaw.json").write_text("{}")
    return locate(tmp_path / ".openclaw", environ={}, home=tmp_path)


def write(folder, name, **value):
    path = folder / "openclaw-1000" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value))
    return path


def seen(state, tmp_path):
    return running_gateway(state, temp_dirs=[tmp_path / "tmp"])


def test_without_a_lock_none_is_seen(state, tmp_path):
    assert seen(state, tmp_path) is None


def test_the_lock_in_the_state_counts(state, tmp_path):
    lock = write(state.state_dir / "tmp", "gateway.state.lock", pid=os.getpid(), createdAt="x")
    assert seen(state, tmp_path) == (os.getpid(), lock)


def test_the_lock_among_temporary_files_counts_for_its_configuration(state, tmp_path):
    config = str(state.config_path)
    lock = write(tmp_path / "tmp", "gateway.0a1b2c3d.lock", pid=os.getpid(), configPath=config)
    assert seen(state, tmp_path) == (os.getpid(), lock)
    write(tmp_path / "tmp", "gateway.0a1b2c3d.lock", pid=os.getpid(), configPath="/other/openclaw.json")
    assert seen(state, tmp_path) is None


@pytest.mark.parametrize("value", [{"pid": 2**22 + 1}, {"pid": 10**30}])
def test_a_lock_of_nobody_does_not_count(state, tmp_path, value):
    write(state.state_dir / "tmp", "gateway.state.lock", **value)
    assert seen(state, tmp_path) is None


@pytest.mark.skipif(start_time(os.getpid()) is None, reason="the system does not tell start times")
def test_a_process_that_got_the_same_id_does_not_count(state, tmp_path):
    started = start_time(os.getpid())
    write(state.state_dir / "tmp", "gateway.state.lock", pid=os.getpid(), startTime=started)
    assert seen(state, tmp_path)
    write(state.state_dir / "tmp", "gateway.state.lock", pid=os.getpid(), startTime=started - 1)
    assert seen(state, tmp_path) is None


@pytest.mark.parametrize(
    "text", ["", "{", '{"pid": "17"}', '{"pid": 17.0}', '{"pid": 0}', "[]", '{"pid": true}']
)
def test_a_lock_that_does_not_tell_its_process_counts_as_one_that_may_run(state, tmp_path, text):
    lock = write(state.state_dir / "tmp", "gateway.state.lock")
    lock.write_text(text)
    assert seen(state, tmp_path) == (None, lock)
    lock.unlink()
    write(tmp_path / "tmp", "gateway.0a1b2c3d.lock").write_text(text)  # of another configuration
    assert seen(state, tmp_path) is None
    own = sha256(str(state.config_path).encode()).hexdigest()[:8]
    lock = write(tmp_path / "tmp", f"gateway.{own}.lock")
    lock.write_text(text)
    assert seen(state, tmp_path) == (None, lock)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_in_the_place_of_a_lock_is_not_waited_for(state, tmp_path):
    lock = state.state_dir / "tmp/openclaw-1000/gateway.state.lock"
    lock.parent.mkdir(parents=True)
    os.mkfifo(lock)
    assert seen(state, tmp_path) == (None, lock)
