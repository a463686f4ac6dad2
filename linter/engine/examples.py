"""A rule's own examples run as its tests, in both directions, with the fixes applied and checked."""

from collections.abc import Iterable, Iterator, Mapping
from operator import contains
from typing import Any, Literal, NamedTuple

from linter.engine.example_fixes import fix_failures
from linter.engine.finding import Finding
from linter.engine.rule import Rule
from linter.engine.rule_file import RuleFile
from linter.engine.rule_under_test import RuleUnderTest
from linter.engine.vocabulary import Vocabulary


class Difference(NamedTuple):
    """An expectation that no finding meets, a finding that nothing expects, or a pair that does not agree."""

    expected: Mapping[str, Any] | None
    found: Finding | None

    def __str__(self) -> str:
        wanted, found = self.expected, self.found
        if wanted is None:
            assert found is not None
            return f"unexpected {found.severity} at {found.location.pointer}: {found.message}"
        if found is None:
            return f"expected a finding at {wanted['at']}"
        return f"at {wanted['at']}: {'; '.join(disagreements(wanted, found))}"


class ExampleResult(NamedTuple):
    """The outcome of one example. `number` counts from 0 and is None for a missing example.

    `differences` are between what is expected and what is found; `problems` is all else that is wrong:
    expressions that fail, fixes that do not mend.
    """

    rule: str
    kind: Literal["bad", "good"]
    number: int | None
    name: str
    line: int
    differences: tuple[Difference, ...]
    problems: tuple[str, ...]

    @property
    def failures(self) -> tuple[str, ...]:
        """Everything that is wrong, in words."""
        return (*map(str, self.differences), *self.problems)

    @property
    def passed(self) -> bool:
        """Whether everything was as the example says."""
        return not self.differences and not self.problems


def run_examples(
    rule_file: RuleFile, vocabulary: Vocabulary, params: Mapping[str, Any]
) -> list[ExampleResult]:
    """Run every example of a rule; a rule without a bad or without a good example has a failure for that."""
    under_test = RuleUnderTest(rule_file.rule, vocabulary, params)
    return [
        _result(rule_file, kind, index, example, under_test) for kind, index, example in _examples(rule_file)
    ]


def negation_survivors(rule_file: RuleFile, vocabulary: Vocabulary, params: Mapping[str, Any]) -> list[str]:
    """Tell which examples say nothing: the rule turned around must fail a bad example and a good one."""
    negated = rule_file._replace(rule=negate(rule_file.rule))
    results = run_examples(negated, vocabulary, params)
    return [
        f"no {kind} example fails when `require` is turned around"
        for kind in ("bad", "good")
        if not any(result.failures for result in results if result.kind == kind and result.number is not None)
    ]


def negate(rule: Rule) -> Rule:
    """Return the rule with its requirement turned around."""
    return rule.seeking(require={**rule.require, "negated": not rule.require["negated"]})


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
    under_test: RuleUnderTest,
) -> ExampleResult:
    steps = ("examples",) if index is None else ("examples", kind, index)
    line, _ = rule_file.document.place(steps)
    result = ExampleResult(rule_file.rule.id, kind, index, example.get("name", ""), line, (), ())
    if index is None:
        return result._replace(problems=(f"there is no {kind} example",))
    found = under_test.evaluate(example["given"])
    if found.problems:
        return result._replace(problems=tuple([problem.message for problem in found.problems]))
    return result._replace(
        differences=tuple(_differences(example.get("expect", ()), found.findings)),
        problems=tuple(fix_failures(example, found.findings, under_test)),
    )


def _differences(
    expectations: Iterable[Mapping[str, Any]], findings: Iterable[Finding]
) -> Iterator[Difference]:
    unexpected = list(findings)
    for expected in expectations:
        here = [finding for finding in unexpected if finding.location.pointer == expected["at"]]
        match = next(
            (finding for finding in here if not any(disagreements(expected, finding))),
            here[0] if here else None,
        )
        if match is not None:
            unexpected.remove(match)
        if match is None or any(disagreements(expected, match)):
            yield Difference(expected, match)
    yield from (Difference(None, finding) for finding in unexpected)


def disagreements(expected: Mapping[str, Any], found: Finding) -> Iterator[str]:
    """Yield how a finding is not as expected, in words; what is not mentioned may be anything."""
    if found.severity != expected.get("severity", found.severity):
        yield f"expected severity {expected['severity']}, got {found.severity}"
    if expected.get("message", "") not in found.message:
        yield f"expected a message with `{expected['message']}`, got: {found.message}"
    yield from disagreements_beside(expected, found)


def disagreements_beside(expected: Mapping[str, Any], found: Finding) -> Iterator[str]:
    """Yield how other places, fixes and commands of a finding are not as expected."""
    related = sorted(place.pointer for place in found.related)
    if sorted(expected.get("related", related)) != related:
        yield f"expected related places {_listed(expected['related'])}, got {_listed(related)}"
    for key, texts in (
        ("fixes", [fix.title for fix in found.fixes]),
        ("commands", [command for fix in found.fixes for command in fix.commands]),
    ):
        parts = expected.get(key, texts)
        if len(parts) != len(texts) or not all(map(contains, texts, parts)):
            yield f"expected {key} {_listed(parts)}, got {_listed(texts)}"


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(f"`{text}`" for text in texts) or "none"
