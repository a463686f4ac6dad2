"""A command whose options count in the order in which they are given."""

from typing import Any

from typer.core import TyperCommand

_KEY = "linter.cli.ordered"


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
