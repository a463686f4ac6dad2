"""Why nothing was changed."""

from collections.abc import Iterator
from contextlib import contextmanager

from linter.fixes.container import Conflict


class RefusedError(Exception):
    """Why files or databases were not changed."""


@contextmanager
def refusing() -> Iterator[None]:
    """Turn errors of the system, and conflicts, into refusals."""
    try:
        yield
    except Conflict as conflict:
        raise RefusedError(str(conflict)) from None
    except OSError as error:
        raise RefusedError(f"{error.filename or 'a file'}: {error.strerror}") from None
