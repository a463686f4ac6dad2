"""From a configuration and a pack to the settings of a run."""

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from linter.configuration.model import Configuration, ConfigurationError, RuleChange
from linter.configuration.rule_pack import built_in_rules
from linter.engine.durations import milliseconds
from linter.engine.errors import RuleFileProblem, near
from linter.engine.pack import Pack
from linter.engine.rule import Rule
from linter.engine.settings import ON_REQUEST, Settings, switched_on


def configured(configuration: Configuration, pack: Pack, chosen: Settings) -> Settings:
    """Return the settings with what a configuration says; rules chosen on the command line stay chosen.

    Raises ConfigurationError for patterns that match no rule, unknown params and values of a wrong type,
    also those of overrides and suppressions.
    """
    problems = [*_param_problems(configuration, pack), *_exemption_problems(configuration, pack)]
    for changes in (configuration.rules, *(override.rules for override in configuration.overrides)):
        problems += _change_problems(configuration, pack, changes)
    if problems:
        raise ConfigurationError(problems)
    extended = chosen._replace(
        severities={rule.id: severity for rule in pack.rules if (severity := _extended(configuration, rule))},
        params=configuration.params,
    )
    return changed(extended, configuration.rules, pack)


def changed(settings: Settings, changes: Iterable[RuleChange], pack: Pack) -> Settings:
    """Return the settings with changes made in order."""
    severities, params = dict(settings.severities), dict(settings.rule_params)
    for change in changes:
        for rule in matching(change.pattern, pack.rules):
            if change.severity == "on":
                severities = switched_on(severities, rule)
            elif change.severity is not None:
                severities[rule.id] = change.severity
            if change.params:
                params[rule.id] = {**params.get(rule.id, {}), **change.params}
    return settings._replace(severities=severities, rule_params=params)


def matching(pattern: str, rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules that an id or glob means."""
    return [rule for rule in rules if fnmatchcase(rule.id, pattern)]


def _extended(configuration: Configuration, rule: Rule) -> str | None:
    """Return the severity that `extends` alone gives a rule; None for the rule's own."""
    if rule.path.startswith(str(built_in_rules())):
        if not configuration.sets:
            return "off"
        if "all" in configuration.sets and rule.severity == "off":
            return ON_REQUEST
    return None


def _change_problems(
    configuration: Configuration, pack: Pack, changes: Sequence[RuleChange]
) -> Iterable[RuleFileProblem]:
    for change in changes:
        rules = matching(change.pattern, pack.rules)
        if not rules:
            yield configuration.document.problem(change.steps, _no_rule(change.pattern, pack), key=True)
            continue
        defaults = {name: value for rule in rules for name, value in rule.params.items()}
        yield from _value_problems(
            configuration, change.params, (*change.steps, "params"), {**pack.params, **defaults}
        )


def _param_problems(configuration: Configuration, pack: Pack) -> Iterable[RuleFileProblem]:
    own = {name: value for rule in pack.rules for name, value in rule.params.items()}
    return _value_problems(configuration, configuration.params, ("params",), {**own, **pack.params})


def _value_problems(
    configuration: Configuration,
    given: Mapping[str, Any],
    steps: tuple[str | int, ...],
    known: Mapping[str, Any],
) -> Iterable[RuleFileProblem]:
    document = configuration.document
    for name, value in given.items():
        if name not in known:
            yield document.problem((*steps, name), f"unknown param `{name}`{near(name, known)}", key=True)
        elif not _like(milliseconds(value), known[name]):
            yield document.problem((*steps, name), f"`{name}` must be {_word(known[name])}")


def _exemption_problems(configuration: Configuration, pack: Pack) -> Iterable[RuleFileProblem]:
    for exemption in configuration.exemptions:
        if not matching(exemption.rule, pack.rules):
            yield configuration.document.problem((*exemption.steps, "rule"), _no_rule(exemption.rule, pack))


def _no_rule(pattern: str, pack: Pack) -> str:
    return f"there is no rule `{pattern}`{near(pattern, [rule.id for rule in pack.rules])}"


def _like(value: Any, default: Any) -> bool:
    """Tell whether a value is of the type of a default; any value is where the default is none."""
    return default is None or _word(value) == _word(default)


def _word(value: Any) -> str:
    """Return the type of a value in words."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number, or a length of time like `7 d`, `24 h`, `5 min` or `30 s`"
    if isinstance(value, list):
        return "a list"
    return "text" if isinstance(value, str) else "a mapping"
