"""Functions of the rule language that write commands of OpenClaw as each version takes them."""

from typing import Any

from linter.engine.functions import offer, quote


def sign_in(meta: dict[str, Any], provider: str | None, profile: str | None, agent: str | None) -> str:
    """Return the command that logs in to an id; versions that know no `--profile-id` find one themselves."""
    known = meta.get("semantics") or {}
    owner = f"--agent {quote(agent or meta.get('auth_owner') or 'main')}"
    words = ["login", f"--provider {quote(provider or meta.get('canonical') or 'openai')}"]
    words.insert(2 if known.get("logs_out") else 0, owner)  # before, it is an option of `auth` only
    if profile and known.get("names_login"):
        words.append(f"--profile-id {quote(profile)}")
    return " ".join(["openclaw models auth", *words])


def sign_out(meta: dict[str, Any], profile: str | None, agent: str | None) -> str:
    """Return the command that removes a login, or nothing for versions that have none."""
    if not (meta.get("semantics") or {}).get("logs_out") or not profile:
        return ""
    agent = agent or meta.get("auth_owner") or "main"
    return f"openclaw models auth logout {quote(profile)} --agent {quote(agent)} --yes"


def offer_commands() -> None:
    """Let rules call both."""
    offer("sign_in", sign_in, "object string|null string|null string|null")
    offer("sign_out", sign_out, "object string|null string|null")
