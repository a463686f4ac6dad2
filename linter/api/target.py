"""What the public functions are given, as a `Target`."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from time import time
from typing import TypedDict, Unpack

from linter.usecases.own_folders import this_process
from linter.usecases.target import Target

PathLike = str | os.PathLike[str]
Moment = datetime | int
"""A time: a datetime, or milliseconds since the epoch."""


class StateOptions(TypedDict, total=False):
    """The keywords of every function that reads a state, under the names of the command line's options.

    `now` is when the state is judged. A configuration is read only when `config` names it.
    """

    now: Moment | None
    config: PathLike | None
    profile: str | None
    codex_home: PathLike | None
    workspaces: Iterable[PathLike]
    agents: Iterable[str]
    routers: Iterable[PathLike]
    evidence: Iterable[PathLike]


class RuleOptions(StateOptions, total=False):
    """Those of functions that lint, too: ids of rules or globs, and folders of further rules."""

    select: Iterable[str]
    ignore: Iterable[str]
    rules: Iterable[PathLike]


def state_target(
    state: PathLike | None,
    *,
    now: Moment | None = None,
    config: PathLike | None = None,
    profile: str | None = None,
    codex_home: PathLike | None = None,
    workspaces: Iterable[PathLike] = (),
    agents: Iterable[str] = (),
    routers: Iterable[PathLike] = (),
    evidence: Iterable[PathLike] = (),
) -> Target:
    """Return what a function looks at that only reads a state."""
    return Target(
        this_process(),
        milliseconds(now),
        states=() if state is None else (absolute(state),),
        profile=profile,
        codex_home=None if codex_home is None else absolute(codex_home),
        workspaces=tuple(map(Path, workspaces)),
        agents=tuple(agents),
        routers=tuple(map(Path, routers)),
        evidence=tuple(map(Path, evidence)),
        config=None if config is None else absolute(config),
    )


def rule_target(
    state: PathLike | None,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    rules: Iterable[PathLike] = (),
    **options: Unpack[StateOptions],
) -> Target:
    """Return what a function looks at that lints."""
    return state_target(state, **options)._replace(
        select=tuple(select), ignore=tuple(ignore), rules=tuple(map(Path, rules))
    )


def absolute(given: PathLike) -> Path:
    """Return an absolute path, with `~` for the home."""
    return Path(given).expanduser().absolute()


def milliseconds(moment: Moment | None) -> int:
    """Return ms since the epoch; a datetime without a zone is UTC, whatever the zone of this machine."""
    if moment is None:
        return int(time() * 1000)
    if isinstance(moment, int):
        return moment
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1000)
