"""What rules did, for a terminal: in their own tests, and in a run."""

from collections.abc import Iterable, Iterator, Sequence

from linter.engine.examples import Difference, ExampleResult, disagreements_beside
from linter.engine.finding import RuleRun
from linter.engine.rule_tests import RuleTests
from linter.printable import printable
from linter.reports.wording import amount
from linter.reports.wrapping import BOLD, GREEN, RED, Painter

_SEVERITY = len("warning")


def rule_tests_text(tested: RuleTests, shown: str, paint: Painter) -> str:
    """Return all that is wrong with a rule, each with its line in the file `shown`; else nothing."""
    blocks = [
        (result.line, _example(result), [*_diff(result.differences, paint), *result.problems])
        for result in tested.results
        if not result.passed
    ]
    blocks += [(gap.line, "not tried", [gap.message]) for gap in tested.gaps]
    blocks += [(gap.line, "may fail", [gap.message]) for gap in tested.nulls]
    return "\n\n".join(
        "\n".join([paint(f"{shown}:{line}: {what}", BOLD), *(f"  {detail}" for detail in details)])
        for line, what, details in blocks
    )


def rule_tests_summary(tested: Sequence[RuleTests]) -> str:
    """Return the line that sums up."""
    examples = sum(result.number is not None for rule in tested for result in rule.results)
    wrong = [sum(not result.passed for result in rule.results) + len(rule.gaps) for rule in tested]
    counts = f"{amount(len(tested), 'rule')}, {amount(examples, 'example')}"
    if not any(wrong):
        return f"{counts}: all hold."
    return f"{counts}: {amount(sum(wrong), 'failure')} in {amount(len(wrong) - wrong.count(0), 'rule')}."


def _example(result: ExampleResult) -> str:
    if result.number is None:
        return "examples"
    name = f", {printable(result.name)}" if result.name else ""
    return f"{result.kind} example {result.number + 1}{name}"


def _diff(differences: Sequence[Difference], paint: Painter) -> Iterator[str]:
    for expected, found in differences:
        if expected is not None:
            part = f": …{expected['message']}…" if expected.get("message") else ""
            yield paint(f"- expected {_outcome(expected.get('severity', ''), expected['at'], part)}", GREEN)
        if found is not None:
            message = f": {printable(found.message)}"
            yield paint(f"+ found    {_outcome(found.severity, found.location.pointer, message)}", RED)
        if expected is not None and found is not None:
            yield from map(printable, disagreements_beside(expected, found))


def _outcome(severity: str, pointer: str, message: str) -> str:
    return f"{severity:{_SEVERITY}} at {pointer}{message}"


def runs_text(runs: Iterable[RuleRun]) -> str:
    """Return a line per rule: time, results that violate it or fail, the rows that each name chose from."""
    lines = ["    ms  violated  failed  rule: rows"]
    for run in sorted(runs, key=lambda run: -run.milliseconds):
        rows = ", ".join(f"{name} {'-' if count is None else count}" for name, count in run.rows().items())
        lines.append(f"{run.milliseconds:6.2f}  {run.violations:8}  {run.failures:6}  {run.rule}: {rows}")
    return "\n".join(lines)
