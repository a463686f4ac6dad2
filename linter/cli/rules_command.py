"""`authlint rules`: list the rules."""

from linter.cli.options import Config, Rules
from linter.cli.outputs import Shown, ViewFormat, show
from linter.cli.target import BRANCH, looks_at
from linter.usecases.target import Target
from linter.views.rule_list import rule_list, rule_list_text


@looks_at(None, {"rules": Rules, "config": Config, **BRANCH})
def command(*, target: Target, form: ViewFormat = Shown.TEXT) -> None:
    """List every rule with its severity, by the layer that is wrong where it finds something."""
    pack, settings, _ = target.ruleset(target.default_location())
    chosen = [rule for rule in pack.rules if target.symptom is None or target.symptom in rule.symptoms]
    found = rule_list(chosen, settings.severities)
    show("rules", found, form, lambda: rule_list_text(found, target.caller.width))
