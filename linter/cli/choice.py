"""`--select` and `--ignore`: which rules are reported."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

import typer

from linter.engine.pack import Pack
from linter.engine.settings import Settings


def chosen_rules(pack: Pack, select: Sequence[str], ignore: Sequence[str]) -> Settings:
    """Return the settings for ids and globs. Raises BadParameter for one that matches no rule."""
    ids = [rule.id for rule in pack.rules]
    return Settings(
        select=_matching(select, ids, "--select") if select else None,
        ignore=_matching(ignore, ids, "--ignore"),
    )


def _matching(patterns: Sequence[str], ids: Sequence[str], option: str) -> frozenset[str]:
    found: set[str] = set()
    for pattern in (part.strip() for value in patterns for part in value.split(",")):
        matches = [rule for rule in ids if fnmatchcase(rule, pattern)]
        if not matches:
            raise typer.BadParameter(
                f"no rule is called {pattern!r}{_near(pattern, ids)}; `authlint rules` lists them",
                param_hint=option,
            )
        found.update(matches)
    return frozenset(found)


def _near(pattern: str, ids: Sequence[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

    near = get_close_matches(pattern, ids, n=1)
    return f"; did you mean {near[0]}?" if near else ""
