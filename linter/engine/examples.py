"""A rule's own examples run as its tests, in both directions, with the fixes applied and checked."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from linter.engine.bench import Bench, Derive
from linter.engine.example_fixes import fix_failures
from linter.engine.finding import Finding
from linter.engine.rule import Rule
from linter.engine.rule_file import RuleFile
from linter.engine.vocabulary import Vocabulary


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
    bench = Bench(rule_file.rule, vocabulary, params, derive)
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
    bench: Bench,
) -> ExampleResult:
    steps = ("examples",) if index is None else ("examples", kind, index)
    line, _ = rule_file.document.place(steps)
    failures = (f"there is no {kind} example",) if index is None else tuple(_failures(example, bench))
    return ExampleResult(rule_file.rule.id, kind, index, example.get("name", ""), line, failures)


def _failures(example: dict[str, Any], bench: Bench) -> Iterator[str]:
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
    yield from fix_failures(example, found.findings, bench)


def _differences(finding: Finding, expected: Mapping[str, str]) -> Iterator[str]:
    if finding.severity != expected.get("severity", finding.severity):
        yield f"expected severity {expected['severity']} at {expected['at']}, got {finding.severity}"
    if expected.get("message", "") not in finding.message:
        yield f"expected a message with `{expected['message']}` at {expected['at']}, got: {finding.message}"
