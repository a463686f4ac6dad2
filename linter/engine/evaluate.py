"""A pack of rules evaluated over a snapshot: the way from violations to findings."""

from collections.abc import Mapping
from functools import partial
from time import perf_counter
from typing import Any

from linter.engine.failure import EvaluationError, Failures, OverBudgetError
from linter.engine.finding import Evaluation, Finding, RuleProblem, RuleRun
from linter.engine.join import Tables
from linter.engine.make_findings import FindingMaker, Violation
from linter.engine.pack import Pack
from linter.engine.place import Places
from linter.engine.rule import Rule
from linter.engine.search import violations
from linter.engine.settings import Settings
from linter.engine.subject import Subjects


def evaluate(pack: Pack, root: Mapping[str, Any], settings: Settings | None = None) -> Evaluation:
    """Evaluate the rules of a pack over `{"meta": {...}, "<table>": [rows]}`.

    A rule with an expression that fails on a row gives a problem, and the findings of all other rows.
    """
    run = _Run(pack, root, settings or Settings())
    for rule in pack.rules:  # those that others yield to come first
        run.add(rule)
    run.findings.sort(key=lambda finding: (finding.location[:2], finding.rule, finding.message))
    return Evaluation(tuple(run.findings), tuple(run.problems), tuple(run.runs))


class _Run:
    """One evaluation: the rules that take part, and what they have found so far.

    `claims` are, per rule that another yields to, the subjects that it reports, or would if it did not yield.
    """

    def __init__(self, pack: Pack, root: Mapping[str, Any], settings: Settings) -> None:
        self.findings: list[Finding] = []
        self.problems: list[RuleProblem] = []
        self.runs: list[RuleRun] = []
        self._pack = pack
        self._root = root
        self._meta = root.get("meta", {})
        self._tables = Tables(root)
        self._places = Places(self._tables, pack.vocabulary.references)
        self._settings = settings
        self._selected = {rule.id for rule in pack.rules if settings.selects(rule)}
        self._heeded = _heeded(pack, self._selected)
        self._claims: dict[str, set[tuple[Any, ...]]] = {}

    def add(self, rule: Rule) -> None:
        if rule.id not in self._selected and rule.id not in self._heeded:
            return
        era = self._meta.get(self._pack.vocabulary.kind)
        if era is not None and era not in rule.eras:
            return
        if rule.tables and not rule.lists_in_params and not any(map(self._root.get, rule.tables)):
            self.runs.append(RuleRun(rule.id, partial(self._counted, rule), 0, 0, 0))
            return
        subjects = Subjects(rule, self._tables, self._pack.vocabulary.identity)
        failures, start, found = Failures(), perf_counter(), 0
        self._tables.begin(failures)
        try:
            found = self._evaluate(rule, subjects, failures)
        except EvaluationError as failure:  # of all rows together
            failures.append(failure)
        except OverBudgetError:
            place = rule.sources[-1]["rows"]
            said = "looks at too many combinations of rows; join them by `match`, or ask for fewer"
            self.problems.append(RuleProblem(rule.id, said, rule.path, place["line"], place["column"]))
        took = (perf_counter() - start) * 1000
        self.runs.append(RuleRun(rule.id, partial(self._counted, rule), found, len(failures), took))
        if failures:
            self.problems.append(_problem(rule, failures, subjects))

    def _counted(self, rule: Rule) -> dict[str, int | None]:
        counted = {source["name"]: self._tables.counted(source["rows"]) for source in rule.sources}
        return {
            **counted,
            (first := next(iter(counted))): counted[first] or 0,
        }  # asked for, if it can have any

    def _evaluate(self, rule: Rule, subjects: Subjects, failures: Failures) -> int:
        """Add the findings of a rule; return how many results violate it."""
        constants = {"meta": self._meta, "params": self._settings.params_of(rule, self._pack.params)}
        environments = violations(rule, self._tables, constants, failures)
        if not environments:
            return 0
        teller = FindingMaker(rule, subjects, self._places, self._settings.severity_of(rule), failures)
        judged = [failures.attempt(teller.judge, environment) for environment in environments]
        found = [violation for violation in judged if violation is not None]
        if rule.id in self._heeded:
            self._claims[rule.id] = {subjects.key(violation.environment) for violation in found}
        if rule.id in self._selected:
            self.findings += teller.findings(self._not_taken(rule, subjects, found))
        return len(environments)

    def _not_taken(self, rule: Rule, subjects: Subjects, found: list[Violation]) -> list[Violation]:
        taken = set().union(*(self._claims.get(other, ()) for other in rule.yields_to))
        if not taken:
            return found
        return [violation for violation in found if subjects.key(violation.environment) not in taken]


def _heeded(pack: Pack, selected: set[str]) -> set[str]:
    """Return the rules to which a selected one yields; what these in turn yield to changes no claim."""
    return {other for rule in pack.rules if rule.id in selected for other in rule.yields_to}


def _problem(rule: Rule, failures: Failures, subjects: Subjects) -> RuleProblem:
    failure, *others = failures
    expression = failure.expression
    pairs = subjects.name(failure.scope).pairs() if failure.scope.get(rule.subject) else ()
    row = " ".join(f"{kind} {name}" for kind, name in pairs)
    message = f"`{expression['text']}` failed{f' on {row}' if row else ''}: {failure}"
    if others:
        message += f" (and on {len(others)} more, which are left out)"
    return RuleProblem(rule.id, message, rule.path, expression["line"], expression["column"])
