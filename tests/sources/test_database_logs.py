"""Whatever logs lie beside a database, our copy holds what SQLite itself finds in it."""

import random
import shutil
import sqlite3
import struct
from contextlib import closing

import pytest

from linter.sources import database_logs
from linter.sources.database import DatabaseProblem, open_private_copy

SUFFIXES = ("", "-wal", "-journal")


def histories(path, choice, mode, page_size):
    """Write to a database, and yield whenever its files may be looked at."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {page_size}")
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute(f"PRAGMA synchronous = {choice.choice(['OFF', 'NORMAL'])}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {choice.choice([0, 3, 50])}")
        connection.execute("PRAGMA cache_size = 2")  # a transaction reaches the files before its end
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)")
        for turn in range(choice.randrange(3, 9)):
            connection.execute("BEGIN")
            if choice.random() < 0.3:
                connection.execute("DELETE FROM t WHERE id % 3 = ?", [turn % 3])
            for _ in range(choice.randrange(40)):
                row = (choice.randrange(60), choice.choice("abc") * choice.randrange(900))
                connection.execute("INSERT OR REPLACE INTO t VALUES (?, ?)", row)
            yield
            connection.execute(choice.choice(["COMMIT", "COMMIT", "ROLLBACK"]))
            if choice.random() < 0.2:
                connection.execute("VACUUM")
            yield


def rows_by_sqlite(path):
    try:
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA quick_check(t)").fetchone() == ("ok",)
            return connection.execute("SELECT id, v FROM t ORDER BY id").fetchall()
    except (AssertionError, sqlite3.DatabaseError):
        return "damaged"


def rows_by_us(path):
    try:
        with open_private_copy(path) as database:
            if "t" not in database.tables or database.check("t") is not None:
                return "damaged"
            return sorted(tuple(row.values()) for row in database.rows("t", ["id", "v"]))
    except DatabaseProblem:
        return "damaged"


def damage(path, choice):
    """Cut a log, or change a byte of it, as a crash of the machine does."""
    for log in (path.with_name(path.name + suffix) for suffix in SUFFIXES[1:]):
        if log.exists() and choice.random() < 0.5:
            data = bytearray(log.read_bytes())
            where = choice.randrange(len(data) + 1)
            if choice.random() < 0.5:
                del data[where:]
            elif where < len(data):
                data[where] ^= 1 << choice.randrange(8)
            log.write_bytes(data)


@pytest.mark.parametrize("page_size", [512, 65536])
@pytest.mark.parametrize("mode", ["WAL", "DELETE", "PERSIST"])
def test_the_copy_holds_what_sqlite_finds(tmp_path, mode, page_size):
    choice, seen = random.Random(f"{mode} {page_size}"), set()
    for history in range(4):
        origin = tmp_path / f"origin{history}.sqlite"
        for step, _ in enumerate(histories(origin, choice, mode, page_size)):
            folder = tmp_path / f"{history}-{step}"
            folder.mkdir()
            for suffix in SUFFIXES:
                if (file := origin.with_name(origin.name + suffix)).exists():
                    shutil.copyfile(file, folder / f"db{suffix}")
            damage(folder / "db", choice)
            ours = rows_by_us(folder / "db")
            assert ours == rows_by_sqlite(folder / "db")
            seen.add(str(ours))
    assert len(seen) > 6


def test_checksums_of_big_endian_words_are_understood(tmp_path):
    path = tmp_path / "db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (id, v)")
        connection.execute("INSERT INTO t VALUES (1, 'kept')")
        wal = bytearray((tmp_path / "db-wal").read_bytes())
        shutil.copyfile(path, tmp_path / "copy")
    wal[3] |= 1
    sums = database_logs._checksum(wal[:24], ">", (0, 0))
    wal[24:32] = struct.pack(">2I", *sums)
    for start in range(32, len(wal), 24 + 4096):
        sums = database_logs._checksum(wal[start : start + 8], ">", sums)
        sums = database_logs._checksum(wal[start + 24 : start + 24 + 4096], ">", sums)
        wal[start + 16 : start + 24] = struct.pack(">2I", *sums)
    (tmp_path / "copy-wal").write_bytes(wal)
    assert rows_by_us(tmp_path / "copy") == rows_by_sqlite(tmp_path / "copy") == [(1, "kept")]
