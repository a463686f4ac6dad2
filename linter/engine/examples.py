"""A rule's own examples run as its tests, in both directions, with the fixes applied and checked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, Literal, NamedTuple

from linter.engine.edits import edited
from linter.engine.evaluate import evaluate
from linter.engine.finding import Edit, Evaluation, Finding, Fix
from linter.engine.pack import Pack
from linter.engine.rule import Rule
from linter.engine.rule_file import RuleFile
from linter.engine.vocabulary import Vocabulary

SOURCE = "given"
"""The source of rows of an example that do not say where they lie."""

Tables = dict[str, Any]
Derive = Callable[[Tables], None]
"""Fills in place the derived tables that an example leaves out."""


class ExampleResult(NamedTuple):
    """The outcome of one example; without `failures` it passed. `number` is None for a missing example."""

    rule: str
    kind: Literal["bad", "good"]
    number: int | None
    name: str
    line: int
    failures: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether everything was as the example says."""
        return not self.failures


def run_examples(
    rule_file: RuleFile, vocabulary: Vocabulary, params: Mapping[str, Any], derive: Derive | None = None
) -> list[ExampleResult]:
    """Run every example of a rule; a rule without a bad or without a good example has a failure for that."""
    bench = _Bench(rule_file.rule, vocabulary, params, derive)
    return [_result(rule_file, kind, index, example, bench) for kind, index, example in _examples(rule_file)]


def negation_survivors(
    rule_file: RuleFile, vocabulary: Vocabulary, params: Mapping[str, Any], derive: Derive | None = None
) -> list[str]:
    """Tell which examples say nothing: the rule turned around must fail a bad example and a good one."""
    negated = rule_file._replace(rule=negate(rule_file.rule))
    results = run_examples(negated, vocabulary, params, derive)
    return [
        f"no {kind} example fails when `require` is turned around"
        for kind in ("bad", "good")
        if not any(result.failures for result in results if result.kind == kind and result.number is not None)
    ]


def negate(rule: Rule) -> Rule:
    """Return the rule with its requirement turned around."""
    return rule._replace(require={**rule.require, "negated": not rule.require["negated"]})


class _Bench:
    """Evaluates one rule over example tables."""

    def __init__(
        self, rule: Rule, vocabulary: Vocabulary, params: Mapping[str, Any], derive: Derive | None
    ) -> None:
        self._pack = Pack((rule,), params, vocabulary)
        self._derive = derive

    def evaluate(self, given: Tables) -> Evaluation:
        root = deepcopy(given)
        for table, rows in root.items():
            if isinstance(rows, list):
                for index, row in enumerate(rows):
                    row.setdefault("at", {"source": SOURCE, "pointer": f"/{table}/{index}"})
        if self._derive:
            self._derive(root)
        return evaluate(self._pack, root)


def _examples(rule_file: RuleFile) -> Iterator[tuple[Literal["bad", "good"], int | None, dict[str, Any]]]:
    kinds: tuple[Literal["bad", "good"], ...] = ("bad", "good")
    for kind in kinds:
        examples = rule_file.examples[kind]
        if not examples:
            yield kind, None, {}
        for index, example in enumerate(examples):
            yield kind, index, example


def _result(
    rule_file: RuleFile,
    kind: Literal["bad", "good"],
    index: int | None,
    example: dict[str, Any],
    bench: _Bench,
) -> ExampleResult:
    steps = ("examples",) if index is None else ("examples", kind, index)
    line, _ = rule_file.document.place(steps)
    failures = (f"there is no {kind} example",) if index is None else tuple(_failures(example, bench))
    return ExampleResult(rule_file.rule.id, kind, index, example.get("name", ""), line, failures)


def _failures(example: dict[str, Any], bench: _Bench) -> Iterator[str]:
    found = bench.evaluate(example["given"])
    for problem in found.problems:
        yield problem.message
    if found.problems:
        return
    unexpected = list(found.findings)
    for expected in example.get("expect", ()):
        match = next((finding for finding in unexpected if finding.location.pointer == expected["at"]), None)
        if match is None:
            yield f"expected a finding at {expected['at']}"
        else:
            unexpected.remove(match)
            yield from _differences(match, expected)
    for finding in unexpected:
        yield f"unexpected {finding.severity} at {finding.location.pointer}: {finding.message}"
    yield from _fix_failures(example, found.findings, bench)


def _differences(finding: Finding, expected: Mapping[str, str]) -> Iterator[str]:
    if finding.severity != expected.get("severity", finding.severity):
        yield f"expected severity {expected['severity']} at {expected['at']}, got {finding.severity}"
    if expected.get("message", "") not in finding.message:
        yield f"expected a message with `{expected['message']}` at {expected['at']}, got: {finding.message}"


def _fix_failures(example: dict[str, Any], findings: Sequence[Finding], bench: _Bench) -> Iterator[str]:
    given = example["given"]
    for finding in findings:
        for fix in _machine_fixes(finding):
            after = bench.evaluate(edited(given, fix.edits))
            if after.problems:
                yield f"fix `{fix.title}`: {after.problems[0].message}"
            if any(left.fingerprint == finding.fingerprint for left in after.findings):
                yield f"fix `{fix.title}` leaves the finding at {finding.location.pointer}"
    fixed = edited(given, _first_edits(findings))
    again = edited(fixed, _first_edits(bench.evaluate(fixed).findings))
    if again != fixed:
        yield "applying the fixes a second time changes more"
    for table, rows in example.get("fixed", {}).items():
        if fixed.get(table) != rows:
            yield f"after the fixes `{table}` is {fixed.get(table)}, not {rows}"


def _machine_fixes(finding: Finding) -> list[Fix]:
    """Return the fixes whose edits all lie in the example."""
    return [fix for fix in finding.fixes if fix.edits and all(edit.source == SOURCE for edit in fix.edits)]


def _first_edits(findings: Sequence[Finding]) -> list[Edit]:
    """Return the edits of the first fix of every finding, each once."""
    first = [_machine_fixes(finding)[:1] for finding in findings]
    edits: list[Edit] = []
    for fixes in first:
        for fix in fixes:
            edits += [edit for edit in fix.edits if edit not in edits]
    return edits
