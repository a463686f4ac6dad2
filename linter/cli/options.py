"""Options that several commands share, and how their values are read."""

from datetime import UTC, datetime
from pathlib import Path
from time import time
from typing import Annotated

import typer

StateDir = Annotated[
    Path | None,
    typer.Argument(
        metavar="[STATE]",
        help="State directory, or a file inside one. Default: $OPENCLAW_STATE_DIR, else ~/.openclaw.",
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
Debug = Annotated[
    bool, typer.Option("--debug", help="Say on stderr what is read, and how long each step takes.")
]


def parse_time(text: str | None) -> int:
    """Return ms since the epoch: from digits, from an RFC 3339 date, else the present."""
    if text is None:
        return int(time() * 1000)
    if text.isdigit():
        return int(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is neither milliseconds since the epoch nor a date like 2026-11-22T02:00:00Z",
            param_hint="--now",
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp() * 1000)
