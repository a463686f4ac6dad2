"""What is looked at, and under which rules: one value for every use case, made by each face in one place."""

from __future__ import annotations

from errno import ENOTDIR
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from linter.configuration.find import TRUSTED, Reach, find_configuration
from linter.configuration.ruleset import read_configuration_at, read_ruleset
from linter.openclaw.location import NothingToLint, StateLocation, locate
from linter.reports.interface import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from linter.configuration.model import Configuration
    from linter.configuration.ruleset import Ruleset
    from linter.snapshot.snapshot import Snapshot


class Caller(NamedTuple):
    """The surroundings of whoever asks; `cache` is where compiled rules are kept, if anywhere.

    `width` and `colour` say how text is shown there.
    """

    environ: Mapping[str, str]
    home: Path
    cwd: Path
    cache: Path | None
    width: int = 80
    colour: bool = False

    @property
    def config_dir(self) -> Path:
        """The folder of the user's own configuration."""
        base = self.environ.get("XDG_CONFIG_HOME")
        return (Path(base) if base else self.home / ".config") / "authlint"


class Target(NamedTuple):
    """What is looked at.

    `states` are state directories, files inside some, or snapshots; without any it is the one that OpenClaw
    would use. `routers` and `evidence` are files that are read besides; `rules` folders of further rules;
    `select` and `ignore` ids or globs; `symptom` leaves the rules that explain it; `outside` folders beside
    the states whose files may be changed. `finds_config` tells to look for a configuration when none is
    named. `now_ms` is the time at which the state is judged, since the epoch. `done` is told the name of
    each step.
    """

    caller: Caller
    now_ms: int
    states: tuple[Path, ...] = ()
    profile: str | None = None
    codex_home: Path | None = None
    workspaces: tuple[Path, ...] = ()
    agents: tuple[str, ...] = ()
    routers: tuple[Path, ...] = ()
    evidence: tuple[Path, ...] = ()
    config: Path | None = None
    finds_config: bool = False
    rules: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    symptom: str | None = None
    outside: tuple[Path, ...] = ()
    done: Callable[[str], None] = lambda _: None

    def locations(self) -> list[StateLocation]:
        """Return where the states lie, each once. Raises NothingToLint where there is none."""
        found = [self._locate(state) for state in self.states or (None,)]
        return [*{location.shown: location for location in found}.values()]

    def location(self) -> StateLocation:
        """Return where the only state lies. Raises NothingToLint where there is none."""
        (found,) = self.locations()
        return found

    def config_path(self, location: StateLocation | None) -> Path | None:
        """Return the configuration that was named, else the one of the directory, a workspace, the state."""
        folders: list[Path] = []
        if self.finds_config:
            folders = [self.caller.cwd, *self.workspaces, *([location.state_dir] if location else [])]
            folders.append(self.caller.config_dir)
        return find_configuration(self.config, folders)

    def reach(self, path: Path | None, location: StateLocation | None) -> Reach:
        """Return how far a configuration may reach: the user's own anywhere, one that was found not."""
        if path is None or self.config is not None or path.parent == self.caller.config_dir:
            return TRUSTED
        return Reach((path.parent, *([location.state_dir] if location else [])))

    def configuration(self, location: StateLocation | None) -> Configuration | None:
        """Read the configuration of a state, if there is one. Raises ConfigurationError."""
        path = self.config_path(location)
        return read_configuration_at(path, self.caller.cache, self.reach(path, location))

    def ruleset(self, location: StateLocation | None) -> Ruleset:
        """Load the rules for a state. Raises ConfigurationError, RuleFileError, ChoiceError."""
        path = self.config_path(location)
        reach = self.reach(path, location)
        found = read_ruleset(path, self.rules, self.select, self.ignore, self.caller.cache, reach)
        return found if self.symptom is None else found.explaining(self.symptom)

    def writable(self, location: StateLocation, configuration: Configuration | None) -> list[Path]:
        """Return the folders whose files may be changed: the state, and what the user names beside it.

        Raises NotADirectoryError for one that is not there.
        """
        for folder in self.outside:
            if not folder.expanduser().is_dir():
                raise NotADirectoryError(ENOTDIR, "there is no such folder", str(folder))
        return [location.state_dir, *self.outside, *(configuration.outside if configuration else ())]

    def default_location(self) -> StateLocation | None:
        """Return where the state lies, if there is one: some commands want only its configuration."""
        try:
            return self.location()
        except NothingToLint:
            return None

    def snapshot(self, location: StateLocation, configuration: Configuration | None) -> Snapshot:
        """Take a snapshot of a state. Raises what `take_snapshot` raises."""
        from linter.usecases.snapshot import take_snapshot  # noqa: PLC0415 - some commands read no state

        return take_snapshot(
            location, self.now_ms, evidence=self.evidence, configuration=configuration, done=self.done
        )

    def options(self, *, notes: bool = False, quiet: bool = False) -> Options:
        """Return how reports are told to whoever asks."""
        caller = self.caller
        return Options(
            notes, caller.colour, caller.width, caller.cwd, caller.home, quiet=quiet, symptom=self.symptom
        )

    def _locate(self, state: Path | None) -> StateLocation:
        try:
            return self._located(state)
        except PermissionError as error:
            raise NothingToLint(
                f"{error.filename}: you have no permission to read it; run authlint as the user who owns it"
            ) from None

    def _located(self, state: Path | None) -> StateLocation:
        return locate(
            state,
            environ=self.caller.environ,
            home=self.caller.home,
            profile=self.profile,
            codex_home=self.codex_home,
            workspaces=self.workspaces,
            router_files=self.routers,
            agents=self.agents,
        )
