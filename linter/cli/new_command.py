"""`authlint new`: files to begin with."""

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from linter.cli.failures import USAGE_ERROR, fail
from linter.cli.options import Config
from linter.cli.target import looks_at
from linter.configuration.rule_pack import LAYERS
from linter.configuration.scaffold import STARTS, create, rule_text
from linter.engine.structure import RULE_SCHEMA
from linter.usecases.target import Target

app = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)

RuleId = Annotated[str, typer.Argument(metavar="ID", help="Words of small letters, joined by hyphens.")]
Layer = Annotated[
    str | None,
    typer.Option(
        "--layer",
        metavar="LAYER",
        help=f"The layer that is wrong: {', '.join(STARTS)}. Else it is asked for.",
    ),
]
Folder = Annotated[Path, typer.Option("--in", metavar="DIR", help="The folder of rules. Default: rules.")]


@app.callback()
def command() -> None:
    """Begin a rule."""


@app.command("rule")
@looks_at(None, {"config": Config})
def new_rule(*, target: Target, rule: RuleId, layer: Layer = None, folder: Folder = Path("rules")) -> None:
    """Write a rule file with an example of each kind, to be changed. It is never written over another."""
    if not re.fullmatch(RULE_SCHEMA.value["properties"]["id"]["pattern"], rule):
        raise typer.BadParameter(f"{rule!r} is no id like `no-personal-login`", param_hint="ID")
    if layer is None and sys.stdin.isatty():
        layer = _asked()
    if layer not in STARTS:
        said = "it is missing; say one of" if layer is None else f"{layer!r} is none of"
        raise typer.BadParameter(f"{said} {', '.join(STARTS)}", param_hint="--layer")
    path = folder / f"{rule}.yaml"
    found = target.ruleset(target.default_location())
    known = {one.id: one.path for one in found.pack.rules}
    if rule in known:
        fail(f"{known[rule]} has this id already", USAGE_ERROR)
    try:
        written = create(path, rule_text(rule, layer))
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror}", USAGE_ERROR)
    if not written:
        fail(f"{path} is there already and was left as it is", USAGE_ERROR)
    extends = found.configuration is not None and _extends(found.configuration.folders, folder)
    use = "lint uses it" if extends else f"lint uses it with --rules {folder} or `extends` in authlint.yaml"
    typer.echo(f"wrote {path}\n`authlint test {path}` tests it; {use}")


def _asked() -> str:
    """Show the layers and ask for one."""
    for name, meaning in LAYERS.items():
        typer.echo(f"  {name:10}  {meaning}")
    return str(typer.prompt("Which layer is wrong where the rule finds something?"))


def _extends(folders: tuple[Path, ...], folder: Path) -> bool:
    return any(folder.resolve().is_relative_to(known) for known in folders)
