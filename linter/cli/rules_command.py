"""`authlint rules`: list the rules."""

import json
from itertools import groupby
from operator import attrgetter
from typing import Annotated

import typer

from linter.cli.options import Config, Rules
from linter.cli.target import BRANCH, looks_at
from linter.configuration.taxonomy import LAYERS
from linter.engine.rule import Rule
from linter.usecases.target import Target

_LAYERS = list(LAYERS)

AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON array instead of a table.")]


@looks_at(None, {"rules": Rules, "config": Config, **BRANCH})
def command(*, target: Target, as_json: AsJson = False) -> None:
    """List every rule with its severity, by the layer that is wrong where it finds something."""
    pack, settings, _ = target.ruleset(target.default_location())
    severities = settings.severities
    settled = [rule._replace(severity=severities.get(rule.id, rule.severity)) for rule in pack.rules]
    if target.symptom:
        settled = [rule for rule in settled if target.symptom in rule.symptoms]
    rules = sorted(settled, key=lambda rule: (_LAYERS.index(rule.layer), rule.id))
    typer.echo(_json(rules) if as_json else _table(rules))


def _table(pack: list[Rule]) -> str:
    width = max(len(rule.id) for rule in pack)
    lines = []
    for layer, members in groupby(pack, key=attrgetter("layer")):
        lines.append(f"{layer}: {LAYERS[layer]}")
        lines.extend(f"  {rule.id:{width}}  {rule.severity:7}  {rule.title}" for rule in members)
    return "\n".join([*lines, "", f"{len(pack)} rules. `authlint explain RULE` shows one."])


def _json(pack: list[Rule]) -> str:
    shown = ("id", "title", "layer", "severity", "symptoms", "checklist", "eras", "references", "path")
    return json.dumps([{name: getattr(rule, name) for name in shown} for rule in pack], indent=2)
