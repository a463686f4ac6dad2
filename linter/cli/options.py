"""Options that several commands share."""

from collections.abc import Callable, Collection
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from linter.configuration.taxonomy import SYMPTOMS
from linter.engine.errors import near
from linter.usecases.exit_code import LEVELS


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
Profile = Annotated[
    str | None,
    typer.Option("--profile", metavar="NAME", help="Use ~/.openclaw-NAME, like OpenClaw's --profile."),
]
CodexHome = Annotated[
    Path | None,
    typer.Option("--codex-home", metavar="DIR", help="Codex CLI home. Default: $CODEX_HOME, else ~/.codex."),
]
Workspaces = Annotated[
    list[Path] | None,
    typer.Option("--workspace", metavar="DIR", help="Look for router files here too. Repeatable."),
]
Agents = Annotated[
    list[str] | None, typer.Option("--agent", metavar="ID", help="Look at this agent only. Repeatable.")
]
Now = Annotated[
    str | None,
    typer.Option(
        "--now", metavar="TIME", help="Judge the state at this time: ms since the epoch, or RFC 3339."
    ),
]
Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        help="Add a folder of rules. Repeatable.",
        exists=True,
        file_okay=False,
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="Configuration. Default: authlint.yaml here, in a --workspace, or in the state directory.",
    ),
]
BaselineFile = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="Report only what this baseline does not know."),
]
Routers = Annotated[
    list[Path] | None,
    typer.Option("--router", metavar="FILE", help="Read this file of a known router too. Repeatable."),
]
Evidence = Annotated[
    list[Path] | None,
    typer.Option(
        "--evidence", metavar="FILE", help="Add a capture of what was shown or fetched. Repeatable."
    ),
]
Since = Annotated[
    Path | None,
    typer.Option(
        "--since",
        metavar="SNAPSHOT",
        help="Report ids that stood for another account in this snapshot.",
    ),
]
Outside = Annotated[
    list[Path] | None,
    typer.Option(
        "--outside",
        metavar="DIR",
        help="Files that really lie in this folder, outside of the state, may be changed too. Repeatable.",
    ),
]
Debug = Annotated[
    bool, typer.Option("--debug", help="Say on stderr what is read, and how long each step takes.")
]
Colour = Annotated[
    When, typer.Option("--color", help="Colours in text; auto: at a terminal, unless NO_COLOR is set.")
]
Symptom = Annotated[
    str | None,
    typer.Option(
        "--symptom",
        metavar="NAME",
        callback=one_of(SYMPTOMS),
        help=f"Only what explains one thing that people notice: {', '.join(SYMPTOMS)}.",
    ),
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
Select = Annotated[
    list[str] | None, typer.Option("--select", metavar="RULE", help="Only these rules. Repeatable, globs.")
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="RULE", help="Not these rules. Repeatable, globs.")
]
Notes = Annotated[bool, typer.Option("--notes", help="Show notes in text (json and sarif have them anyway).")]
