"""What a user's configuration changes about the rules."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from linter.engine.durations import milliseconds
from linter.engine.rule import Rule

ON_REQUEST = "warning"
"""The severity of a rule that is off by itself and switched on without another word."""

_NONE: Mapping[str, Any] = MappingProxyType({})


class Settings(NamedTuple):
    """Which rules run, and how.

    `select`: ids of the rules to run, None for all; `ignore`: ids to leave out; `severities`: per rule, the
    severity of all its findings, or `off`; `params`: values for every rule; `rule_params`: values per rule.
    """

    select: Collection[str] | None = None
    ignore: Collection[str] = ()
    severities: Mapping[str, str] = _NONE
    params: Mapping[str, Any] = _NONE
    rule_params: Mapping[str, Mapping[str, Any]] = _NONE

    def selects(self, rule: Rule) -> bool:
        """Tell whether the rule's findings are wanted."""
        if rule.id in self.ignore or (self.select is not None and rule.id not in self.select):
            return False
        return self.is_on(rule)

    def is_on(self, rule: Rule) -> bool:
        """Tell whether the rule runs unless a choice leaves it out."""
        return self.severities.get(rule.id, rule.severity) != "off"

    def severity_of(self, rule: Rule) -> str | None:
        """Return the severity that the user gives all findings of the rule; of a rule that is off, none."""
        severity = self.severities.get(rule.id)
        return None if severity == "off" else severity

    def params_of(self, rule: Rule, shared: Mapping[str, Any]) -> dict[str, Any]:
        """Return the params that the rule's expressions see; what the user says goes before every default."""
        given = {**self.params, **self.rule_params.get(rule.id, {})}
        return {**shared, **rule.params, **{name: milliseconds(value) for name, value in given.items()}}


def switched_on(severities: Mapping[str, str], rule: Rule) -> dict[str, str]:
    """Return the severities with what the rule says itself."""
    others = {name: severity for name, severity in severities.items() if name != rule.id}
    return others | {rule.id: ON_REQUEST} if rule.severity == "off" else others
