"""The text of a configuration parsed and checked, once for each content: that takes longer than linting."""

import marshal
from hashlib import sha256
from pathlib import Path

from linter.configuration.model import ConfigurationError
from linter.engine.cache import Cache
from linter.engine.errors import RuleFileProblem
from linter.engine.pack import ENGINE_VERSION
from linter.engine.schema_check import Schema
from linter.engine.yaml_text import YamlText
from linter.files import SMALL, read_bytes

_SCHEMA_FILE = Path(__file__).with_name("config.schema.json")


def checked_text(path: Path, cache_dir: Path | None) -> YamlText:
    """Read a configuration whose structure is right. Raises ConfigurationError."""
    try:
        text = read_bytes(path, SMALL).decode("utf-8-sig")
    except OSError as error:
        raise _unusable(path, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _unusable(path, "is not UTF-8 text") from None
    if cache_dir is None:
        return _checked(path, text)
    cache = Cache(cache_dir, [path], _digest(text))
    document = _unpacked(path, text, cache.read())
    if document is None:
        document = _checked(path, text)
        cache.write(_packed(document))
    return document


def _checked(path: Path, text: str) -> YamlText:
    from linter.configuration.declared_routers import router_problems  # noqa: PLC0415 - as below
    from linter.engine.yaml_text import read_yaml  # noqa: PLC0415 - not when the cache has it

    document = read_yaml(path, text)
    problems = list(document.problems)
    if not problems:
        document = document._replace(value={} if document.value is None else document.value)
        problems = list(Schema(_SCHEMA_FILE).problems(document)) or list(router_problems(document))
    if problems:
        raise ConfigurationError(problems)
    return document


def _unusable(path: Path, why: str) -> ConfigurationError:
    return ConfigurationError([RuleFileProblem(path, 1, 1, why)])


def _digest(text: str) -> str:
    total = sha256(f"{ENGINE_VERSION}\0".encode())
    total.update(_SCHEMA_FILE.read_bytes())
    total.update(text.encode())
    return total.hexdigest()


def _packed(document: YamlText) -> bytes:
    return marshal.dumps((document.value, document.places, document.keys))


def _unpacked(path: Path, text: str, kept: bytes) -> YamlText | None:
    try:
        value, places, keys = marshal.loads(kept)  # noqa: S302 - our own file, whose digest was checked
    except (EOFError, TypeError, ValueError):  # what another version kept, or nothing
        return None
    return YamlText(path, tuple(text.splitlines()), value, places, keys, ())
