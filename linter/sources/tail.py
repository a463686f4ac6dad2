"""The end of a file that only grows, however long it is."""

import os
import stat
from pathlib import Path

from linter.sources.reading import open_quietly


def last_lines(path: Path, size: int) -> list[bytes]:
    """Return the lines in the last `size` bytes of a regular file, newest first; none if it is no such file.

    The oldest may be cut off, and the newest half written.
    """
    try:
        descriptor = open_quietly(path)
    except OSError:
        return []
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            return []
        os.lseek(descriptor, max(0, found.st_size - size), os.SEEK_SET)
        return os.read(descriptor, size).splitlines()[::-1]
    except OSError:
        return []
    finally:
        os.close(descriptor)
