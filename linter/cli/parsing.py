"""Commands that read their words in ways of their own: options in order, or a command behind `--`."""

from typing import Any, NoReturn

from typer.core import TyperCommand

from linter.cli.failures import fail

_KEY = "linter.cli.parsing"


class OrderedCommand(TyperCommand):
    """Notes the names of the options as they come; `options_in_order` pairs them with their values."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments, and the order of the options once more by themselves."""
        _, _, order = self.make_parser(ctx).parse_args([*args])
        ctx.meta[_KEY] = [parameter.name for parameter in order]
        return super().parse_args(ctx, args)


def options_in_order(ctx: Any, values: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return (name, value) of each use of an option among `values`; those of a list one by one."""
    left = {
        name: list(value) if isinstance(value, list | tuple) else [value] for name, value in values.items()
    }
    return [(name, left[name].pop(0)) for name in ctx.meta[_KEY] if left.get(name)]


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
