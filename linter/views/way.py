"""A way out of a finding, as views show it."""

from typing import NamedTuple

from linter.engine.finding import Safety


class Way(NamedTuple):
    """A way to end a finding by hand, or why it is not gone by machine; or as a rule has it in an example."""

    title: str
    safety: Safety
    reason: str
    commands: tuple[str, ...]
