"""Zstandard, by a library that `authlint[zstd]` brings: Python itself has none before 3.14."""

_MOST = 1 << 23  # bytes: twice what OpenClaw allows an event to have


class CannotDecompressError(Exception):
    """There is no library, or the data are not what they should be."""


def decompressed(data: bytes) -> bytes:
    """Return the content of a frame. Raises CannotDecompressError, for one that is too large, too."""
    try:
        import zstandard  # noqa: PLC0415 - optional, and few states need it
    except ImportError:
        raise CannotDecompressError from None
    try:
        with zstandard.ZstdDecompressor(max_window_size=_MOST).stream_reader(data) as stream:
            content = stream.read(_MOST + 1)
    except zstandard.ZstdError:
        raise CannotDecompressError from None
    if len(content) > _MOST:
        raise CannotDecompressError
    return bytes(content)
