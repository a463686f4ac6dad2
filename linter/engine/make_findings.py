"""Violations told as findings: severity, message, places and fixes; equal ones collected into one."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar, cast

from linter.engine.expression import Evaluator, condition, evaluator
from linter.engine.failure import Failures, guarded
from linter.engine.finding import Cause, Finding, Fix, Location, Severity
from linter.engine.functions import distinct, in_order
from linter.engine.join import normal_key
from linter.engine.mentions import mentioned
from linter.engine.place import Places
from linter.engine.remedy import Writer, remedy, writer
from linter.engine.rule import Expression, FindingPlan, Path, Rule, Template
from linter.engine.scope import Environment
from linter.engine.subject import Subjects, fingerprint
from linter.engine.syntax import Node
from linter.engine.template import show

Told = TypeVar("Told")
_RANK = {"note": 0, "warning": 1, "error": 2}


class Violation(NamedTuple):
    """The names bound at a violation, how bad it is, and what writes its message and its effect."""

    environment: Environment
    severity: Severity
    message: Writer
    effect: Writer


class _Plan(NamedTuple):
    """How the violations of a rule are told, with its expressions prepared."""

    at: Path
    message: Writer
    effect: Writer | None
    causes: list[tuple[str, Evaluator]]
    adjustments: list[tuple[Evaluator, str | None, Writer | None, Writer | None]]
    related: list[tuple[str, Path, Writer | None]]
    remedies: list[Callable[[Environment], Fix | None]]
    by: list[Evaluator] | None
    gathered: dict[str, Evaluator]
    mentions: dict[str, list[str]]


@lru_cache(maxsize=1024)
def _prepared(finding: str) -> _Plan:
    """Prepare what a rule says of its findings, once for all snapshots that are judged by it."""
    told: FindingPlan = json.loads(finding)
    collect = told["collect"]
    return _Plan(
        told["at"],
        writer(told["message"]),
        _writer(told["effect"] or None),
        [(kind, _guarded(key, evaluator)) for kind, key in told["cause"]],
        [
            (
                _guarded(adjustment["when"], condition),
                adjustment["severity"],
                _writer(adjustment["message"]),
                _writer(adjustment["effect"]),
            )
            for adjustment in told["adjust"]
        ],
        [(place["label"], place["at"], _writer(place["message"] or None)) for place in told["related"]],
        [remedy(plan) for plan in told["fixes"]],
        [_guarded(part, evaluator) for part in collect["by"]] if collect else None,
        {name: _guarded(part, evaluator) for name, part in collect["as"].items()} if collect else {},
        told["mentions"],
    )


def _guarded(expression: Expression, build: Callable[[Node], Evaluator]) -> Evaluator:
    return guarded(expression, build(expression["ast"]))


def _writer(template: Template | None) -> Writer | None:
    return None if template is None else writer(template)


class FindingMaker:
    """Makes the findings of one rule in one snapshot."""

    def __init__(
        self, rule: Rule, subjects: Subjects, places: Places, severity: str | None, failures: Failures
    ) -> None:
        self._plan = _prepared(rule.finding)
        self._rule = rule
        self._at = [self._plan.at, [rule.subject], *([source["name"]] for source in rule.sources)]
        self._subjects = subjects
        self._places = places
        self._severity = severity
        self._failures = failures
        self._fingerprints: dict[str, int] = {}

    def judge(self, environment: Environment) -> Violation | None:
        """Settle severity and message; None when the severity is off."""
        plan, severity = self._plan, self._severity or self._rule.severity
        message, effect = plan.message, plan.effect
        for applies, other_severity, other_message, other_effect in plan.adjustments:
            if applies(environment):
                severity, message = other_severity or severity, other_message or message
                effect = other_effect or other_message or effect
        if severity == "off":
            return None
        return Violation(
            environment, cast("Severity", self._severity or severity), message, effect or message
        )

    def findings(self, violations: Sequence[Violation]) -> list[Finding]:
        """Return the findings of violations, collected where the rule says so."""
        by = self._plan.by
        if by is None:
            return self._told(lambda violation: self._finding(violation, (), None), violations)
        groups: dict[tuple[object, ...], list[Violation]] = {}
        for violation in violations:
            key = self._failures.attempt(lambda each: [part(each.environment) for part in by], violation)
            if key is not None:
                groups.setdefault(normal_key(tuple(key)), []).append(violation)
        return self._told(lambda group: self._collected(*group), groups.items())

    def _told(self, tell: Callable[[Told], Finding], each: Iterable[Told]) -> list[Finding]:
        found = [self._failures.attempt(tell, one) for one in each]
        return [finding for finding in found if finding is not None]

    def _collected(self, key: tuple[object, ...], group: Sequence[Violation]) -> Finding:
        worst = max(group, key=lambda violation: _RANK[violation.severity])
        lists = {
            name: in_order(
                distinct([value for each in group if (value := value_of(each.environment)) is not None])
            )
            for name, value_of in self._plan.gathered.items()
        }
        violation = worst._replace(environment={**worst.environment, **lists})
        others = [each.environment for each in group if each is not worst]
        return self._finding(violation, others, key)

    def _finding(
        self, violation: Violation, others: Iterable[Environment], collected: Sequence[object] | None
    ) -> Finding:
        environment = violation.environment
        primary = self._places.first(environment, self._at)
        others = list(others)
        subject = self._subjects.name(environment, *others)
        others += environment.get("others", ())
        named = (subject.table, *subject.names) if collected is None else collected
        message, identity = violation.message(environment), self._fingerprint(named)
        return Finding(
            rule=self._rule.id,
            severity=violation.severity,
            message=message,
            location=primary,
            related=self._related_places(environment, others, primary),
            subject=subject.pairs(),
            fixes=tuple([fix for make in self._plan.remedies if (fix := make(environment))]),
            fingerprint=identity,
            values=mentioned(environment, self._plan.mentions),
            cause=self._cause(environment) or Cause(self._rule.id, identity),
            effect=message if violation.effect is violation.message else violation.effect(environment),
        )

    def _cause(self, environment: Environment) -> Cause | None:
        """Return the first cause whose key is something; None where the finding is its own."""
        keys = ((kind, key(environment)) for kind, key in self._plan.causes)
        return next((Cause(kind, show(key)) for kind, key in keys if key), None)

    def _related_places(
        self, environment: Environment, others: Iterable[Environment], primary: Location
    ) -> tuple[Location, ...]:
        found: dict[tuple[str, str], Location] = {}
        for label, path, message in self._plan.related:
            for place in self._places.locations(
                environment, path, message(environment) if message else label
            ):
                found.setdefault(place[:2], place)
        for other in others:
            place = self._places.first(other, self._at)
            if place[:2] != primary[:2]:
                found.setdefault(place[:2], place)
        return tuple(found.values())

    def _fingerprint(self, named: Sequence[object]) -> str:
        """Return a fingerprint of the rule and what is named, numbered where it is not the first."""
        found = fingerprint([self._rule.id, *named])
        count = self._fingerprints[found] = self._fingerprints.get(found, 0) + 1
        return found if count == 1 else fingerprint([found, count])
