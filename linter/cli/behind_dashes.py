"""Commands of authlint that take a command of the user behind `--`, as it is."""

from typing import Any, NoReturn

from typer.core import TyperCommand

from linter.cli.failures import fail

NOT_FOUND, NOT_EXECUTABLE = 127, 126  # as shells say it


class TakesCommand(TyperCommand):
    """Puts what stands behind `--` into the context's `obj`: a list of words, empty where there is none."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Split the arguments and parse those before the dashes."""
        split = args.index("--") if "--" in args else len(args)
        ctx.obj = args[split + 1 :]
        return super().parse_args(ctx, args[:split])

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return the words of the usage line."""
        return [*super().collect_usage_pieces(ctx), "-- COMMAND..."]


def cannot_run(words: list[str], error: OSError) -> NoReturn:
    """Say why a command did not start, and leave as a shell would."""
    if isinstance(error, FileNotFoundError):
        fail(f"there is no command {words[0]}", NOT_FOUND)
    fail(f"cannot run {words[0]}: {error.strerror}", NOT_EXECUTABLE)
