"""The text of a configuration parsed and checked, once for each content: that takes longer than linting."""

from pathlib import Path
from typing import Any

from linter.configuration.find import Reach
from linter.configuration.model import ConfigurationError
from linter.engine.cache import Kept, key_of
from linter.engine.errors import RuleFileProblem
from linter.engine.pack import ENGINE_VERSION
from linter.engine.schema_check import Schema
from linter.engine.yaml_text import YamlText
from linter.files import SMALL, read_bytes

_SCHEMA_FILE = Path(__file__).with_name("config.schema.json")


def checked_text(path: Path, cache_dir: Path | None, reach: Reach) -> YamlText:
    """Read a configuration whose structure is right. Raises ConfigurationError."""
    if objection := reach.objection(path):
        raise _unusable(path, f"is a link and {objection}")
    try:
        text = read_bytes(path, SMALL).decode("utf-8-sig")
    except OSError as error:
        raise _unusable(path, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _unusable(path, "is not UTF-8 text") from None
    if cache_dir is None:
        return _checked(path, text)
    kept = Kept(cache_dir / "configurations.json", ENGINE_VERSION)
    key = key_of(_SCHEMA_FILE.read_text(encoding="utf-8"), text)
    document = _unpacked(path, text, kept.get(key))
    if document is None:
        document = _checked(path, text)
        kept.put(key, _packed(document))
        kept.save()
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


def _packed(document: YamlText) -> Any:
    return [document.value, *([[*item] for item in places.items()] for places in document[3:5])]


def _unpacked(path: Path, text: str, kept: Any) -> YamlText | None:
    try:
        value, *both = kept
        places, keys = ({tuple(steps): tuple(place) for steps, place in items} for items in both)
    except (TypeError, ValueError):  # nothing is kept, or something else
        return None
    return YamlText(path, tuple(text.splitlines()), value, places, keys, ())
