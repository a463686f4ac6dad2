"""`authlint test`: test rules by their own examples."""

from pathlib import Path
from typing import Annotated

import typer

from linter.cli.failures import USAGE_ERROR, fail
from linter.cli.options import Config, Rules
from linter.cli.target import looks_at
from linter.configuration.rule_pack import built_in_rules, load_rules, vocabulary
from linter.engine.rule_tests import run_rule_tests, untried
from linter.engine.rules_to_test import rules_to_test
from linter.reports.wording import path_for_people
from linter.reports.wrapping import Painter
from linter.usecases.target import Target
from linter.views.rule_tests_text import rule_tests_summary, rule_tests_text

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH]...",
        help="Rule files, or folders. Default: what authlint.yaml extends, else the built-in rules.",
        exists=True,
    ),
]
Needless = Annotated[
    bool, typer.Option("--needless", help="Name each part of a rule that no example needs; all may hold.")
]


@looks_at(None, {"rules": Rules, "config": Config})
def command(*, target: Target, paths: Paths = None, needless: Needless = False) -> None:
    """Test rules: their examples in both directions, their fixes, and what no example tries.

    --rules and the configuration's `extends` add folders whose rules and params the tested ones refer to;
    nothing else of the configuration counts. Exit code: 0 all hold, 1 failures, 2 a broken rule.
    """
    tables, built_in = vocabulary(), built_in_rules()
    configuration = target.configuration(target.default_location())
    extended = configuration.folders if configuration is not None else ()
    found = rules_to_test(paths or extended or [built_in], [built_in, *extended, *target.rules], tables)
    if not found.files:
        fail("there is no rule file (*.yaml) here", USAGE_ERROR)
    paint = Painter(colour=target.caller.colour)
    others = (
        {rule.id: rule for rule in load_rules([*extended, *target.rules], None).rules} if needless else {}
    )
    others |= {file.rule.id: file.rule for file in found.files}
    tested = [run_rule_tests(file, tables, found.params) for file in found.files]
    for one in tested:
        if not one.holds or one.nulls:
            shown = path_for_people(one.file.document.path, target.options())
            typer.echo(rule_tests_text(one, shown, paint) + "\n")
        if one.holds and needless:
            for gap in untried(one.file, tables, found.params, others):
                typer.echo(
                    f"{path_for_people(one.file.document.path, target.options())}:{gap.line}: {gap.message}"
                )
    typer.echo(rule_tests_summary(tested))
    raise typer.Exit(int(not all(one.holds for one in tested)))
