"""`authlint tokens`: find login tokens in files before they are committed."""

import codecs
import re
from pathlib import Path
from typing import Annotated

import typer

from linter.cli.failures import USAGE_ERROR, fail, failures
from linter.cli.outputs import Shown, ViewFormat, show
from linter.files import read_bytes
from linter.usecases.tokens import find_tokens
from linter.views.tokens import FoundToken, Tokens, Unreadable, tokens_text

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of any kind, text or not.")]
Allow = Annotated[
    list[str] | None,
    typer.Option("--allow", metavar="PATTERN", help="Let tokens pass that match this regex. Repeatable."),
]


def command(files: Files, *, allow: Allow = None, form: ViewFormat = Shown.TEXT) -> None:
    """Find OpenAI tokens, refresh tokens, API keys and OpenClaw's refresh fences; never show them.

    A line with the comment `authlint: allow-token` is not looked at. Exit code: 0 none, 1 some, 2 a file
    cannot be read.
    """
    allowed = _pattern(allow or [])
    found: list[FoundToken] = []
    unreadable: list[Unreadable] = []
    with failures(debug=False):
        for path in files:
            try:
                text = _decode(read_bytes(path))
            except OSError as error:
                unreadable.append(Unreadable(str(path), error.strerror or "it cannot be read"))
                continue
            tokens = find_tokens(text, allowed)
            found += (FoundToken(str(path), token.line, token.column, token.kind) for token in tokens)
        shown = Tokens(tuple(found), tuple(unreadable))
        show("tokens", shown, form, lambda: tokens_text(shown))
        if unreadable:
            fail("; ".join(f"cannot read {path}: {why}" for path, why in unreadable), USAGE_ERROR)
    raise typer.Exit(int(bool(found)))


def _pattern(sources: list[str]) -> re.Pattern[str] | None:
    try:
        return re.compile("|".join(f"(?:{source})" for source in sources)) if sources else None
    except re.error as error:
        raise typer.BadParameter(f"not a regular expression: {error}", param_hint="--allow") from None


def _decode(data: bytes) -> str:
    """Return the text of a file; what is no UTF-8 stays recognisable, as tokens are ASCII."""
    return data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8", "replace")
