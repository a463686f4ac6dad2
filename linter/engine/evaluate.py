"""A pack of rules evaluated over a snapshot: the way from violations to findings."""

from collections.abc import Mapping
from typing import Any

from linter.engine.failure import EvaluationError
from linter.engine.finding import Evaluation, Finding, RuleProblem
from linter.engine.join import Tables
from linter.engine.pack import Pack
from linter.engine.place import Places
from linter.engine.rule import Rule
from linter.engine.search import violations
from linter.engine.settings import Settings
from linter.engine.telling import Teller, Violation

Claims = dict[str, set[tuple[Any, ...]]]
"""Per rule, the subject rows that it reports or would report if it did not yield."""


def evaluate(pack: Pack, root: Mapping[str, Any], settings: Settings | None = None) -> Evaluation:
    """Evaluate the rules of a pack over `{"meta": {...}, "<table>": [rows]}`.

    A rule with an expression that fails on a row gives a problem and no findings; the others still run.
    """
    settings = settings or Settings()
    tables = Tables(root)
    claims: Claims = {}
    findings: list[Finding] = []
    problems: list[RuleProblem] = []
    selected = {rule.id for rule in pack.rules if settings.selects(rule)}
    heeded = _heeded(pack, selected)
    for rule in pack.rules:  # those that others yield to come first
        if rule.id in selected or rule.id in heeded:
            places = Places(rule, tables, pack.vocabulary)
            try:
                found = _evaluate_rule(rule, places, pack, root, tables, settings, claims)
            except EvaluationError as failure:
                problems.append(_problem(rule, failure, places))
            else:
                findings += found if rule.id in selected else []
    findings.sort(key=lambda finding: (finding.location[:2], finding.rule, finding.message))
    return Evaluation(tuple(findings), tuple(problems))


def _evaluate_rule(
    rule: Rule,
    places: Places,
    pack: Pack,
    root: Mapping[str, Any],
    tables: Tables,
    settings: Settings,
    claims: Claims,
) -> list[Finding]:
    meta = root.get("meta", {})
    if meta.get("era") is not None and meta["era"] not in rule.eras:
        return []
    constants = {"meta": meta, "params": settings.params_of(rule, pack.params)}
    environments = violations(rule, tables, constants)
    if not environments:
        return []
    teller = Teller(rule, places, settings.severity_of(rule))
    reported = [violation for environment in environments if (violation := teller.judge(environment))]
    claims[rule.id] = {places.key(violation.environment) for violation in reported}
    taken = set().union(*(claims.get(other, ()) for other in rule.yields_to))
    return teller.findings([violation for violation in reported if not _is_taken(violation, places, taken)])


def _is_taken(violation: Violation, places: Places, taken: set[tuple[Any, ...]]) -> bool:
    return bool(taken) and places.key(violation.environment) in taken


def _heeded(pack: Pack, selected: set[str]) -> set[str]:
    """Return the rules that must run because a selected one yields to them."""
    heeded: set[str] = set()
    for rule in reversed(pack.rules):
        if rule.id in selected or rule.id in heeded:
            heeded.update(rule.yields_to)
    return heeded


def _problem(rule: Rule, failure: EvaluationError, places: Places) -> RuleProblem:
    expression = failure.expression
    subject = places.subject(failure.scope) if failure.scope.get(rule.subject) else ()
    row = " ".join(f"{kind} {name}" for kind, name in subject)
    message = f"`{expression['text']}` failed{f' on {row}' if row else ''}: {failure}"
    return RuleProblem(rule.id, message, rule.path, expression["line"], expression["column"])
