"""Which providers need a login, and from which environment variables OpenClaw takes a key for each."""

import json
from functools import cache
from pathlib import Path

LOADS_SHELL = "OPENCLAW_LOAD_SHELL_ENV"
"""The variable, or `env.shellEnv` in openclaw.json, by which a gateway takes over keys of the login shell."""


@cache
def provider_keys() -> dict[str, list[str]]:
    """Return the variables of each provider that needs a login or a key; any other may need none."""
    content = json.loads(Path(__file__).with_suffix(".json").read_bytes())
    known: dict[str, list[str]] = content["providers"]
    return known


@cache
def key_names() -> frozenset[str]:
    """Return the variables of all providers."""
    return frozenset(name for names in provider_keys().values() for name in names)
