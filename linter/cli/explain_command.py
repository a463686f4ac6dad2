"""`authlint explain`: the page of a rule, or of a cause or a finding of the last run."""

from pathlib import Path
from typing import Annotated

import typer

from linter.cli.failures import USAGE_ERROR, fail
from linter.cli.options import Config, Rules
from linter.cli.outputs import Shown, ViewFormat, show
from linter.cli.target import looks_at
from linter.engine.pack import Pack
from linter.engine.rule_file import load_rule
from linter.engine.rule_under_test import RuleUnderTest
from linter.reports.last_run import recall
from linter.usecases.target import Target
from linter.views.explained import Explained, NothingToExplainError, explained
from linter.views.explained_text import explained_text
from linter.views.markdown_text import markdown_text
from linter.views.rule_page import rule_page

Subject = Annotated[
    str,
    typer.Argument(
        metavar="RULE|CAUSE|FINGERPRINT",
        help="The id of a rule; of the last run a cause, by its number or kind, or a finding, by 8 digits or "
        "more of its fingerprint.",
    ),
]
All = Annotated[bool, typer.Option("--all", help="Of a rule its settings, examples and sources, too.")]


@looks_at(None, {"rules": Rules, "config": Config})
def command(
    *, target: Target, subject: Subject, everything: All = False, form: ViewFormat = Shown.TEXT
) -> None:
    """Explain a rule: what it means, what OpenClaw does, how to mend it. Or tell what led to a cause."""
    caller = target.caller
    pack = target.ruleset(target.default_location()).pack
    try:
        found = explained(subject, pack, recall(caller.cache) if caller.cache else [])
    except NothingToExplainError as nothing:
        fail(str(nothing), USAGE_ERROR)

    def text() -> str:
        page = _whole(found, pack, caller.width) if everything else explained_text(found)
        return markdown_text(page, width=caller.width, colour=caller.colour).rstrip("\n")

    show("explain", found, form, text)


def _whole(found: Explained, pack: Pack, width: int) -> str:
    path = next((rule.path for rule in pack.rules if found.rule and rule.id == found.rule.id), None)
    if path is None:
        return explained_text(found)
    file = load_rule(Path(path), pack.vocabulary, pack.params)
    return rule_page(file, RuleUnderTest(file.rule, pack.vocabulary, pack.params), width)
