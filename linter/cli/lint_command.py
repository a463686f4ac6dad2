"""`authlint lint`: lint a state and report."""

from functools import partial
from typing import Annotated

import typer

from linter.cli.options import BaselineFile, FailOn, Notes, Pseudonymise, Quiet, Since, States, pseudonym_key
from linter.cli.outputs import parse_outputs, remember_findings, write_outputs, write_reports
from linter.cli.target import BRANCH, LINTING, looks_at
from linter.reports.interface import Report
from linter.usecases.exit_code import exit_code
from linter.usecases.lint import lint_states
from linter.usecases.target import Target

Formats = Annotated[
    list[str],
    typer.Option(
        "-f",
        "--format",
        metavar="FORMAT[=FILE]",
        help="text, full, json, sarif, github, gitlab, junit, markdown, html. Several, all but one to files.",
    ),
]
RuleStats = Annotated[
    bool, typer.Option("--rule-stats", help="Say on stderr what each rule looked at, and how long it took.")
]
NoBaseline = Annotated[
    bool, typer.Option("--no-baseline", help="Report known findings too, whatever authlint.yaml says.")
]


class Ended(typer.Exit):
    """The end of a run, with what was reported."""

    def __init__(self, code: int, reports: list[Report]) -> None:
        super().__init__(code)
        self.reports = reports


@looks_at(States, {**LINTING, **BRANCH})
def command(
    *,
    target: Target,
    formats: Formats = ["text"],  # noqa: B006 - typer reads the default, nothing changes it
    fail_on: FailOn = "error",
    notes: Notes = False,
    quiet: Quiet = False,
    baseline: BaselineFile = None,
    no_baseline: NoBaseline = False,
    since: Since = None,
    pseudonymise: Pseudonymise = False,
    rule_stats: RuleStats = False,
) -> None:
    """Lint a state. Exit code: 0 clean, 1 findings, 2 wrong use or a broken rule, 3 nothing to lint."""
    outputs = parse_outputs(formats)
    target.done("start")
    if len(target.states) > 1 and since is not None:
        raise typer.BadParameter("is the earlier snapshot of one state, not of several", param_hint="--since")
    if pseudonymise and any(output.format != "html" for output in outputs):
        said = "is for -f html alone; `authlint snapshot --pseudonymise` writes a state for all formats"
        raise typer.BadParameter(said, param_hint="--pseudonymise")
    options = target.options(notes=notes, quiet=quiet)
    if pseudonymise:
        options = options._replace(pseudonyms=pseudonym_key())
    reports = []
    for one in lint_states(target, since=since):
        reports.append(one.report(options, None if no_baseline else baseline or one.ruleset.baseline))
        if rule_stats:
            from linter.views.rule_tests_text import runs_text  # noqa: PLC0415 - for who writes rules

            typer.echo(runs_text(one.evaluation.runs), err=True)
    write_outputs(outputs, partial(write_reports, reports))
    target.done("report")
    remember_findings(reports)
    raise Ended(max(exit_code(report, fail_on) for report in reports), reports)
