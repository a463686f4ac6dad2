"""`extends`: the built-in sets, folders and installed packs that rules come from."""

from collections.abc import Iterator
from pathlib import Path

from linter.configuration.find import Reach
from linter.configuration.model import ConfigurationError
from linter.engine.errors import RuleFileProblem, near
from linter.engine.yaml_text import YamlText
from linter.engine.yaml_values import Steps

SETS = ("recommended", "all")
"""The built-in sets: the rules that are on by default, and every rule."""

_ENTRY_POINTS = "authlint.packs"


def extended(document: YamlText, reach: Reach) -> tuple[frozenset[str], tuple[Path, ...]]:
    """Return the built-in sets and the folders that a configuration extends. Raises ConfigurationError."""
    given = document.value.get("extends", [SETS[0]])
    entries = [(("extends",), given)] if isinstance(given, str) else _placed(given)
    sets: set[str] = set()
    folders: dict[Path, None] = {}
    problems: list[RuleFileProblem] = []
    for steps, entry in entries:
        if entry in SETS:
            sets.add(entry)
            continue
        folder = _folder(document.path.parent, entry, reach)
        if isinstance(folder, Path):
            folders.setdefault(folder.resolve())
        else:
            problems.append(document.problem(steps, folder))
    if problems:
        raise ConfigurationError(problems)
    return frozenset(sets), tuple(folders)


def _placed(entries: list[str]) -> Iterator[tuple[Steps, str]]:
    return ((("extends", index), entry) for index, entry in enumerate(entries))


def _folder(base: Path, entry: str, reach: Reach) -> Path | str:
    """Return the folder of rules that an entry names, or what is wrong with it."""
    if entry.startswith((".", "/", "~")) or "/" in entry:
        folder = base / Path(entry).expanduser()
        if objection := reach.objection(folder):
            return f"{entry} {objection}"
        return folder if folder.is_dir() else f"there is no folder {entry}"
    packs = _installed_packs()
    if entry in packs:
        return _data_folder(packs[entry]) or f"the pack {entry} is installed without its folder"
    hint = near(entry, [*SETS, *packs])
    if (base / entry).is_dir():
        hint = f"; for the folder write `./{entry}`"
    return f"`{entry}` is no built-in set and no installed pack{hint}"


def _installed_packs() -> dict[str, str]:
    """Return, by name, the packages that offer rules: `my-pack = "my_pack.rules"` in their metadata."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - only for a name that is no set

    return {point.name: point.module for point in entry_points(group=_ENTRY_POINTS)}


def _data_folder(module: str) -> Path | None:
    """Return the folder that a dotted name means. Rules are data: no code of the package is run."""
    from importlib.util import find_spec  # noqa: PLC0415 - only for an installed pack

    package, *inner = module.split(".")
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec is not None else None
    folders = (Path(place, *inner) for place in places or ())
    return next((folder for folder in folders if folder.is_dir()), None)
