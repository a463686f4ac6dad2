"""Options that several commands share."""

from collections.abc import Callable, Collection
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from linter.configuration.rule_pack import SYMPTOMS
from linter.engine.errors import near
from linter.usecases.exit_code import LEVELS
from linter.usecases.own_folders import pseudonym_key_file


class When(StrEnum):
    """When text has colours."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def one_of(names: Collection[str]) -> Callable[[str | None], str | None]:
    """Return a callback that lets nothing pass but these names, and none."""

    def checked(name: str | None) -> str | None:
        if name is not None and name not in names:
            raise typer.BadParameter(f"{name!r} is none of {', '.join(names)}{near(name, names)}")
        return name

    return checked


def _one(flag: str, metavar: str, about: str, kind: type = Path, **more: Any) -> Any:
    """Return an option of one value, for commands that get it as part of their target."""
    return Annotated[kind | None, typer.Option(flag, metavar=metavar, help=about, **more)]


def _several(flag: str, metavar: str, about: str, kind: type = Path, **more: Any) -> Any:
    """Return an option that can be given several times."""
    named = typer.Option(flag, metavar=metavar, help=f"{about} Repeatable.", **more)
    return Annotated[list[kind] | None, named]  # type: ignore[valid-type] # made while the command is


StateDir = Annotated[
    Path | None,
    typer.Argument(
        metavar="[STATE]",
        help="State directory, or a file inside one. Default: $OPENCLAW_STATE_DIR, else ~/.openclaw.",
    ),
]
States = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[STATE]...",
        help="State directories, or files inside some. Default: $OPENCLAW_STATE_DIR, else ~/.openclaw.",
    ),
]
Profile = _one("--profile", "NAME", "Use ~/.openclaw-NAME, like OpenClaw's --profile.", str)
CodexHome = _one("--codex-home", "DIR", "Codex CLI home. Default: $CODEX_HOME, else ~/.codex.")
Workspaces = _several("--workspace", "DIR", "Look for router files here too.")
Agents = _several("--agent", "ID", "Look at this agent only.", str)
Now = _one("--now", "TIME", "Judge the state at this time: ms since the epoch, or RFC 3339.", str)
Rules = _several("--rules", "DIR", "Add a folder of rules.", exists=True, file_okay=False)
Config = _one(
    "--config",
    "FILE",
    "Configuration. Default: authlint.yaml here, in a --workspace, or in the state directory.",
)
Routers = _several("--router", "FILE", "Read this file of a known router too.")
Evidence = _several("--evidence", "FILE", "Add a capture of what was shown or fetched.")
Outside = _several(
    "--outside", "DIR", "Files that really lie in this folder, outside of the state, may be changed too."
)
Symptom = _one(
    "--symptom",
    "NAME",
    f"Only what explains one thing that people notice: {', '.join(SYMPTOMS)}.",
    str,
    callback=one_of(SYMPTOMS),
)
Select = _several("--select", "RULE", "Only these rules, as globs.", str)
Ignore = _several("--ignore", "RULE", "Not these rules, as globs.", str)
BaselineFile = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="Report only what this baseline does not know."),
]
Since = Annotated[
    Path | None,
    typer.Option(
        "--since",
        metavar="SNAPSHOT",
        help="Report ids that stood for another account in this snapshot.",
    ),
]
Debug = Annotated[
    bool, typer.Option("--debug", help="Say on stderr what is read, and how long each step takes.")
]
Colour = Annotated[
    When, typer.Option("--color", help="Colours in text; auto: at a terminal, unless NO_COLOR is set.")
]
Quiet = Annotated[
    bool, typer.Option("-q", "--quiet", help="Only what is wrong, in text; nothing where nothing is.")
]
FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on",
        metavar="LEVEL",
        callback=one_of(LEVELS),
        help="Exit with 1 from here on: error, warning, note, never.",
    ),
]
Notes = Annotated[bool, typer.Option("--notes", help="Show notes in text (json and sarif have them anyway).")]


Pseudonymise = Annotated[
    bool,
    typer.Option("--pseudonymise", help="Replace emails, account, user and chat ids by stable other names."),
]


def pseudonym_key(path: Path | None = None) -> bytes:
    """Return the key in a file, by default one of the user's own; made if it is not there."""
    from linter.snapshot.pseudonyms import PseudonymKeyError, key_at  # noqa: PLC0415 - most need none

    try:
        return key_at(path or pseudonym_key_file())
    except PseudonymKeyError as error:
        raise typer.BadParameter(str(error), param_hint="--key") from None
