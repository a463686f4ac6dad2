"""Whatever router files hold: no exception, rows as the schema wants them, no token in them."""

import json
import re
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from linter.snapshot.comparisons import fill_comparisons
from linter.snapshot.grants import fill_grants
from linter.snapshot.tables import schema

TABLES = (
    "files",
    "routers",
    "router_accounts",
    "leases",
    "repo_profiles",
    "slots",
    "codex_cli",
    "preference",
    "env_flags",
    "usage_evidence",
    "comparisons",
    "grants",
)
SECRET = "rt_invented_secret_0123456789"
FILES = (
    ".openclaw/codex-oauth-profiles.json",
    ".openclaw/codex_profile_id",
    ".openclaw/workspace/ops/state/oauth-pool-config.json",
    ".openclaw/workspace/ops/state/oauth-pool-state.json",
    ".openclaw/workspace/ops/state/onboarding-lock.json",
    ".openclaw/agents/main/agent/profiles/.rotater-state.json",
    ".openclaw/agents/main/agent/profiles/openai-codex.work.json",
    ".openclaw-router/router-state.json",
    ".codex/multi-auth/openai-codex-accounts.json",
    ".codex/accounts/registry.json",
    ".codex/accounts/work.auth.json",
    ".codex/auth.json",
    ".codex/config.toml",
)
KEYS = re.findall(
    r"\S+",
    """
    profiles accounts version schema_version provider access refresh refreshToken tokens access_token
    token refresh_token id_token account_id accountId email expires type profileId name enabled priority
    status cooldownUntil defaultProfileFingerprint activeIndex activeProfile activeCredentialHash
    lastSwitchAt active_account_key account_key alias override authOrderTrace effectiveOrder
    lastAppliedAt leases active lane taskId acquiredAt quarantine until usage available observedAt
    source fiveHourRemaining managedAgents sessionRebind autoProfileSync ignoreProfileIds auth_mode
    OPENAI_API_KEY last_refresh startedAt openai-codex:default openai-codex:a work main oauthRef
    """,
)
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.sampled_from(
        ["", " ", "work", "openai-codex:a", "main", SECRET, "2026-09-01T00:00:00Z", "\ud800", "x" * 50]
    ),
    st.text(max_size=8),
)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=25,
)
entries = st.dictionaries(st.sampled_from(KEYS), values, max_size=4)
stores = st.dictionaries(
    st.sampled_from(
        ["profiles", "accounts", "tokens", "leases", "override", "authOrderTrace", "activeIndex"]
    ),
    st.one_of(entries, st.lists(entries, max_size=3), values),
)
documents = st.one_of(
    stores.map(json.dumps),
    values.map(json.dumps),
    st.text(max_size=30),
    values.map(lambda v: json.dumps(v)[:-3]),
)


@lru_cache
def validator(table):
    return Draft202012Validator({"$defs": schema()["$defs"], **schema()["properties"][table]})


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(FILES), documents, min_size=1, max_size=5))
def test_any_content_gives_rows_of_the_schema(home_class, contents):
    with TemporaryDirectory() as folder, patch("linter.sources.reading._PAUSE", 0):
        home = home_class(Path(folder))
        for path, text in contents.items():
            home.write(path, text.encode("utf-8", "surrogatepass"))
        home.store(openai_codex__default={"type": "oauth", "provider": "openai-codex", "refresh": SECRET})
        snapshot = home.read()
        fill_comparisons(snapshot.tables, "agent:main")
        fill_grants(snapshot.tables)
    for table in TABLES:
        rows = json.loads(json.dumps(snapshot.tables[table]))
        assert list(validator(table).iter_errors(rows)) == []
    assert SECRET not in json.dumps([snapshot.tables[table] for table in TABLES])
