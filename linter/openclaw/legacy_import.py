"""Era J: main without a store of its own takes over the files of still older versions at its next load."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from linter.openclaw.agents import Agent
from linter.openclaw.plain import members
from linter.openclaw.reading import Reading
from linter.openclaw.references import References
from linter.openclaw.store_rows import Owner, add_profiles
from linter.snapshot.credential import credential_type
from linter.snapshot.tables import Row
from linter.sources.paths import join
from linter.sources.reading import load_node_json


def import_older_files(reading: Reading, main: Agent, references: References) -> None:
    """Append the logins of `auth.json`, then those of `oauth.json` whose `<provider>:default` is free."""
    first, second = main.dir / "auth.json", reading.location.oauth_dir / "oauth.json"
    logins = members(load_node_json(first, "", "").value)
    known = {} if "profiles" in logins else {name: raw for name, raw in logins.items() if _is_login(raw)}
    free = {
        name: {"type": "oauth", **raw}
        for name, raw in members(load_node_json(second, "", "").value).items()
        if isinstance(raw, dict) and name not in known
    }
    for path, found in ((first, known), (second, free)):
        _append(reading, main, path, found, references)


def _is_login(raw: Any) -> bool:
    return isinstance(raw, dict) and credential_type(raw) is not None


def _append(
    reading: Reading, main: Agent, path: Path, logins: Mapping[str, Any], references: References
) -> None:
    source = reading.shown(path)
    names = {f"{name}:default": name for name in logins}

    def at(_: str, id_: str, *fields: str) -> Row:
        return {"source": source, "pointer": join("", names[id_], *fields)}

    store = {"profiles": {id_: {"provider": name, **logins[name]} for id_, name in names.items()}}
    add_profiles(reading.snapshot.tables, store, at, Owner(main.id), str(path.resolve()), references)
