import os
import sqlite3

import pytest


@pytest.fixture
def unsynced(monkeypatch):
    """Wait for no disk: what a process has written is there for others, however it ends."""
    connect = sqlite3.connect

    def quick(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(sqlite3, "connect", quick)
