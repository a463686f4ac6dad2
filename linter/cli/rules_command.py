"""`authlint rules`: list the rules."""

import json
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from linter.cli.configured import setup_here
from linter.cli.failures import failures
from linter.cli.options import Config, Debug, Rules
from linter.engine.rule import Rule

AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON array instead of a table.")]


def command(
    *, rules: Rules = None, config: Config = None, as_json: AsJson = False, debug: Debug = False
) -> None:
    """List every rule with its severity and layer."""
    with failures(debug=debug):
        found = setup_here(config, rules)
        severities = found.settings.severities
        settled = [
            rule._replace(severity=severities.get(rule.id, rule.severity)) for rule in found.pack.rules
        ]
        pack = sorted(settled, key=lambda rule: (_folder(rule), rule.id))
        typer.echo(_json(pack) if as_json else _table(pack))


def _table(pack: list[Rule]) -> str:
    width = max(len(rule.id) for rule in pack)
    lines = []
    for folder, members in groupby(pack, key=_folder):
        lines.append(f"{folder}/")
        lines.extend(f"  {rule.id:{width}}  {rule.severity:7}  {rule.title}" for rule in members)
    return "\n".join([*lines, "", f"{len(pack)} rules. `authlint explain RULE` shows one."])


def _json(pack: list[Rule]) -> str:
    shown = ("id", "title", "layer", "severity", "symptoms", "checklist", "eras", "references", "path")
    return json.dumps([{name: getattr(rule, name) for name in shown} for rule in pack], indent=2)


def _folder(rule: Rule) -> str:
    return Path(rule.path).parent.name
