"""Files change together or not at all, wherever the process ends."""

import os
import stat
import struct
from hashlib import sha256

import pytest

from linter.fixes import transaction
from linter.fixes.journal import forget, journal_folder, runs
from linter.fixes.place import Place, RefusedError
from linter.fixes.transaction import NewFile, make, recover, undo
from tests.fixes.kill import dies_at

OLD = {"a/one.json": b'{"x": 1}', "b/two.json": b'{"y": 2}\n', "three": b"openclaw:one\n"}
NEW = {"a/one.json": b'{"x": 10}', "b/two.json": b"{}\n", "three": b"openclaw:two\n"}

ACL = (1, 6, 0xFFFFFFFF, 2, 4, 1234, 4, 4, 0xFFFFFFFF, 16, 4, 0xFFFFFFFF, 32, 0, 0xFFFFFFFF)
"""Tag, permissions and id: the owner, user 1234, the group, the mask, the others."""


@pytest.fixture
def state(tmp_path):
    for name, data in OLD.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o640)
    return tmp_path


def place_in(state):
    """As the documents of a state would say: links are resolved."""
    return lambda source: Place(state, (state / source).resolve().relative_to(state).parts)


def make_all(state):
    targets = [NewFile(name, sha256(OLD[name]).hexdigest(), NEW[name]) for name in NEW]
    return make(targets, journal_folder(state), place_in(state), ["A fix"], 5)


def rewritten(state, data):
    old = sha256((state / "three").read_bytes()).hexdigest()
    return make([NewFile("three", old, data)], journal_folder(state), place_in(state), ["Another"], 6)


def recover_all(state):
    return recover(journal_folder(state), place_in(state))


def content(state):
    return {name: (state / name).read_bytes() for name in OLD}


def everything(state):
    return sorted(path.relative_to(state).as_posix() for path in state.rglob("*") if path.is_file())


def test_all_files_change_and_the_run_says_what_they_were(state):
    run = make_all(state)
    assert content(state) == NEW
    assert runs(journal_folder(state)) == [run]
    assert (run.titles, run.at, run.number) == (("A fix",), 5, "0001")
    assert [run.backup(index).path.read_bytes() for index in range(3)] == list(OLD.values())


def test_a_run_is_numbered_after_the_last_one_that_is_kept(state):
    first = make_all(state)
    assert rewritten(state, b"openclaw:three\n").number == "0002"
    forget(first.folder)
    assert rewritten(state, b"openclaw:four\n").number == "0003"


def test_what_is_written_reaches_the_disk_before_it_counts(state, monkeypatch):
    synced, sync = set(), os.fsync

    def noted(descriptor):
        synced.add(os.fstat(descriptor).st_ino)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    run = make_all(state)
    written = [*(state / name for name in NEW), *(run.backup(index).path for index in range(3))]
    folders = [state / "a", state / "b", state, run.folder.path]
    assert {path.stat().st_ino for path in [*written, *folders]} <= synced


def test_backups_are_private_and_nothing_else_is_left(state):
    run = make_all(state)
    kept = [path for path in (state / ".authlint").rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert stat.S_IMODE(run.folder.path.stat().st_mode) == 0o700
    assert everything(state) == sorted([*OLD, *(path.relative_to(state).as_posix() for path in kept)])


def test_mode_and_owner_stay(state):
    before = (state / "three").stat()
    make_all(state)
    after = (state / "three").stat()
    assert after.st_ino != before.st_ino
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root can give files away")
def test_a_file_of_somebody_else_stays_theirs(state):
    os.chown(state / "three", 1234, 2345)
    (state / "three").chmod(0o2640)
    make_all(state)
    found = (state / "three").stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (1234, 2345, 0o2640)


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="needs extended attributes")
def test_attributes_and_access_control_lists_stay(state):
    acl = struct.pack("<I" + "HHI" * 5, 2, *ACL)
    given = {"user.note": b"mine", "system.posix_acl_access": acl}
    try:
        for name, value in given.items():
            os.setxattr(state / "three", name, value)
    except OSError:
        pytest.skip("this file system keeps none")
    run = make_all(state)
    for _ in range(2):
        kept = {name: os.getxattr(state / "three", name) for name in given}
        assert kept == given
        if run is not None:
            undo(run, place_in(state))
            run = None


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="needs extended attributes")
def test_a_default_list_of_the_folder_gives_nobody_more(state):
    acl = struct.pack("<I" + "HHI" * 5, 2, *ACL)
    try:
        os.setxattr(state / "a", "system.posix_acl_default", acl)
    except OSError:
        pytest.skip("this file system keeps none")
    make_all(state)
    assert os.listxattr(state / "a/one.json") == []


def test_a_link_stays_a_link(state):
    (state / "elsewhere").mkdir()
    real = state / "elsewhere/real"
    (state / "three").rename(real)
    (state / "three").symlink_to(real)
    make_all(state)
    assert (state / "three").is_symlink()
    assert real.read_bytes() == NEW["three"]


def test_undo_puts_everything_back(state):
    undo(make_all(state), place_in(state))
    assert content(state) == OLD
    assert everything(state) == sorted(OLD)
    assert stat.S_IMODE((state / "three").stat().st_mode) == 0o640


def changed(state):
    (state / "b/two.json").write_bytes(b"somebody else's")


def removed(state):
    (state / "b/two.json").unlink()


def replaced_by_a_folder(state):
    removed(state)
    (state / "b/two.json").mkdir()


def given_a_second_name(state):
    os.link(state / "b/two.json", state / "second")


def made_one_with_another(state):
    removed(state)
    (state / "b/two.json").symlink_to(state / "a/one.json")


@pytest.mark.parametrize(
    ("obstacle", "said"),
    [
        (changed, "two.json has changed since it was read"),
        (removed, "two.json has changed since it was read"),
        (replaced_by_a_folder, "two.json is no regular file"),
        (given_a_second_name, "hard links"),
        (made_one_with_another, "lead to the same file"),
    ],
)
def test_one_obstacle_leaves_all_files_alone(state, obstacle, said):
    obstacle(state)
    before = everything(state)
    with pytest.raises(RefusedError, match=said):
        make_all(state)
    assert (state / "a/one.json").read_bytes() == OLD["a/one.json"]
    assert (state / "three").read_bytes() == OLD["three"]
    assert everything(state) == before


def test_a_change_in_the_middle_takes_back_what_was_done(state, monkeypatch):
    def replace_once(place, by):
        by.path.replace(place.path)
        monkeypatch.undo()
        (state / "three").write_bytes(b"somebody else's")

    monkeypatch.setattr(transaction, "replace", replace_once)
    with pytest.raises(RefusedError, match="three has changed"):
        make_all(state)
    assert content(state) == {**OLD, "three": b"somebody else's"}
    assert everything(state) == sorted(OLD)


def test_a_file_that_changed_since_is_not_undone(state):
    run = make_all(state)
    changed(state)
    with pytest.raises(RefusedError, match=r"changed since the fix; .* kept in"):
        undo(run, place_in(state))
    assert (state / "three").read_bytes() == NEW["three"]
    assert runs(journal_folder(state)) == [run]


def test_recovery_of_nothing_does_nothing(state):
    run = make_all(state)
    assert recover_all(state) == []
    assert recover_all(state / "absent") == []
    assert runs(journal_folder(state)) == [run]


def backups_are_there(state):
    return all(
        [run.backup(index).path.read_bytes() for index in range(3)] == list(OLD.values())
        for run in runs(journal_folder(state))
        if run.stage != "preparing"
    )


@pytest.mark.usefixtures("unsynced")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_system_call_a_fix_is_made_or_not(tmp_path):
    outcomes, number = [], 0
    while True:
        number += 1
        state = tmp_path / str(number)
        for name, data in OLD.items():
            (state / name).parent.mkdir(exist_ok=True, parents=True)
            (state / name).write_bytes(data)
        if not dies_at(number, lambda state=state: make_all(state)):
            break
        for name, data in content(state).items():
            assert data in (OLD[name], NEW[name])  # no file is ever half written
        if content(state) != OLD:
            assert len(runs(journal_folder(state))) == 1
        assert backups_are_there(state)
        recover_all(state)
        outcomes.append(content(state))
        assert outcomes[-1] in (OLD, NEW)
        assert all(".authlint-" not in name for name in everything(state))
        if outcomes[-1] == OLD:
            assert everything(state) == sorted(OLD)
    assert outcomes.count(OLD) > 40
    assert outcomes.count(NEW) >= 1
    assert outcomes == sorted(outcomes, key=lambda outcome: outcome == NEW)


@pytest.mark.usefixtures("unsynced")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_system_call_an_undo_is_made_or_not(tmp_path):
    number = 0
    while True:
        number += 1
        state = tmp_path / str(number)
        for name, data in OLD.items():
            (state / name).parent.mkdir(exist_ok=True, parents=True)
            (state / name).write_bytes(data)
        run = make_all(state)
        if not dies_at(number, lambda run=run, state=state: undo(run, place_in(state))):
            break
        recover_all(state)
        assert content(state) in (OLD, NEW)
        if content(state) == NEW:
            undo(run, place_in(state))
        assert content(state) == OLD
        assert everything(state) == sorted(OLD)
    assert number > 20


@pytest.mark.usefixtures("unsynced")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_recovery_can_be_killed_too(state):
    for number in range(30, 60, 7):
        if not dies_at(number, lambda: make_all(state)):
            continue
        for second in range(1, 20):
            dies_at(second, lambda: recover_all(state))
        recover_all(state)
        assert content(state) == OLD
        assert everything(state) == sorted(OLD)
