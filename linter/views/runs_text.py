"""What each rule did in a run, as lines of text, the slowest first."""

from collections.abc import Iterable

from linter.engine.finding import RuleRun


def runs_text(runs: Iterable[RuleRun]) -> str:
    """Return a line per rule: time, results that violate it or fail, the rows that each name chose from."""
    lines = ["    ms  violated  failed  rule: rows"]
    for run in sorted(runs, key=lambda run: -run.milliseconds):
        rows = ", ".join(f"{name} {'-' if count is None else count}" for name, count in run.rows().items())
        lines.append(f"{run.milliseconds:6.2f}  {run.violations:8}  {run.failures:6}  {run.rule}: {rows}")
    return "\n".join(lines)
