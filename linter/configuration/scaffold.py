"""Files to begin with: a configuration, entries for pre-commit and CI, a hook, a rule."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

from linter.engine.schema_check import Schema
from linter.printable import json_text
from linter.snapshot.tables import Tables
from linter.version import __version__

CONFIG_SCHEMA = Schema(Path(__file__).with_name("config.schema.json"))

RULE_SCHEMA = Path(__file__).with_name("rule.schema.json")
"""The schema of rule files for editors: with the tables, columns and values that they can name."""

_TEMPLATES = Path(__file__).with_name("templates")
_HOOK = ("HOOK.md", "handler.js")


class _Start(NamedTuple):
    """What a first rule of a layer looks at: a name for rows of a table, and a column."""

    name: str
    table: str
    column: str


STARTS = {
    "preference": _Start("preference", "preference", "value"),
    "order": _Start("entry", "orders", "id"),
    "session": _Start("session", "sessions", "authProfileOverride"),
    "runtime": _Start("profile", "profiles", "id"),
    "usage": _Start("usage", "usage_evidence", "for_profile"),
    "display": _Start("display", "display_evidence", "profile_id"),
    "repo": _Start("login", "repo_profiles", "key"),
}
"""Where a rule of each layer may start."""


def configuration_text(tables: Tables) -> str:
    """Return a commented `authlint.yaml`; what it expects is drafted from how things are."""
    return _filled("authlint.yaml", schema=CONFIG_SCHEMA.path, expected="\n".join(_expected(tables)))


def _expected(tables: Tables) -> Iterator[str]:
    """Yield an entry of `expect` for each chat in use whose next account is known."""
    emails = {(row["agent"], row["id"]): row["email"] for row in tables["visible_profiles"]}
    live = {(row["agent"], row["key"]) for row in tables["sessions"] if row["live"]}
    found = {
        row["key"]: email
        for row in tables["selections"]
        if (row["agent"], row["key"]) in live and (email := emails.get((row["agent"], row["profile"])))
    }
    for key, email in (found or {"agent:support:*": "example.com"}).items():
        yield f"#  - for: {{session: {json_text(key)}}}"
        yield f"#    use: {{email: {json_text(email)}}}"
        yield "#    reason: Say why."


def pre_commit_text() -> str:
    """Return a `.pre-commit-config.yaml`."""
    return _filled("pre-commit.yaml", version=__version__)


def workflow_text() -> str:
    """Return a GitHub Actions workflow."""
    return _filled("workflow.yaml", version=__version__)


def hook_texts(command: Sequence[str]) -> dict[str, str]:
    """Return the files of a hook for the gateway by name; the command is that which starts authlint."""
    return {name: _filled(f"hook/{name}", command=json.dumps(list(command))) for name in _HOOK}


def rule_text(rule: str, layer: str) -> str:
    """Return a rule file with an example of each kind, which holds."""
    return _filled(
        "rule.yaml",
        schema=RULE_SCHEMA,
        id=rule,
        title=rule.replace("-", " ").capitalize(),
        layer=layer,
        **STARTS[layer]._asdict(),
    )


def create(path: Path, text: str) -> bool:
    """Write a new file; return False where there is one already. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True


def _filled(template: str, **values: Any) -> str:
    return Template((_TEMPLATES / template).read_text(encoding="utf-8")).substitute(values)
