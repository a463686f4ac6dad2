"""Lone surrogates, which JSON can escape and no encoder can write: they become U+FFFD where text is read."""

from linter.sources.interface import Json


def repaired(value: Json, text: str) -> Json:
    """Return a value without lone surrogates; `text` is what it was parsed from."""
    escapes = "\\u" in text  # asked first, as most texts have none and a search through 60 MB takes its time
    return _repaired(value) if escapes and ("\\ud" in text or "\\uD" in text) else value


def repaired_string(string: str) -> str:
    """Return a string without lone surrogates."""
    if string.isascii():
        return string
    return string.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _repaired(value: Json) -> Json:
    if isinstance(value, str):
        return repaired_string(value)
    if isinstance(value, list):
        return [_repaired(item) for item in value]
    if isinstance(value, dict):
        return {repaired_string(key): _repaired(item) for key, item in value.items()}
    return value
