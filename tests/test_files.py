import os

from hypothesis import given
from hypothesis import strategies as st

from linter.files import last_lines


def test_the_last_lines_come_first(tmp_path):
    path = tmp_path / "log"
    path.write_bytes(b"one\ntwo\nthree\n")
    assert last_lines(path, 100) == [b"three", b"two", b"one"]


def test_only_the_end_of_a_long_file_is_read(tmp_path):
    path = tmp_path / "log"
    path.write_bytes(b"x" * 1000 + b"\nlast\n")
    assert last_lines(path, 10) == [b"last", b"xxxx"]


def test_what_is_no_regular_file_has_no_lines(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert last_lines(tmp_path / "pipe", 10) == []
    assert last_lines(tmp_path, 10) == []
    assert last_lines(tmp_path / "absent", 10) == []


@given(data=st.binary(max_size=200), size=st.integers(1, 300))
def test_no_more_than_asked_for_is_returned(tmp_path_factory, data, size):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(data)
    assert sum(map(len, last_lines(path, size))) <= size
