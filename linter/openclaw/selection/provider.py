"""Providers and models: how names are compared, and what `model@profile` means."""

import re
from collections.abc import Callable
from typing import NamedTuple

from linter.openclaw.selection.semantics import Semantics
from linter.snapshot.tables import Row

OPENAI, CODEX = "openai", "openai-codex"
OPENAI_REALMS = frozenset({OPENAI, CODEX, "codex", "codex-cli"})
"""Names under which logins at OpenAI have been stored."""

_ALIASES = {
    "claude-cli": "anthropic",
    "minimax-cn": "minimax",
    "minimax-portal-cn": "minimax-portal",
    "byteplus-plan": "byteplus",
    "volcengine-plan": "volcengine",
    "x-ai": "xai",
}
"""Names that plugins of 2026.5.7 to 2026.9.6 give to the logins of another provider (their manifests)."""

_SPELLINGS = {
    "z.ai": "zai",
    "z-ai": "zai",
    "opencode-zen": "opencode",
    "opencode-go-auth": "opencode-go",
    "kimi-code": "kimi",
    "kimi-coding": "kimi",
    "bedrock": "amazon-bedrock",
    "aws-bedrock": "amazon-bedrock",
    "bytedance": "volcengine",
    "doubao": "volcengine",
}
"""Names that 2026.3.24 and 2026.5.7 take for those of other providers."""

_NAMESAKES = frozenset({"nvidia", "openrouter"})
"""Providers that sell models of many makers: one that names none is their own (their manifests)."""

COOLDOWN_FREE = frozenset({"openrouter", "kilocode"})
"""Providers that limit rates themselves: OpenClaw never sets one of their profiles aside."""

# Patterns are seldom needed, and compiled when they are.
_DATE = r"\d{8}(?:@|$)"
_QUANTISATION = r"(?i:i?q\d+(?:_[a-z0-9]+)*|\d+bit)(?:@|$)"
_BILLED_EITHER_WAY = frozenset(
    {
        "gpt-6-astra",
        "gpt-6-sol",
        "gpt-6-luna",
        "gpt-5.6-sol",
        "gpt-5.6-terra",
        "gpt-5.6-luna",
        "gpt-5.5",
        "gpt-5.5-pro",
        "gpt-5.4",
        "gpt-5.4-codex",
        "gpt-5.4-pro",
        "gpt-5.4-mini",
    }
)
_UUID = "[a-f0-9]{8}-(?:[a-f0-9]{4}-){3}[a-f0-9]{12}"
_PERSONAL = f"personal:(?:{_UUID}|gateway-owner):{_UUID}"


class ModelRef(NamedTuple):
    """A model as written, apart from the profile behind its last `@`."""

    model: str
    profile: str | None


def realm_of(provider: str | None) -> str | None:
    """Return a provider's name as it is compared: trimmed, in lower case; None when blank."""
    return (provider or "").strip().lower() or None


def split_profile(reference: str) -> ModelRef:
    """Split `provider/model@profile`. A date or a quantisation behind `@` belongs to the model."""
    text = reference.strip()
    at = text.find("@", text.rfind("/") + 1)
    if at <= 0:
        return ModelRef(text, None)
    for version, skip in ((_DATE, 9), (_QUANTISATION, 1)):
        if re.match(version, text[at + 1 :]):
            at = text.find("@", at + skip)
            if at < 0:
                return ModelRef(text, None)
    model, profile = text[:at].strip(), text[at + 1 :].strip()
    return ModelRef(model, profile) if model and profile else ModelRef(text, None)


def serves(semantics: Semantics, realm: str | None, kind: str | None, provider: str) -> bool:
    """Tell whether a credential of a realm and type can sign in at a provider."""
    if realm is not None and auth_provider(semantics, realm) == auth_provider(semantics, provider):
        return True
    return semantics.pairs_openai_and_codex and provider == CODEX and realm == OPENAI and kind == "api_key"


def auth_provider(semantics: Semantics, provider: str) -> str:
    """Return the provider whose logins a provider takes."""
    name = spelled(semantics, provider)
    return _ALIASES.get(name, name) if semantics.aliases_providers else name


def spelled(semantics: Semantics | None, provider: str) -> str:
    """Return the name by which OpenClaw calls a provider."""
    knows = semantics is not None and semantics.respells_providers
    return _SPELLINGS.get(provider, provider) if knows else provider


def accepted_providers(
    semantics: Semantics, provider: str, runtime: str | None, starts_with_codex: Callable[[], bool]
) -> tuple[str, ...]:
    """Return the realms whose profiles a session of this provider uses, in order."""
    if not semantics.pairs_openai_and_codex or provider != OPENAI:
        return (provider,)
    if runtime != "openclaw":
        return (CODEX,)
    return (CODEX, OPENAI) if starts_with_codex() else (OPENAI, CODEX)


def billed_either_way(provider: str, model: str | None) -> bool:
    """Tell whether OpenAI sells a model both by subscription and by API key (no custom endpoint assumed)."""
    return provider == OPENAI and (model or "").strip().lower() in _BILLED_EITHER_WAY


def billing(kind: str | None) -> str | None:
    """Return how a credential of a type is billed: `api-key` or `subscription`."""
    return {"api_key": "api-key", "aws-sdk": "api-key", "oauth": "subscription", "token": "subscription"}.get(
        kind or ""
    )


def same_model(left: str | None, right: str | None) -> bool:
    """Tell whether two models of one provider are the same (`gpt-5.4-codex` is an old name of `gpt-5.4`)."""
    return _modern(left) == _modern(right)


def full_model(semantics: Semantics | None, provider: str | None, model: str | None) -> str | None:
    """Return a model with its maker, where OpenClaw adds it."""
    adds = semantics is not None and semantics.aliases_providers and provider in _NAMESAKES
    return f"{provider}/{model}" if adds and model and "/" not in model else model


def is_personal(profile_id: str) -> bool:
    """Tell whether an id names an account of one person, which lies outside all stores."""
    return profile_id.startswith("personal:") and re.fullmatch(_PERSONAL, profile_id) is not None


def prefix_of(profile_id: str) -> str | None:
    """Return the provider that a profile id begins with."""
    prefix, colon, _ = profile_id.partition(":")
    return realm_of(prefix) if colon else None


def declares_cloud_login(declared: Row | None, provider: str) -> bool:
    """Tell whether `auth.profiles` declares an id that needs no stored credential (AWS has its own)."""
    return (
        declared is not None
        and declared["mode"] == "aws-sdk"
        and declared["realm"] == provider
        and provider not in OPENAI_REALMS
    )


def _modern(model: str | None) -> str:
    name = (model or "").strip()
    return "gpt-5.4" if name.lower() in ("gpt-5.4-codex", "openai/gpt-5.4-codex") else name
