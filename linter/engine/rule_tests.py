"""What the examples of a rule prove: that each is right, and that together they leave nothing untried."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from linter.engine.columns import UNKNOWN
from linter.engine.examples import ExampleResult, negation_survivors, run_examples
from linter.engine.finding import Finding
from linter.engine.join import Tables
from linter.engine.rule import FixPlan, Rule
from linter.engine.rule_file import RuleFile
from linter.engine.rule_under_test import RuleUnderTest
from linter.engine.vocabulary import Vocabulary
from linter.engine.weakened import weakened
from linter.engine.yaml_values import Steps


class Gap(NamedTuple):
    """What no example of the rule tries, and the line of what is left untried."""

    line: int
    message: str


class RuleTests(NamedTuple):
    """The outcome of testing a rule; gaps and nulls are looked for only where every example passed.

    `nulls` are expressions that fail where a column is null in which an example has a value.
    """

    file: RuleFile
    results: tuple[ExampleResult, ...]
    gaps: tuple[Gap, ...]
    nulls: tuple[Gap, ...]

    @property
    def holds(self) -> bool:
        """Whether every example passed and nothing is left untried."""
        return not self.gaps and all(result.passed for result in self.results)


def run_rule_tests(file: RuleFile, vocabulary: Vocabulary, params: Mapping[str, Any]) -> RuleTests:
    """Run the examples of a rule, then look for what they do not try."""
    results = tuple(run_examples(file, vocabulary, params))
    if not all(result.passed for result in results):
        return RuleTests(file, results, (), ())
    nulls = tuple(_nulls(file, vocabulary, params))
    return RuleTests(file, results, tuple(_gaps(file, vocabulary, params)), nulls)


def untried(
    file: RuleFile, vocabulary: Vocabulary, params: Mapping[str, Any], others: Mapping[str, Rule]
) -> Iterator[Gap]:
    """Yield the parts of a rule that holds without which all its examples hold, too.

    `others` are rules by id, to which it may yield.
    """
    for index, good in enumerate(file.examples["good"]):
        rows = Tables({"params": file.rule.params, **good["given"]}).rows(file.rule.sources[0]["rows"])
        if not rows:
            message = (
                f"this example has no row for `{file.rule.sources[0]['name']}`, so the rule looks at nothing"
            )
            yield Gap(_line(file, ("examples", "good", index)), message)
    for part, line, rule in weakened(file):
        if all(result.passed for result in run_examples(file._replace(rule=rule), vocabulary, params)):
            yield Gap(line, f"no example needs {part}")
    for index, plan in enumerate(json.loads(file.rule.finding)["fixes"]):
        under_test = RuleUnderTest(_with_fix(file.rule, plan), vocabulary, params)
        made = [bool(finding.fixes) for finding in _bad_findings(file, under_test)]
        if plan["when"] and (all(made) or not any(made)):
            always = "gets it" if all(made) else "is without it"
            yield Gap(
                _line(file, ("fixes", index)),
                f"every finding of the examples {always}: no example needs `when`",
            )
    yield from _unheard(file, vocabulary, params, others)
    for name in file.rule.params:
        if f"params.{name}" not in _said(file):
            yield Gap(_line(file, ("params", name)), f"nothing reads `params.{name}`")


def _unheard(
    file: RuleFile, vocabulary: Vocabulary, params: Mapping[str, Any], others: Mapping[str, Rule]
) -> Iterator[Gap]:
    """Yield the rules that silence a rule in no example."""
    alone = len(list(_bad_findings(file, RuleUnderTest(file.rule, vocabulary, params))))
    for index, other in enumerate(file.rule.yields_to):
        beside = RuleUnderTest(file.rule, vocabulary, params, [others[other]])
        if len(list(_bad_findings(file, beside))) == alone:
            said = f"`{other}` reports the subject of no bad example: none needs to yield to it"
            yield Gap(_line(file, ("yields_to", index)), said)


def _nulls(file: RuleFile, vocabulary: Vocabulary, params: Mapping[str, Any]) -> Iterator[Gap]:
    """Yield each column that may be null, and on which an expression then fails."""
    under_test, columns = RuleUnderTest(file.rule, vocabulary, params), vocabulary.columns()
    found: set[str] = set()
    said = _said(file)
    for given in (example["given"] for kind in file.examples.values() for example in kind):
        for table, index, name in _values(given):
            column = f"{table}.{name}"
            if column in found or name not in said or "null" not in columns[table].get(name, UNKNOWN).types:
                continue
            row = {**given[table][index], name: None}
            rows = [*given[table][:index], row, *given[table][index + 1 :]]
            for problem in under_test.evaluate({**given, table: rows}).problems:
                found.add(column)
                why = f"`{column}` may be null; then {problem.message}"
                yield Gap(problem.line, f"{why}; say what null means, for example by `when`")


def _values(given: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
    """Yield where the rows of an example have a value: table, index and column."""
    for table, rows in given.items():
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            yield from ((table, index, name) for name, value in row.items() if value is not None)


def _gaps(file: RuleFile, vocabulary: Vocabulary, params: Mapping[str, Any]) -> Iterator[Gap]:
    for message in negation_survivors(file, vocabulary, params):
        yield Gap(_line(file, ("require",)), message)
    for index, plan in enumerate(json.loads(file.rule.finding)["fixes"]):
        edits = any(plan[key] for key in ("remove", "set", "insert", "restrict", "copy"))
        if edits and not _is_tried(file, RuleUnderTest(_with_fix(file.rule, plan), vocabulary, params)):
            title = file.document.value["fixes"][index]["title"]
            yield Gap(_line(file, ("fixes", index)), f"no bad example gets the fix `{title}`")


def _is_tried(file: RuleFile, under_test: RuleUnderTest) -> bool:
    return any(finding.fixes for finding in _bad_findings(file, under_test))


def _bad_findings(file: RuleFile, under_test: RuleUnderTest) -> Iterator[Finding]:
    for bad in file.examples["bad"]:
        yield from under_test.evaluate(bad["given"]).findings


def _with_fix(rule: Rule, plan: FixPlan) -> Rule:
    """Return the rule with one fix only."""
    return rule._replace(finding=json.dumps({**json.loads(rule.finding), "fixes": [plan]}))


def _said(file: RuleFile) -> str:
    """Return the text of what a rule does, without its params and examples."""
    return json.dumps(file.document.value | {"params": None, "examples": None})


def _line(file: RuleFile, steps: Steps) -> int:
    return file.document.place(steps)[0]
