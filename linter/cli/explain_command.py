"""`authlint explain`: a rule's page."""

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from linter.cli.failures import USAGE_ERROR, fail, failures
from linter.cli.folders import cache_dir
from linter.cli.options import Debug, Rules
from linter.engine.rule_file import load_rule
from linter.rule_pack import load_rules
from linter.views.rule_page import rule_page

RuleId = Annotated[str, typer.Argument(metavar="RULE", help="The id of a rule, as findings show it.")]


def command(rule: RuleId, *, rules: Rules = None, debug: Debug = False) -> None:
    """Explain a rule: what it means, what OpenClaw does, how to mend it, with examples."""
    with failures(debug=debug):
        pack = load_rules(rules or [], cache_dir())
        paths = {known.id: Path(known.path) for known in pack.rules}
        if rule not in paths:
            near = get_close_matches(rule, paths, n=1)
            hint = f"; did you mean {near[0]}?" if near else "; `authlint rules` lists them all"
            fail(f"there is no rule {rule}{hint}", USAGE_ERROR)
        typer.echo(rule_page(load_rule(paths[rule], pack.vocabulary, pack.params)), nl=False)
