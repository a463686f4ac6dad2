"""The state that a command is about: from its options and the environment."""

import os
from collections.abc import Sequence
from pathlib import Path

from linter.openclaw.location import StateLocation, locate


def whereabouts(
    state: Path | None,
    profile: str | None,
    codex_home: Path | None,
    workspaces: Sequence[Path] | None,
    agents: Sequence[str] | None,
    router_files: Sequence[Path] | None = None,
) -> StateLocation:
    """Return where the state lies. Raises NothingToLint when there is none."""
    return locate(
        state,
        environ=os.environ,
        home=Path.home(),
        profile=profile,
        codex_home=codex_home,
        workspaces=workspaces or (),
        router_files=router_files or (),
        agents=agents or (),
    )


def all_whereabouts(
    states: Sequence[Path] | None,
    profile: str | None,
    codex_home: Path | None,
    workspaces: Sequence[Path] | None,
    agents: Sequence[str] | None,
    router_files: Sequence[Path] | None,
) -> list[StateLocation]:
    """Return where several states lie, each once; without any the default one. Raises NothingToLint."""
    wanted: list[Path | None] = [*states] if states else [None]
    found = [whereabouts(state, profile, codex_home, workspaces, agents, router_files) for state in wanted]
    return [*{location.snapshot or location.state_dir: location for location in found}.values()]
