"""What an `authlint.yaml` says, and the document that findings in it point into."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from linter.configuration.find import TRUSTED, Reach
from linter.engine.errors import RuleFileError
from linter.engine.yaml_text import YamlText
from linter.engine.yaml_values import Steps
from linter.sources.interface import Document
from linter.sources.paths import join


class ConfigurationError(RuleFileError):
    """A configuration that cannot be used; `problems` holds every reason with its place."""


class RuleChange(NamedTuple):
    """What is said of the rules that match an id or glob, and where.

    `severity` is `off`, `note`, `warning`, `error`, `on` for the severities that the rule itself gives, or
    None when nothing is said of it.
    """

    pattern: str
    severity: str | None
    params: Mapping[str, Any]
    steps: Steps


class Override(NamedTuple):
    """Other settings for the findings that match all patterns of `where`: agent, profile, session, path."""

    where: Mapping[str, str]
    rules: tuple[RuleChange, ...]


class Exemption(NamedTuple):
    """An entry of `suppress`; `until_ms`, since the epoch, is when it counts no more."""

    rule: str
    subject: str
    reason: str
    until: str | None
    until_ms: int | None
    steps: Steps


class Configuration(NamedTuple):
    """A configuration file, checked; paths are absolute.

    `sets` are the built-in sets that it extends, `folders` the further folders of rules.
    `outside` are folders beside the state whose files fixes may change. `reach` says what it may name.
    """

    document: YamlText
    sets: frozenset[str]
    folders: tuple[Path, ...]
    rules: tuple[RuleChange, ...]
    params: Mapping[str, Any]
    overrides: tuple[Override, ...]
    exemptions: tuple[Exemption, ...]
    expectations: tuple[Mapping[str, Any], ...]
    routers: tuple[Mapping[str, Any], ...]
    providers: tuple[str, ...]
    evidence: tuple[Path, ...]
    baseline: Path | None
    outside: tuple[Path, ...] = ()
    reach: Reach = TRUSTED

    def captures(self) -> tuple[Path, ...]:
        """Return the files of `evidence`. Raises ConfigurationError for those that are not there."""
        missing = [index for index, path in enumerate(self.evidence) if not path.is_file()]
        if missing:
            raise ConfigurationError(
                [self.document.problem(("evidence", index), "there is no such file") for index in missing]
            )
        return self.evidence


def nothing_on(configuration: Configuration) -> ConfigurationError:
    """Return the error of a configuration under which no rule runs."""
    steps: Steps = ("rules",) if "rules" in configuration.document.value else ("extends",)
    problem = configuration.document.problem(
        steps, "this leaves no rule on, so nothing would be checked", key=True
    )
    return ConfigurationError([problem])


class YamlDocument(Document):
    """A YAML text under its absolute path; the region of a value is the rest of the line it begins on."""

    format = "yaml"

    def __init__(self, parsed: YamlText) -> None:
        name = str(parsed.path)
        super().__init__(name, parsed.path, name, "\n".join(parsed.lines), "")
        self._lengths = [len(line) for line in parsed.lines]
        self._places = {join("", *steps): place for steps, place in parsed.places.items()}

    def _span(self, pointer: str) -> tuple[int, int]:
        while pointer and pointer not in self._places:
            pointer = pointer.rpartition("/")[0]
        line, column = self._places.get(pointer, (1, 1))
        before = sum(length + 1 for length in self._lengths[: line - 1])
        return before + column - 1, before + self._lengths[line - 1]
