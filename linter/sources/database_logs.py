"""What stands in the logs beside an SQLite database, applied to a copy of it as SQLite itself would.

Both formats are documented (sqlite.org/fileformat2.html, sections 3 and 4). A `-wal` counts up to its last
whole commit, a `-journal` of an interrupted transaction up to its first record that is not whole.
"""

import os
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_WAL_MAGIC = 0x377F0682  # with the last bit, checksums are of big-endian words
_WAL_VERSION = 3007000
_WAL_HEAD, _FRAME_HEAD = struct.Struct(">8I"), struct.Struct(">6I")
_JOURNAL_MAGIC = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
_JOURNAL_HEAD = struct.Struct(">8s5I")
_UNCOUNTED = 0xFFFFFFFF
_WORD = 0xFFFFFFFF
_LOCK_BYTE = 1 << 30  # no content on the page with this byte
_VERSIONS = 18  # in the header of a database: 1 for a rollback journal, 2 for a -wal, to write and to read


class _Frame(NamedTuple):
    """A page in a `-wal`; `size` is how many pages the database has after it, 0 unless it commits."""

    page: int
    size: int
    offset: int


def apply_wal(image: BinaryIO, wal: BinaryIO) -> None:
    """Put the committed pages of a `-wal` into a database, and let it need no `-wal` any more.

    SQLite takes no `-wal` for an empty database.
    """
    page_size, frames = _frames(wal)
    before = image.seek(0, os.SEEK_END)
    if page_size and before:
        committed: dict[int, int] = {}
        pending: dict[int, int] = {}
        size = 0
        for frame in frames:
            pending[frame.page] = frame.offset
            if frame.size:
                committed.update(pending)
                pending.clear()
                size = frame.size
        for page, offset in committed.items():
            if page <= min(size, before // page_size + len(committed)):  # no file is that full of holes
                wal.seek(offset)
                image.seek((page - 1) * page_size)
                image.write(wal.read(page_size))
        if size:
            image.truncate(min(size * page_size, image.seek(0, os.SEEK_END)))
    image.seek(_VERSIONS)
    if image.read(2) == b"\2\2":
        image.seek(_VERSIONS)
        image.write(b"\1\1")


def _frames(wal: BinaryIO) -> tuple[int, Iterator[_Frame]]:
    """Return the size of a page (0 without a `-wal`), and the frames up to the first that is not whole."""
    head = wal.read(_WAL_HEAD.size)
    if len(head) < _WAL_HEAD.size:
        return 0, iter(())
    magic, version, page_size, _, *salt, first, second = _WAL_HEAD.unpack(head)
    order = ">" if magic & 1 else "<"
    sums = _checksum(head[:24], order, (0, 0))
    known = magic & ~1 == _WAL_MAGIC and version == _WAL_VERSION and _is_page_size(page_size)
    if not known or sums != (first, second):
        return 0, iter(())
    return page_size, _frames_after(wal, page_size, salt, order, sums)


def _frames_after(
    wal: BinaryIO, page_size: int, salt: list[int], order: str, sums: tuple[int, int]
) -> Iterator[_Frame]:
    offset = _WAL_HEAD.size
    while len(frame := wal.read(_FRAME_HEAD.size + page_size)) == _FRAME_HEAD.size + page_size:
        page, size, *found, first, second = _FRAME_HEAD.unpack_from(frame)
        if not page or found != salt:
            return
        sums = _checksum(frame[_FRAME_HEAD.size :], order, _checksum(frame[:8], order, sums))
        if sums != (first, second):
            return
        yield _Frame(page, size, offset + _FRAME_HEAD.size)
        offset += len(frame)


def _checksum(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for word, next_word in zip(words, words, strict=True):
        first = first + word + second & _WORD
        second = second + next_word + first & _WORD
    return first, second


def roll_back(image: BinaryIO, journal: BinaryIO) -> None:
    """Take back an interrupted transaction: write what its journal says stood in the database."""
    length = journal.seek(0, os.SEEK_END)
    size = image.seek(0, os.SEEK_END)
    if not size:
        return
    start, first = 0, True
    while start + _JOURNAL_HEAD.size <= length:
        journal.seek(start)
        magic, records, nonce, pages, sector, page_size = _JOURNAL_HEAD.unpack(
            journal.read(_JOURNAL_HEAD.size)
        )
        if magic != _JOURNAL_MAGIC or not _is_page_size(page_size) or not _is_power(sector, 32, 1 << 16):
            return
        start += sector
        record = page_size + 8
        if records == _UNCOUNTED:
            records = max(length - start, 0) // record
        if first:
            limit, first = min(pages, (size + length) // page_size), False
            image.truncate(min(pages * page_size, size))
        journal.seek(start)
        for _ in range(records):
            if not _restored(image, journal.read(record), page_size, nonce, limit):
                return
        start += -(-records * record // sector) * sector


def _restored(image: BinaryIO, record: bytes, page_size: int, nonce: int, limit: int) -> bool:
    """Put the page of a record back; return False at the first record that is not whole."""
    if len(record) < page_size + 8:
        return False
    page, data = int.from_bytes(record[:4]), record[4:-4]
    checksum = nonce + sum(data[index] for index in range(page_size - 200, 0, -200))
    if page in (0, _LOCK_BYTE // page_size + 1) or checksum & _WORD != int.from_bytes(record[-4:]):
        return False
    if page <= limit:
        image.seek((page - 1) * page_size)
        image.write(data)
    return True


def _is_page_size(size: int) -> bool:
    return _is_power(size, 512, 1 << 16)


def _is_power(size: int, least: int, most: int) -> bool:
    return least <= size <= most and size & (size - 1) == 0
