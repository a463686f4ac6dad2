"""A raw credential as the credential columns of a snapshot row."""

import re
from typing import Any

from linter.snapshot.identity import identify, merged_claims
from linter.snapshot.redact import scrub
from linter.snapshot.secrets import fence_part, lowered, reduce_secret
from linter.snapshot.tables import Row

EARLIEST_MS, LATEST_MS = 10**11, 10**14
"""Times outside this span are not milliseconds: 1973 to 5138."""

_MALFORMED_KEY = re.compile(
    r"openclaw\s+onboard(?:\s.*)?\s--auth-choice(?:[\s=].*)?", re.IGNORECASE | re.DOTALL
)
_TYPES = {"oauth": "oauth", "token": "token", "api_key": "api_key", "apikey": "api_key", "api-key": "api_key"}
_FOREIGN_FIELDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "refresh": (("refreshToken",), ("refresh_token",), ("tokens", "refresh_token")),
    "access": (("accessToken",), ("access_token",), ("tokens", "access_token")),
    "accountId": (("account_id",), ("chatgpt_account_id",)),
    "expires": (("expires_at",), ("expiresAt",)),
}


def credential_columns(
    raw: dict[str, Any], now_ms: int, *, ref_state: str | None = None, ref_detail: str | None = None
) -> Row:
    """Return the credential columns of `raw` (OpenClaw's field names), without any secret.

    `ref_state` is what the reader found out about a SecretRef or oauthRef; without it one is `not-checked`.
    """
    secrets = {
        name: reduce_secret(raw.get(name)) for name in ("access", "refresh", "idToken", "token", "key")
    }
    secrets["key"] = secrets["key"] or reduce_secret(raw.get("apiKey"))
    kind = credential_type(raw)
    if ref_state is None and any(raw.get(name) for name in ("keyRef", "tokenRef", "oauthRef")):
        ref_state = "not-checked"
    claims = merged_claims(secrets["access"] or secrets["token"], secrets["idToken"])
    fence = _fence(raw) if kind == "oauth" else None
    expired = is_milliseconds(raw.get("expires")) and raw["expires"] <= now_ms and fence is None
    return {
        "type": kind,
        "provider": _public(raw.get("provider")),
        "realm": lowered(raw.get("provider")),
        "email": _public(raw.get("email")),
        "accountId": _public(raw.get("accountId")),
        "accountIdSource": _public(raw.get("accountIdSource")),
        "displayName": _public(raw.get("displayName")),
        "chatgptPlanType": _public(raw.get("chatgptPlanType")),
        "expires": _scalar(raw.get("expires")),
        **secrets,
        "claims": claims,
        "identity": identify(claims, raw.get("accountId"), raw.get("email")),
        "fence": fence,
        "ref_state": ref_state,
        "ref_detail": ref_detail,
        "foreign_fields": _foreign_fields(raw),
        "credential_state": _state(raw, kind, secrets, fence, ref_state, now_ms),
        "expired": expired,
        "dead": fence == "failed" or (expired and _cannot_renew(raw, kind, secrets)),
    }


def age(row: Row, now_ms: int) -> None:
    """Make the columns of a credential that depend on the time those of `now_ms`."""
    is_past = is_milliseconds(row["expires"]) and row["expires"] <= now_ms and row["fence"] is None
    renews = row["type"] == "oauth" and (row["refresh"] or row["ref_state"])
    row["expired"] = is_past
    row["dead"] = row["fence"] == "failed" or (is_past and row["type"] in ("oauth", "token") and not renews)
    if row["type"] == "token" and row["credential_state"] in ("ok", "expired"):
        row["credential_state"] = _token_expiry(row["expires"], now_ms)


def credential_type(raw: dict[str, Any]) -> str | None:
    """Return `oauth`, `token` or `api_key`, and take the loader's aliases `mode` and `apiKey`."""
    value = raw.get("type") if raw.get("type") is not None else raw.get("mode")
    return _TYPES.get(value.strip().lower()) if isinstance(value, str) else None


def is_milliseconds(value: Any) -> bool:
    """Tell whether a value is a number that can be a time in milliseconds."""
    return isinstance(value, int | float) and not isinstance(value, bool) and EARLIEST_MS <= value < LATEST_MS


def _state(
    raw: dict[str, Any],
    kind: str | None,
    secrets: dict[str, Row | None],
    fence: str | None,
    ref: str | None,
    now: int,
) -> str:
    """Return OpenClaw's reason code for the credential taken by itself."""
    setup = raw.get("setup")
    if isinstance(setup, dict) and setup.get("replacement") is True:
        return "setup_inactive"
    if kind == "oauth":
        if fence:
            return "expired"
        if secrets["access"] or secrets["refresh"]:
            return "ok"
        return "unresolved_ref" if raw.get("oauthRef") else "missing_credential"
    if kind == "api_key":
        key = raw.get("key") if raw.get("key") is not None else raw.get("apiKey")
        if isinstance(key, str) and _MALFORMED_KEY.fullmatch(key.strip()):
            return "malformed_api_key"
        found = secrets["key"] or raw.get("keyRef")
    else:
        found = secrets["token"] or raw.get("tokenRef")
    if not found:
        return "missing_credential"
    if ref == "missing":
        return "unresolved_ref"
    return _token_expiry(raw.get("expires"), now) if kind == "token" else "ok"


def _token_expiry(expires: Any, now: int) -> str:
    if expires is None:
        return "ok"
    if isinstance(expires, bool) or not isinstance(expires, int | float) or not 0 < expires <= 8.64e15:
        return "invalid_expires"
    return "expired" if expires <= now else "ok"


def _fence(raw: dict[str, Any]) -> str | None:
    access, refresh = fence_part(raw.get("access")), fence_part(raw.get("refresh"))
    whole = (
        access and refresh and access[:2] == refresh[:2] and (access[2], refresh[2]) == ("access", "refresh")
    )
    if not whole or raw.get("expires") != 1 or access is None:
        return None
    return "failed" if access[1] else "pending"


def _cannot_renew(raw: dict[str, Any], kind: str | None, secrets: dict[str, Row | None]) -> bool:
    return kind == "token" or (kind == "oauth" and not secrets["refresh"] and not raw.get("oauthRef"))


def _foreign_fields(raw: dict[str, Any]) -> list[Row]:
    found = []
    for canonical, paths in _FOREIGN_FIELDS.items():
        if raw.get(canonical) not in (None, ""):
            continue
        for path in paths:
            value: Any = raw
            for name in path:
                value = value.get(name) if isinstance(value, dict) else None
            if (isinstance(value, str) and value.strip()) or (canonical == "expires" and is_number(value)):
                found.append({"field": ".".join(path), "canonical": canonical})
    return found


def is_number(value: Any) -> bool:
    """Tell whether a value is a number (JSON's true and false are none)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _public(value: Any) -> Any:
    """Pass on a text that is no secret by its field; one that looks like a token all the same is masked."""
    return scrub(value) if isinstance(value, str) else None


def _scalar(value: Any) -> Any:
    """Pass on a scalar; of a container, which should not be there, only what kind it is."""
    if isinstance(value, str):
        return scrub(value)
    return type(value)() if isinstance(value, dict | list) else value
