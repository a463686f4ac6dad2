import sys

import pytest
import zstandard

from linter.sources.zstd import CannotDecompressError, decompressed


def test_a_frame_is_decompressed():
    assert decompressed(zstandard.compress(b"event" * 1000)) == b"event" * 1000


def test_what_is_no_frame_cannot_be():
    with pytest.raises(CannotDecompressError):
        decompressed(b"no frame")


def test_a_frame_that_swells_is_refused():
    with pytest.raises(CannotDecompressError):
        decompressed(zstandard.compress(bytes(1 << 24)))


def test_without_the_library_nothing_can_be(monkeypatch):
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(CannotDecompressError):
        decompressed(zstandard.compress(b"event"))
