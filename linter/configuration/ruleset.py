"""What states are linted under: the rules, which of them run and how, and a configuration if there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.configuration.find import TRUSTED, Reach
from linter.configuration.rule_pack import load_rules
from linter.engine.choice import ChoiceError, choose, insisted
from linter.engine.errors import RuleFileError, RuleFileProblem
from linter.engine.pack import yaml_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from linter.configuration.model import Configuration
    from linter.engine.pack import Pack
    from linter.engine.settings import Settings


class Ruleset(NamedTuple):
    """The rules with their settings. `configuration` is None where nothing is configured."""

    pack: Pack
    settings: Settings
    configuration: Configuration | None

    def running(self, era: str | None = None) -> set[str]:
        """Return the ids of the rules that run, on states of an era if one is given."""
        wanted = self.settings.selects
        return {rule.id for rule in self.pack.rules if wanted(rule) and (era is None or era in rule.eras)}

    def explaining(self, symptom: str) -> Ruleset:
        """Return the rules that explain what people notice. Raises ChoiceError where none of them runs."""
        ids = frozenset(
            rule.id for rule in self.pack.rules if symptom in rule.symptoms and self.settings.selects(rule)
        )
        if not ids:
            raise ChoiceError(f"none of these rules explains {symptom}", "select")
        return self._replace(settings=self.settings._replace(select=ids))

    @property
    def baseline(self) -> Path | None:
        """The file with known findings that is configured."""
        return self.configuration.baseline if self.configuration is not None else None


def read_ruleset(
    configuration: Path | None,
    rules: Iterable[Path],
    select: Collection[str],
    ignore: Iterable[str],
    cache_dir: Path | None,
    reach: Reach = TRUSTED,
) -> Ruleset:
    """Load a configuration and the rules. Raises ConfigurationError, RuleFileError, ChoiceError."""
    rules = list(rules)
    if empty := [folder for folder in rules if not yaml_files(folder)]:
        why = "holds no rule; name a folder with rules in *.yaml files"
        raise RuleFileError([RuleFileProblem(folder, 1, 1, why) for folder in empty])
    known = read_configuration_at(configuration, cache_dir, reach)
    pack = load_rules([*(known.folders if known is not None else ()), *rules], cache_dir)
    settings = choose([rule.id for rule in pack.rules], select, ignore)
    if known is not None:
        from linter.configuration.settings import configured  # noqa: PLC0415 - many runs have none

        settings = configured(known, pack, settings)
    settings = insisted(settings, pack.rules, select)
    if known is not None and not known.overrides and not any(map(settings.is_on, pack.rules)):
        from linter.configuration.model import nothing_on  # noqa: PLC0415 - as above

        raise nothing_on(known)
    return Ruleset(pack, settings, known)


def read_configuration_at(
    path: Path | None, cache_dir: Path | None, reach: Reach = TRUSTED
) -> Configuration | None:
    """Read a configuration, if there is one. Raises ConfigurationError."""
    if path is None:
        return None
    from linter.configuration.read import read_configuration  # noqa: PLC0415 - many runs have none

    return read_configuration(path, cache_dir, reach)
