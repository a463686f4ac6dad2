"""Where a state lies: the directories and files that OpenClaw would use for it."""

import os
from collections.abc import Iterable, Mapping, Sequence
from errno import ENOTDIR
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from linter.openclaw.provider_keys import key_names
from linter.sources.paths import Roots

_MARKS = ("openclaw.json", "agents", "state/openclaw.sqlite", "credentials/oauth.json")
_BESIDE = frozenset({".codex", ".openclaw-router", ".opencode"})
"""Folders in a home that belong to its state as OpenClaw's neighbours."""
_SHELL_VARIABLES = frozenset({"CODEX_ACCESS_TOKEN", "CODEX_HOME"})


class NothingToLint(Exception):  # noqa: N818 - it says what there is to do, not that something broke
    """There is neither an OpenClaw state nor a login of Codex where one was looked for."""


class ShellVariable(NamedTuple):
    """A variable of the caller's environment; of its value only whether it names another directory."""

    name: str
    set: bool
    points_elsewhere: bool | None


class StateLocation(NamedTuple):
    """The places of one state; all paths are absolute.

    `own` tells that OpenClaw itself would use this state here, other than a copy of one. `bare` tells that
    there is no OpenClaw at all: only the Codex home and the files of routers are looked at.
    `snapshot` is a saved one that stands for the state; the other places then mean nothing.
    `main_agent_dir` is set where the environment moves main's agent directory. `include_roots` are further
    directories that `$include` may lead to. `agents` limits what is looked at; empty means all. `folders` are
    those that variables of the environment name, for tools that can be moved by one.
    """

    state_dir: Path
    config_path: Path
    oauth_dir: Path
    home: Path
    codex_home: Path
    key_files: tuple[Path, ...]
    main_agent_dir: Path | None = None
    include_roots: tuple[Path, ...] = ()
    workspaces: tuple[Path, ...] = ()
    router_files: tuple[Path, ...] = ()
    agents: frozenset[str] = frozenset()
    shell: tuple[ShellVariable, ...] = ()
    snapshot: Path | None = None
    own: bool = False
    bare: bool = False
    folders: Mapping[str, Path] = MappingProxyType({})

    @property
    def state_database(self) -> Path:
        """Path of the database that agents share from 2026.8 on."""
        return self.state_dir / "state" / "openclaw.sqlite"

    @property
    def shown(self) -> Path:
        """The path that stands for all that is looked at."""
        if self.bare:
            return self.codex_home if self.codex_home.is_dir() else self.home
        return self.snapshot or self.state_dir

    @property
    def roots(self) -> Roots:
        """The folders that shown paths start from."""
        return Roots(self.state_dir, self.home)


def locate(
    state: Path | None,
    *,
    environ: Mapping[str, str],
    home: Path,
    profile: str | None = None,
    codex_home: Path | None = None,
    workspaces: Sequence[Path] = (),
    router_files: Sequence[Path] = (),
    agents: Iterable[str] = (),
) -> StateLocation:
    """Resolve a state directory, a file inside one, or a snapshot; else the one that OpenClaw would use.

    Another directory than that one stands for itself, wherever it was copied from: its home is the directory
    that it lies in, and the environment says nothing about it. Where there is no OpenClaw, a Codex home, or a
    file in one or of a router, can be named as well.

    Raises NothingToLint when it is none of that, NotADirectoryError for a named folder that is not there.
    """
    for folder in (*([codex_home] if codex_home else ()), *workspaces):
        if not folder.expanduser().is_dir():
            raise NotADirectoryError(ENOTDIR, "there is no such folder", str(folder))
    home = Path(environ.get("OPENCLAW_HOME") or home).absolute()
    snapshot = _snapshot(state)
    if snapshot is not None:
        folder = snapshot.parent
        wanted = frozenset(agents)
        return StateLocation(folder, snapshot, folder, home, folder, (), agents=wanted, snapshot=snapshot)
    own = _own_state_dir(environ, home, profile)
    state_dir = _enclosing_state(state.expanduser().absolute()) if state else own
    bare = not any((state_dir / mark).exists() for mark in _MARKS)
    beside = state_dir
    if bare and state is not None:
        named = state.expanduser().absolute()
        codex_home = codex_home or _codex_home_around(named)
        if codex_home is None and not named.is_file():
            raise NothingToLint(_explain(state_dir))
        router_files = router_files if codex_home else (*router_files, named)
        beside = codex_home or named
        own = Path(environ.get("CODEX_HOME", "").strip() or home / ".codex")
        if codex_home is None and _in_hidden_folder(named, home):  # of a tool of this user
            own, state_dir = beside, home / ".openclaw"
        else:
            state_dir = beside.parent / ".openclaw"
    elif bare and (profile or environ.get("OPENCLAW_STATE_DIR", "").strip()):
        raise NothingToLint(_explain(state_dir))
    is_own = os.path.realpath(beside) == os.path.realpath(own)
    if not is_own:
        environ, home = {}, state_dir.parent

    def path(name: str, default: Path) -> Path:
        return expand(environ[name], home, state_dir) if environ.get(name, "").strip() else default

    agent_dir = (
        environ.get("OPENCLAW_AGENT_DIR", "").strip() or environ.get("PI_CODING_AGENT_DIR", "").strip()
    )
    codex = codex_home.expanduser().absolute() if codex_home else path("CODEX_HOME", home / ".codex")
    return StateLocation(
        state_dir=state_dir,
        config_path=path("OPENCLAW_CONFIG_PATH", state_dir / "openclaw.json"),
        oauth_dir=path("OPENCLAW_OAUTH_DIR", state_dir / "credentials"),
        home=home,
        codex_home=codex,
        key_files=(
            path("XDG_CONFIG_HOME", home / ".config") / "openclaw/auth-profile-secret-key",
            home / ".openclaw-auth-profile-secrets/auth-profile-secret-key",
        ),
        main_agent_dir=expand(agent_dir, home, state_dir) if agent_dir else None,
        include_roots=tuple(
            Path(root) for root in environ.get("OPENCLAW_INCLUDE_ROOTS", "").split(os.pathsep) if root
        ),
        workspaces=tuple(workspace.expanduser().absolute() for workspace in workspaces),
        router_files=tuple(file.expanduser().absolute() for file in router_files),
        agents=frozenset(agents),
        shell=_shell_variables(environ, codex),
        own=is_own,
        bare=bare,
        folders={
            name: expand(value, home, state_dir)
            for name, value in environ.items()
            if name.endswith(("_HOME", "_DIR")) and value.strip()
        },
    )


def expand(text: str, home: Path, base: Path) -> Path:
    """Return a path of the configuration: `~` is the home.

    OpenClaw takes a relative one from wherever it was started; that is not known, so `base` stands for it.
    """
    text = text.replace("\0", "").strip()  # as OpenClaw does
    if text == "~" or text.startswith(("~/", "~\\")):
        return home / text[2:]
    return Path(os.path.normpath(base / text))


def _snapshot(state: Path | None) -> Path | None:
    if state is None or not state.expanduser().is_file():
        return None
    from linter.snapshot.store import is_snapshot  # noqa: PLC0415 - a state is a directory most times

    path = state.expanduser().absolute()
    return path if is_snapshot(path) else None


def _own_state_dir(environ: Mapping[str, str], home: Path, profile: str | None) -> Path:
    if profile and profile != "default":
        return home / f".openclaw-{profile}"
    configured = environ.get("OPENCLAW_STATE_DIR", "").strip()
    return expand(configured, home, Path.cwd()) if configured and not profile else home / ".openclaw"


def _enclosing_state(path: Path) -> Path:
    """Return the directory, or the state that a file lies in or stands beside; else the path itself."""
    if path.is_dir() or not path.exists():
        return path
    around = (
        state
        for folder in path.parents
        for state in (*([folder.parent / ".openclaw"] if folder.name in _BESIDE else []), folder)
        if any((state / mark).exists() for mark in _MARKS)
    )
    return next(around, path)


def _in_hidden_folder(path: Path, home: Path) -> bool:
    return path.is_relative_to(home) and path.relative_to(home).parts[0].startswith(".")


def _codex_home_around(path: Path) -> Path | None:
    """Return the Codex home that a path is or lies in."""
    marks = ("auth.json", "config.toml")
    around = (path, *path.parents) if path.is_dir() else path.parents
    homes = (folder for folder in around if any((folder / mark).is_file() for mark in marks))
    return next(homes, None) if path.exists() else None


def _explain(state_dir: Path) -> str:
    if not state_dir.exists():
        return f"there is no {state_dir}; name a state directory, or set OPENCLAW_STATE_DIR"
    return f"{state_dir} is no OpenClaw state: it has none of {', '.join(_MARKS)}"


def nothing_at(location: StateLocation) -> str:
    """Say what was looked for where there is neither OpenClaw nor anything that holds a Codex login."""
    return (
        f"{_explain(location.state_dir)}. {location.codex_home} has no login or configuration, and there is "
        "no file of a known router either (--codex-home, --router)"
    )


def _shell_variables(environ: Mapping[str, str], codex_home: Path) -> tuple[ShellVariable, ...]:
    found = []
    for name in sorted(_SHELL_VARIABLES | key_names()):
        value = environ.get(name)
        if value is not None:
            elsewhere = (
                os.path.realpath(value) != os.path.realpath(codex_home) if name == "CODEX_HOME" else None
            )
            found.append(ShellVariable(name, bool(value.strip()), elsewhere))
    return tuple(found)
