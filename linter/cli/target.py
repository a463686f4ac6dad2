"""The options that say what a command looks at, and the `Target` that they make: declared once for all."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from inspect import Parameter, Signature, signature
from time import perf_counter, time
from typing import Any

import typer

from linter.cli import options
from linter.cli.failures import failures
from linter.cli.outputs import terminal_width, wants_colour
from linter.usecases.own_folders import this_process
from linter.usecases.target import Target


class Progress:
    """Called with the name of each step when it is done; prints how long it took if asked to."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._since = perf_counter()

    def __call__(self, step: str) -> None:
        """Note that a step is done."""
        now = perf_counter()
        if self._shown:
            print(f"authlint: {step}: {(now - self._since) * 1000:.1f} ms", file=sys.stderr)  # noqa: T201 - its purpose
        self._since = now


_PLACE = {
    "profile": options.Profile,
    "codex_home": options.CodexHome,
    "workspaces": options.Workspaces,
    "agents": options.Agents,
    "routers": options.Routers,
    "evidence": options.Evidence,
    "config": options.Config,
}
READING = {**_PLACE, "now": options.Now}
"""The options of a command that reads a state, by the field of `Target` that they fill."""
WATCHING = {**_PLACE, "rules": options.Rules, "select": options.Select, "ignore": options.Ignore}
FLEET = {name: WATCHING[name] for name in ("config", "rules", "select", "ignore")}
"""Those of a command that lints many snapshots, wherever it runs."""
LINTING = {**WATCHING, "now": options.Now}
"""Those of a command that lints, too."""
BRANCH = {"symptom": options.Symptom}
"""Walks one branch of the decision tree."""
CHANGING = {**LINTING, "outside": options.Outside}
UNDOING = {name: CHANGING[name] for name in (*_PLACE, "outside") if name not in ("agents", "evidence")}
"""Those of commands that change a state."""


def looks_at(argument: Any, shared: dict[str, Any] = LINTING) -> Callable[..., Callable[..., None]]:
    """Give a command the argument that names a state, the shared options, `--color` and `--debug`.

    The command gets what they make as `target`, and has its errors turned into messages and exit codes. An
    argument of None is for commands that take no state.
    """
    named = {**({} if argument is None else {"states": argument}), **shared}

    def decorated(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(*, debug: bool, color: options.When, **given: Any) -> None:
            with failures(debug=debug):
                values = {name: given.pop(name) for name in named}
                command(target=_target(Progress(shown=debug), color, **values), **given)

        own = [one for one in signature(command).parameters.values() if one.name != "target"]
        added = [_keyword(name, annotation, None) for name, annotation in named.items()]
        added.append(_keyword("color", options.Colour, options.When.AUTO))
        parameters = [*own, *added, _keyword("debug", options.Debug, default=False)]
        run.__annotations__ = {one.name: one.annotation for one in parameters}
        run.__signature__ = Signature(parameters)  # type: ignore[attr-defined] # typer reads the options there
        return run

    return decorated


def _keyword(name: str, annotation: Any, default: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _target(
    done: Progress, color: options.When, *, states: Any = None, now: str | None = None, **given: Any
) -> Target:
    many = states if isinstance(states, list) else [] if states is None else [states]
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in given.items()
        if value is not None
    }
    return Target(
        this_process()._replace(width=terminal_width(), colour=wants_colour(color)),
        parse_time(now),
        states=tuple(many),
        finds_config=True,
        done=done,
        **values,
    )


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
