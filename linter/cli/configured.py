"""The configuration that a command runs under, and the rules and settings that follow from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from linter.cli.whereabouts import whereabouts
from linter.configuration.find import find_configuration
from linter.configuration.ruleset import Ruleset, read_configuration_at, read_ruleset
from linter.engine.choice import ChoiceError
from linter.openclaw.location import NothingToLint
from linter.usecases.own_folders import cache_dir

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from linter.configuration.model import Configuration
    from linter.openclaw.location import StateLocation


def configuration_path(
    named: Path | None, workspaces: Sequence[Path] | None, location: StateLocation | None
) -> Path | None:
    """Return the configuration that was named, else that of the current directory, a workspace, the state."""
    state = [location.state_dir] if location is not None else []
    return find_configuration(named, [Path.cwd(), *(workspaces or ()), *state])


def configuration_at(path: Path | None) -> Configuration | None:
    """Read a configuration, if there is one. Raises ConfigurationError."""
    return read_configuration_at(path, cache_dir())


def setup(
    path: Path | None,
    rules: Sequence[Path] | None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
) -> Ruleset:
    """Load a configuration and the rules. Raises RuleFileError, BadParameter for a choice of no rule."""
    try:
        return read_ruleset(path, rules or (), select or (), ignore or (), cache_dir())
    except ChoiceError as error:
        raise typer.BadParameter(str(error), param_hint=f"--{error.choice}") from None


def setup_here(named: Path | None, rules: Sequence[Path] | None) -> Ruleset:
    """Load what a lint of the default state would be done under, whether or not there is such a state."""
    return setup(_path_here(named), rules)


def configuration_here(named: Path | None) -> Configuration | None:
    """Read the configuration of the default state, in the same way. Raises ConfigurationError."""
    return configuration_at(_path_here(named))


def _path_here(named: Path | None) -> Path | None:
    try:
        location = whereabouts(None, None, None, None, None)
    except NothingToLint:
        location = None
    return configuration_path(named, None, location)


def by_setup(
    locations: Iterable[StateLocation],
    named: Path | None,
    workspaces: Sequence[Path] | None,
    rules: Sequence[Path] | None,
    select: Sequence[str] | None,
    ignore: Sequence[str] | None,
) -> Iterator[tuple[Ruleset, list[StateLocation]]]:
    """Sort states by the setup that they are linted under, each loaded when it is its turn."""
    groups: dict[Path | None, list[StateLocation]] = {}
    for location in locations:
        groups.setdefault(configuration_path(named, workspaces, location), []).append(location)
    for path, members in groups.items():
        yield setup(path, rules, select, ignore), members
