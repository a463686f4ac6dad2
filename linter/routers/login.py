"""Credentials as routers spell them, in OpenClaw's field names."""

from typing import Any, NamedTuple

from linter.snapshot.credential import credential_columns, credential_type
from linter.snapshot.tables import Row

_SPELLINGS: dict[str, tuple[str, ...]] = {
    "type": ("type",),
    "provider": ("provider",),
    "access": ("access", "accessToken", "access_token", "tokens/access_token"),
    "refresh": ("refresh", "refreshToken", "refresh_token", "tokens/refresh_token"),
    "idToken": ("idToken", "id_token", "tokens/id_token"),
    "token": ("token",),
    "key": ("key", "apiKey", "OPENAI_API_KEY"),
    "accountId": ("accountId", "account_id", "chatgpt_account_id", "tokens/account_id"),
    "accountIdSource": ("accountIdSource",),
    "email": ("email",),
    "expires": ("expires", "expiresAt", "expires_at"),
    "displayName": ("displayName", "accountLabel", "account_name"),
    "chatgptPlanType": ("chatgptPlanType", "plan"),
    "oauthRef": ("oauthRef",),
    "keyRef": ("keyRef",),
    "tokenRef": ("tokenRef",),
}
_REFERENCES = ("oauthRef", "keyRef", "tokenRef")


class Login(NamedTuple):
    """The credential columns of a row, and, relative to the raw value, where each column stands in it."""

    columns: Row
    pointers: dict[str, str]
    has_secret: bool


def read_login(raw: dict[str, Any], provider: str, now_ms: int) -> Login:
    """Read a credential in any known spelling; the first that is not blank counts.

    Without a type one is inferred from the secrets, without a provider `provider` is taken.
    """
    values: dict[str, Any] = {}
    pointers: dict[str, str] = {}
    for column, spellings in _SPELLINGS.items():
        for spelling in spellings:
            value = _lookup(raw, spelling)
            if value not in (None, ""):
                values[column] = value
                if spelling != column:
                    pointers[column] = f"/{spelling}"
                break
    if credential_type(values) is None:  # a tool's own word for it, such as `codex` or `chat_gpt`
        values["type"] = _inferred_type(values)
    values.setdefault("provider", provider)
    columns = credential_columns(values, now_ms)
    secrets = (columns[name] for name in ("access", "refresh", "idToken", "token", "key"))
    return Login(columns, pointers, any(secrets) or any(values.get(name) for name in _REFERENCES))


def _lookup(raw: dict[str, Any], path: str) -> Any:
    value: Any = raw
    for name in path.split("/"):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _inferred_type(values: dict[str, Any]) -> str | None:
    if any(values.get(name) for name in ("access", "refresh", "idToken", "oauthRef")):
        return "oauth"
    if values.get("token") or values.get("tokenRef"):
        return "token"
    return "api_key" if values.get("key") or values.get("keyRef") else None
