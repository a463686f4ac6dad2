"""`authlint test`: test rules by their own examples."""

from pathlib import Path
from typing import Annotated

import typer

from linter.cli.failures import USAGE_ERROR, fail
from linter.cli.options import Config, Rules
from linter.cli.target import looks_at
from linter.configuration.rule_pack import built_in_rules, vocabulary
from linter.engine.picked import pick_rules
from linter.engine.proof import prove, untried
from linter.reports.painter import Painter
from linter.reports.wording import path_for_people
from linter.usecases.target import Target
from linter.views.proof_text import proof_text, proofs_summary

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
    picked = pick_rules(paths or extended or [built_in], [built_in, *extended, *target.rules], tables)
    if not picked.files:
        fail("there is no rule file (*.yaml) here", USAGE_ERROR)
    paint = Painter(colour=target.caller.colour)
    proofs = [prove(file, tables, picked.params) for file in picked.files]
    for proof in proofs:
        if not proof.holds:
            shown = path_for_people(proof.file.document.path, target.options())
            typer.echo(proof_text(proof, shown, paint) + "\n")
        elif needless:
            for gap in untried(proof.file, tables, picked.params):
                typer.echo(
                    f"{path_for_people(proof.file.document.path, target.options())}:{gap.line}: {gap.message}"
                )
    typer.echo(proofs_summary(proofs))
    raise typer.Exit(int(not all(proof.holds for proof in proofs)))
