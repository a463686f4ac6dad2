"""What is kept of a secret: a fingerprint, its kind, a few decoded claims. The token itself stops here."""

import base64
import binascii
import json
import re
from hashlib import sha256
from typing import Any

from linter.snapshot.secret_kinds import OPENAI, SecretKind, recognise
from linter.snapshot.tables import Row

_AUTH_CLAIM = "https://api.openai.com/auth"
_PROFILE_CLAIM = "https://api.openai.com/profile"
_FENCE = r"openclaw-oauth-refresh-fence:v1:([a-f0-9]{32}):(failed:)?(access|refresh):[a-f0-9]{64}"
_LAST_SECOND = 8_640_000_000_000
"""The farthest that a JavaScript date reaches from the epoch."""
_ABSENT_WORDS = frozenset({"", "unknown", "null", "undefined", "none"})

NO_CLAIMS: Row = {
    "account_id": None,
    "user_id": None,
    "seat_id": None,
    "email": None,
    "plan": None,
    "exp": None,
    "iat": None,
    "iss": None,
    "sub": None,
    "client_id": None,
    "auth": False,
}


def fingerprint(secret: str) -> str:
    """Return the first 16 hex digits of the SHA-256 of a secret."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def reduce_secret(value: Any) -> Row | None:
    """Return `{fingerprint, kind, realms, claims}` of a stored secret, or None where there is none."""
    if isinstance(value, dict):
        reference = json.dumps(value, sort_keys=True)
        return {"fingerprint": fingerprint(reference), "kind": "reference", "realms": None, "claims": None}
    if not isinstance(value, str) or not value.strip():
        return None
    claims = decode_claims(value)
    found = recognise(value)
    if claims is not None:
        found = SecretKind("jwt", OPENAI if claims["auth"] else None)
    realms = list(found.realms) if found.realms else None
    return {"fingerprint": fingerprint(value), "kind": found.kind, "realms": realms, "claims": claims}


def fence_part(value: Any) -> tuple[str, bool, str] | None:
    """Return (claim id, failed, `access` or `refresh`) of an OAuth refresh fence, else None."""
    match = re.fullmatch(_FENCE, value) if isinstance(value, str) and value.startswith("openclaw-") else None
    return (match[1], match[2] is not None, match[3]) if match else None


def decode_claims(token: str) -> Row | None:
    """Return the claims of a JWT that rules use (times in ms), unverified; None unless it is a JWT."""
    payload = _payload(token)
    if payload is None:
        return None
    auth, profile = _object(payload.get(_AUTH_CLAIM)), _object(payload.get(_PROFILE_CLAIM))
    return {
        "account_id": text(auth.get("chatgpt_account_id")),
        "user_id": text(auth.get("chatgpt_user_id")) or text(auth.get("user_id")),
        "seat_id": text(auth.get("chatgpt_account_user_id")),
        "email": lowered(profile.get("email")) or lowered(payload.get("email")),
        "plan": text(auth.get("chatgpt_plan_type")),
        "exp": _milliseconds(payload.get("exp")),
        "iat": _milliseconds(payload.get("iat")),
        "iss": text(payload.get("iss")),
        "sub": text(payload.get("sub")),
        "client_id": text(payload.get("client_id")),
        "auth": _AUTH_CLAIM in payload and isinstance(payload[_AUTH_CLAIM], dict),
    }


def text(value: Any) -> str | None:
    """Return a trimmed text; None for anything else and for words that mean nothing, such as `unknown`."""
    stripped = value.strip() if isinstance(value, str) else ""
    return None if stripped.lower() in _ABSENT_WORDS else stripped


def lowered(value: Any) -> str | None:
    """Return a trimmed text in lower case, as emails and providers are compared."""
    stripped = text(value)
    return stripped.lower() if stripped else None


def _payload(token: str) -> dict[str, Any] | None:
    parts = token.strip().split(".")
    if len(parts) != 3:
        return None
    try:
        decoded = base64.b64decode(parts[1] + "=" * (-len(parts[1]) % 4), altchars=b"-_", validate=True)
        value = json.loads(decoded)
    except (binascii.Error, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _milliseconds(seconds: Any) -> float | int | None:
    """Return a time in milliseconds; None for what no clock can show."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not abs(seconds) <= _LAST_SECOND:
        return None
    return seconds * 1000
