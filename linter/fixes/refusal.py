"""Why nothing was changed."""

from collections.abc import Iterator
from contextlib import contextmanager


class RefusedError(Exception):
    """Why files or databases were not changed."""


@contextmanager
def refusing() -> Iterator[None]:
    """Turn errors of the system into refusals."""
    try:
        yield
    except OSError as error:
        raise RefusedError(f"{error.filename or 'a file'}: {error.strerror}") from None
