"""A home with an OpenClaw state of the JSON era, Codex CLI and router files, written piece by piece."""

import base64
import json
import os
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from linter import lint
from linter.openclaw.location import StateLocation
from linter.openclaw.reading import Reading
from linter.routers.read import read_routers
from linter.snapshot.credential import credential_columns
from linter.snapshot.snapshot import Snapshot
from linter.snapshot.tables import empty_tables
from linter.sources.documents import Documents

NOW = 1_790_000_000_000


class Tokens(NamedTuple):
    """One generation of one login."""

    access: str
    refresh: str


def login(account="acct-a", user="user-1", email="ann@example.com", generation=1) -> Tokens:
    """Return invented tokens; a later generation is issued and expires a day later."""
    issued = 1_789_000_000 + generation * 86_400
    payload = {
        "iat": issued,
        "exp": issued + 864_000,
        "https://api.openai.com/auth": {"chatgpt_account_id": account, "chatgpt_user_id": user},
        "https://api.openai.com/profile": {"email": email},
    }
    body = base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("=")
    return Tokens(f"e30.{body}.c2ln", f"rt-{account}-{user}-{generation}")


class Home:
    """Writes files below a temporary home and reads the routers that are there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.state = root / ".openclaw"
        self.state.mkdir()
        self.meta: dict[str, Any] = {
            "now": NOW,
            "era": "J",
            "canonical": "openai-codex",
            "auth_owner": "main",
        }
        self.agents: dict[str, dict[str, Any]] = {}

    def write(self, path: str, content: Any) -> Path:
        """Write a file at a path below the home, as it stands if it is text, else as JSON; dated NOW."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes | str) else json.dumps(content)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        file.chmod(0o600)
        os.utime(file, (NOW / 1000, NOW / 1000))
        return file

    def store(self, agent: str = "main", **profiles: dict[str, Any]) -> None:
        """Write an agent's auth store; `__` in a keyword stands for the `:` of a profile id."""
        named = {name.replace("__", ":").replace("_codex", "-codex"): raw for name, raw in profiles.items()}
        self.agents[agent] = named
        self.write(f".openclaw/agents/{agent}/agent/auth-profiles.json", {"version": 1, "profiles": named})

    def read(self, declared=(), **options: Any) -> Snapshot:
        """Read the routers into a snapshot that has the stores' profiles."""
        snapshot = Snapshot(dict(self.meta), empty_tables(), Documents())
        location = StateLocation(
            state_dir=self.state,
            config_path=self.state / "openclaw.json",
            oauth_dir=self.state / "credentials",
            home=self.root,
            codex_home=self.root / ".codex",
            key_files=(),
            **options,
        )
        reading = Reading(snapshot, location, None)
        for agent, profiles in self.agents.items():
            self._enter(reading, agent, profiles)
        read_routers(snapshot, location, declared)
        return snapshot

    def _enter(self, reading: Reading, agent: str, profiles: dict[str, Any]) -> None:
        path = self.state / "agents" / agent / "agent" / "auth-profiles.json"
        file = reading.open_json(path, "store", agent)
        row = {"id": agent, "agent_dir": f"agents/{agent}/agent", "workspace": "workspace"}
        reading.snapshot.tables["agents"].append(row)
        for name, raw in profiles.items():
            reading.snapshot.tables["profiles"].append(
                {
                    "at": {"source": file.source, "pointer": f"/profiles/{name}"},
                    "scope": f"agent:{agent}",
                    "agent": agent,
                    "id": name,
                    "owner": f"{path} agent:{agent}",
                    "dropped_reason": None,
                    "setup_replacement": False,
                    **credential_columns(raw, NOW),
                }
            )


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


@pytest.fixture
def new_login():
    return login


@pytest.fixture
def oauth():
    def make(tokens: Tokens, **fields: Any) -> dict[str, Any]:
        raw = {
            "type": "oauth",
            "provider": "openai-codex",
            "access": tokens.access,
            "refresh": tokens.refresh,
        }
        return raw | fields

    return make


@pytest.fixture(scope="session")
def home_class():
    return Home


@pytest.fixture
def lint_home():
    """Lint the Codex home below a folder, without any OpenClaw."""

    def run(root: Path) -> Any:
        return lint(root / ".codex", now=1_795_305_600_000).findings

    return run
