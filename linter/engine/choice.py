"""Which rules are reported, as people choose them: by ids and globs."""

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Literal

from linter.engine.errors import near
from linter.engine.rule import Rule
from linter.engine.settings import Settings, switched_on


class ChoiceError(ValueError):
    """A choice after which there is nothing to run; `choice` tells which one it was."""

    def __init__(self, message: str, choice: Literal["select", "ignore"]) -> None:
        super().__init__(message)
        self.choice = choice


def choose(ids: Sequence[str], select: Iterable[str], ignore: Iterable[str]) -> Settings:
    """Return the settings for ids and globs, several in one string between commas.

    Raises ChoiceError for one that matches no rule.
    """
    selected = _matching(select, ids, "select")
    return Settings(select=selected or None, ignore=_matching(ignore, ids, "ignore"))


def insisted(settings: Settings, rules: Sequence[Rule], select: Iterable[str]) -> Settings:
    """Return the settings with those rules on that `select` names by id, whatever a configuration says.

    Globs choose among the rules that are on. Raises ChoiceError where one leaves nothing to run.
    """
    patterns = list(_patterns(select))
    severities = settings.severities
    for rule in rules:
        if rule.id in patterns and not settings.is_on(rule):
            severities = switched_on(severities, rule)
    settings = settings._replace(severities=severities)
    for pattern in patterns:
        matches = [rule for rule in rules if fnmatchcase(rule.id, pattern)]
        if not any(map(settings.selects, matches)):
            named = ", ".join(sorted(rule.id for rule in matches))
            verb = "is" if len(matches) == 1 else "are"
            why = "ignored" if any(map(settings.is_on, matches)) else "off, which only an id overrules"
            raise ChoiceError(f"{pattern!r} leaves nothing to run: {named} {verb} {why}", "select")
    return settings


def _patterns(values: Iterable[str]) -> Iterator[str]:
    return (part.strip() for value in values for part in value.split(","))


def _matching(
    values: Iterable[str], ids: Sequence[str], choice: Literal["select", "ignore"]
) -> frozenset[str]:
    found: set[str] = set()
    for pattern in _patterns(values):
        matches = [rule for rule in ids if fnmatchcase(rule, pattern)]
        if not matches:
            hint = f"{near(pattern, ids)}; `authlint rules` lists them"
            raise ChoiceError(f"no rule is called {pattern!r}{hint}", choice)
        found.update(matches)
    return frozenset(found)
