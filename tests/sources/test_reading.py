import hashlib
import os
import sys

import pytest

from linter import files
from linter.files import read_bytes
from linter.sources import reading
from linter.sources.interface import Cell
from linter.sources.reading import load_cell, load_json, load_node_json, read_file


@pytest.fixture
def pauses(monkeypatch):
    """Each pause of the reader, as a call of the given action."""
    actions = []
    monkeypatch.setattr(reading.time, "sleep", lambda _: actions.pop(0)() if actions else None)
    return actions


def test_a_file_is_read_with_its_facts(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b"{}\r\n")
    path.chmod(0o640)
    os.utime(path, ns=(1, 1_700_000_000_123_456_789))
    read = read_file(path)
    assert (read.state, read.data, read.size, read.mtime_ms) == ("ok", b"{}\r\n", 4, 1_700_000_000_123)
    assert (read.symlink, read.realpath) == (False, os.path.realpath(path))
    if os.name == "posix":
        assert (read.mode, read.uid) == (0o640, os.getuid())


@pytest.mark.skipif(not hasattr(os, "O_NOATIME"), reason="the system always keeps access times")
def test_reading_leaves_the_access_time(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("{}")
    os.utime(path, ns=(1, 2))
    load_json(path, "a.json", "a.json")
    assert path.stat().st_atime_ns == 1


def test_a_missing_file_is_absent_and_a_directory_unreadable(tmp_path):
    assert read_file(tmp_path / "none.json").state == "absent"
    (tmp_path / "file").write_text("")
    assert read_file(tmp_path / "file" / "below").state == "absent"
    assert read_file(tmp_path).state == "unreadable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert read_file(tmp_path / "pipe").state == "unreadable"


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_a_symbolic_link_is_followed_and_told(tmp_path):
    (tmp_path / "real.json").write_text("{}")
    (tmp_path / "link.json").symlink_to("real.json")
    read = read_file(tmp_path / "link.json")
    assert (read.symlink, read.data) == (True, b"{}")
    assert read.realpath == os.path.realpath(tmp_path / "real.json")


@pytest.mark.usefixtures("pauses")
def test_a_file_that_changes_while_read_is_read_again(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    real, writes = os.fstat, [b"newer", b"newest"]

    def fstat_then_write(descriptor):
        found = real(descriptor)
        if writes:
            path.write_bytes(writes.pop(0))
        return found

    monkeypatch.setattr(reading.os, "fstat", fstat_then_write)
    read = read_file(path)
    assert (read.state, read.data) == ("ok", b"newest")


@pytest.mark.usefixtures("pauses")
def test_a_file_that_never_rests_is_unstable(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    path.write_bytes(b"x")
    real = os.fstat

    def fstat_then_append(descriptor):
        found = real(descriptor)
        path.write_bytes(path.read_bytes() + b"x")
        return found

    monkeypatch.setattr(reading.os, "fstat", fstat_then_append)
    assert read_file(path).state == "unstable"
    loaded = load_json(path, "a.json", "a.json")
    assert (loaded.file.state, loaded.document, loaded.value, loaded.error) == ("unstable", None, None, None)


def test_json_is_loaded_with_its_document(tmp_path):
    path = tmp_path / "a.json"
    data = '\ufeff{"a": "ü"}'.encode()
    path.write_bytes(data)
    loaded = load_json(path, "a.json", "agents/a.json")
    assert (loaded.value, loaded.error, loaded.empty) == ({"a": "ü"}, None, False)
    assert loaded.document.digest == hashlib.sha256(data).hexdigest()
    assert (loaded.document.id, loaded.document.shown, loaded.document.kind) == (
        "a.json",
        "agents/a.json",
        "json",
    )
    assert loaded.file.data == b""


def test_a_missing_file_has_no_document(tmp_path):
    loaded = load_json(tmp_path / "none.json", "none.json", "none.json")
    assert (loaded.file.state, loaded.document, loaded.value, loaded.error) == ("absent", None, None, None)


@pytest.mark.usefixtures("pauses")
def test_an_empty_file_is_empty_and_an_error(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b"")
    loaded = load_json(path, "a.json", "a.json")
    assert loaded.empty
    assert loaded.error.line == 1


@pytest.mark.usefixtures("pauses")
def test_bytes_that_are_not_utf8_are_an_error_where_they_stand(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes('{\n"ü": "'.encode() + b"\xff\xfe" + b'"}')
    loaded = load_json(path, "a.json", "a.json")
    assert loaded.error == ("not valid UTF-8", 2, 7, 8)
    assert loaded.document.region("/ü").start.offset == 8


def test_a_half_written_file_is_read_again(tmp_path, pauses):
    path = tmp_path / "a.json"
    path.write_text('{"a": 1')
    pauses.append(lambda: path.write_text('{"a": 1}'))
    assert load_json(path, "a.json", "a.json").value == {"a": 1}


def test_a_cell_is_named_after_its_place(tmp_path):
    cell = Cell("auth_profile_store", "primary", "store_json")
    loaded = load_cell(tmp_path / "a.sqlite", "agents/a.sqlite", cell, b'{"version": 1}')
    assert loaded.value == {"version": 1}
    assert loaded.document.id == "agents/a.sqlite#auth_profile_store/primary/store_json"
    assert (loaded.document.kind, loaded.document.cell) == ("cell", cell)


def test_a_cell_without_text_or_utf8_is_an_error(tmp_path):
    cell = Cell("auth_profile_store", "primary", "store_json")
    assert "no text" in load_cell(tmp_path / "a.sqlite", "a.sqlite", cell, None).error.message
    assert load_cell(tmp_path / "a.sqlite", "a.sqlite", cell, b"\xff").error.line == 1


def test_json_of_programs_for_node_is_read_as_node_reads_it(tmp_path):
    """Tried with the JSON files of OpenClaw 2026.3.24, 2026.5.7 and 2026.6.6, and the cells of 2026.9.6."""
    path, cell = tmp_path / "a.json", Cell("auth_profile_store", "primary", "store_json")
    for data, value, problem in (
        (b'{"a": "b\xffc"}', {"a": "b\ufffdc"}, None),
        (b'{"a": "\xe2\x82"}', {"a": "\ufffd"}, None),
        (b'\xef\xbb\xbf{"a": 1}', None, "a byte order mark stands before the JSON"),
    ):
        path.write_bytes(data)
        for loaded in (load_node_json(path, "a", "a"), load_cell(path, "a", cell, data)):
            assert (loaded.value, loaded.error and loaded.error.message) == (value, problem)
            assert loaded.document.digest == hashlib.sha256(data).hexdigest()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes and devices")
def test_only_regular_files_of_some_size_are_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    (tmp_path / "folder").mkdir()
    with (tmp_path / "large").open("wb") as file:
        file.truncate(files.LARGEST + 1)
    for name in ("pipe", "zero", "folder"):
        assert read_file(tmp_path / name).obstacle == "cannot be read: it is no regular file"
        with pytest.raises(OSError, match="no regular file"):
            read_bytes(tmp_path / name)
    assert read_file(tmp_path / "large").obstacle == "cannot be read: it has more than 256 MB"
    with pytest.raises(OSError, match="more than 1 MB"):
        read_bytes(tmp_path / "large", files.SMALL)
    (tmp_path / "small").write_bytes(bytes(files.SMALL))
    assert len(read_bytes(tmp_path / "small", files.SMALL)) == files.SMALL
