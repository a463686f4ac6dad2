"""The end of a file that only grows, however long it is."""

import os
from pathlib import Path

from linter.files import open_regular


def last_lines(path: Path, size: int) -> list[bytes]:
    """Return the lines in the last `size` bytes of a regular file, newest first; none if it is no such file.

    The oldest may be cut off, and the newest half written.
    """
    try:
        descriptor = open_regular(path)
    except OSError:
        return []
    try:
        os.lseek(descriptor, max(0, os.fstat(descriptor).st_size - size), os.SEEK_SET)
        return os.read(descriptor, size).splitlines()[::-1]
    except OSError:
        return []
    finally:
        os.close(descriptor)
