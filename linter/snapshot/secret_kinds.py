"""What the published prefix of a secret tells: whether it is an API key or a login's, and who issued it."""

import re
from typing import NamedTuple

OPENAI = ("openai", "openai-codex", "codex", "codex-cli")
ANTHROPIC = ("anthropic", "claude-cli")
GOOGLE = ("google", "google-gemini-cli", "google-antigravity", "google-vertex")
GITHUB = ("github-copilot", "github", "github-models")


class SecretKind(NamedTuple):
    """`kind` as in the schema of snapshots; `realms` are the providers it can be for, None where unknown."""

    kind: str
    realms: tuple[str, ...] | None = None


_BY_PREFIX: tuple[tuple[str, SecretKind], ...] = (
    ("openclaw-oauth-refresh-fence:v1:", SecretKind("fence")),  # OpenClaw 2026.9.6
    ("oauth:", SecretKind("marker")),  # left by tools in place of a key
    ("sk-ant-oat", SecretKind("login", ANTHROPIC)),  # OAuth access or setup token; so OpenClaw 2026.3.24
    ("sk-ant-ort", SecretKind("login", ANTHROPIC)),  # OAuth refresh token
    ("sk-ant-", SecretKind("api-key", ANTHROPIC)),  # api03, admin01; platform.claude.com
    ("sk-proj-", SecretKind("api-key", OPENAI)),  # platform.openai.com, keys of projects
    ("sk-svcacct-", SecretKind("api-key", OPENAI)),  # of service accounts
    ("sk-admin-", SecretKind("api-key", OPENAI)),
    ("sk-or-", SecretKind("api-key", ("openrouter",))),  # openrouter.ai
    ("sk-", SecretKind("api-key")),  # OpenAI's first form, which others have taken over
    ("AIza", SecretKind("api-key", GOOGLE)),  # cloud.google.com, API keys
    ("ya29.", SecretKind("login", GOOGLE)),  # OAuth access token
    ("1//", SecretKind("login", GOOGLE)),  # OAuth refresh token
    ("xai-", SecretKind("api-key", ("xai",))),  # docs.x.ai
    ("gsk_", SecretKind("api-key", ("groq",))),  # console.groq.com
    ("pplx-", SecretKind("api-key", ("perplexity",))),
    ("nvapi-", SecretKind("api-key", ("nvidia",))),
    ("hf_", SecretKind("api-key", ("huggingface",))),  # user access token, which is sent as a key
    ("gho_", SecretKind("login", GITHUB)),  # docs.github.com, token formats: of an OAuth app
    ("ghu_", SecretKind("login", GITHUB)),  # of a user by an app
    ("ghr_", SecretKind("login", GITHUB)),  # refresh token
    ("ghp_", SecretKind("opaque", GITHUB)),  # personal: serves as a key and as a login
    ("github_pat_", SecretKind("opaque", GITHUB)),
)
"""The first prefix that fits counts."""

_MARKERS = frozenset({"custom-local", "ollama-local", "minimax-oauth", "qwen-oauth", "secretref-managed"})
"""What OpenClaw (2026.3.24) stores in place of a key where none is needed or it lies elsewhere."""


_PLACEHOLDER = re.compile(
    r"(?:place-?holder|none|null|nil|undefined|unknown|redacted|removed|hidden|dummy|fake|todo|changeme|n/?a)"
    r"|(?:your|my|the)?[-_ ]?(?:refresh|access|api)[-_ ]?(?:token|key)(?:[-_ ]here)?"
    r"|<[^<>]*>|\[[^\[\]]*\]|\{\{.*\}\}|(.)\1*",
    re.IGNORECASE,
)
"""What people and scripts write where a secret was, or will be; one letter however often among it."""


def recognise(secret: str) -> SecretKind:
    """Return what the prefix of a secret tells; `opaque` where nothing is known of it."""
    text = secret.strip()
    if text in _MARKERS or _PLACEHOLDER.fullmatch(text):
        return SecretKind("marker")
    return next((kind for prefix, kind in _BY_PREFIX if text.startswith(prefix)), SecretKind("opaque"))
