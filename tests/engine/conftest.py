from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from linter.configuration.rule_pack import WORDS
from linter.engine.cache import Kept
from linter.engine.columns import Column
from linter.engine.compile_pack import compile_pack
from linter.engine.evaluate import evaluate
from linter.engine.finding import Evaluation
from linter.engine.pack import Pack
from linter.engine.settings import Settings
from linter.engine.vocabulary import Vocabulary


def columns(*names: str, **members: dict[str, Column]) -> dict[str, Column]:
    """Columns of which nothing is known but, of some, what is in them."""
    return {
        **dict.fromkeys(names, Column()),
        **{name: Column(members=inner) for name, inner in members.items()},
    }


COLUMNS = {
    "meta": columns("now", "era"),
    "agents": columns("at", "id", "kind"),
    "sessions": columns("at", "agent", "key", "pin", "source", "live", "updatedAt", "secret", "tags"),
    "profiles": columns("at", "scope", "id", "type", "email", "owner", identity=columns("account", "seat")),
    "slots": columns("at", "id", "type", "email", "router"),
    "lost": {**columns("at", "owner"), "sort": Column(frozenset({"string"}), values=("drives", "tapes"))},
}
UNREAD = ("lost", "sort", "owner")
CAUSES = "lost: {title: '{key} is lost', symptom: wrong-account, remedies: [session, order]}"
IDENTITY = {
    "agents": ("id",),
    "sessions": ("agent", "key"),
    "profiles": ("scope", "id"),
    "slots": ("router", "id"),
}


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(lambda: COLUMNS, IDENTITY, {"agent": ("agents", "id")}, WORDS, "era", UNREAD)


@pytest.fixture
def pack_of(vocabulary: Vocabulary) -> Callable[..., Pack]:
    """Make a pack of rules from their bodies by id; what a body leaves out is filled in."""

    def make(
        tables: Vocabulary = vocabulary, params: str = "window: 7 d", causes: str = CAUSES, **bodies: str
    ) -> Pack:
        texts = {"params.yaml": params, "causes.yaml": causes}
        for name, body in bodies.items():
            rule = name.replace("_", "-")
            texts[f"{rule}.yaml"] = complete(rule, body)
        files = {Path("rules", name): text.encode() for name, text in texts.items()}
        return compile_pack([Path("rules")], files, Pack((), {}, tables), Kept(None, "test"))

    return make


@pytest.fixture
def lint() -> Callable[..., Evaluation]:
    """Evaluate a pack over tables given by name, whose rows lie one after the other in the source `s`."""

    def run(pack: Pack, settings: Settings | None = None, **tables: Any) -> Evaluation:
        meta = tables.pop("meta", {"now": 1_000_000})
        return evaluate(
            pack, {"meta": meta, **{name: placed(name, rows) for name, rows in tables.items()}}, settings
        )

    return run


def placed(table: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"at": {"source": "s", "pointer": f"/{table}/{index}"}, **row} for index, row in enumerate(rows)]


def complete(rule: str, body: str) -> str:
    body = dedent(body)
    defaults = {
        "id": rule,
        "title": "A title",
        "layer": "session",
        "severity": "error",
        "message": "'a message'",
        "examples": "{}",
    }
    missing = [f"{key}: {value}" for key, value in defaults.items() if not has_key(body, key)]
    return "\n".join([*missing, body])


def has_key(body: str, key: str) -> bool:
    return any(line.startswith(f"{key}:") for line in body.splitlines())
