"""Whether a profile may be used for a provider, and if not, why: OpenClaw's reason codes."""

from typing import Final

from linter.openclaw.selection.blocked import LATEST_DATE_MS, number
from linter.openclaw.selection.provider import declares_cloud_login, serves
from linter.openclaw.selection.semantics import Semantics
from linter.snapshot.tables import Row

OK: Final = "ok"
MISSING: Final = "profile_missing"


def eligibility(
    profile: Row | None, declared: Row | None, provider: str, semantics: Semantics, now: int
) -> str:
    """Return the reason code of a profile (None: not visible) and its `auth.profiles` entry, if any."""
    if profile is None:
        return OK if declares_cloud_login(declared, provider) else MISSING
    if semantics.gates_setup and profile["setup_replacement"]:
        return "setup_inactive"
    if not serves(semantics, profile["realm"], profile["type"], provider):
        return "provider_mismatch"
    if declared is not None:
        if not serves(semantics, declared["realm"], profile["type"], provider):
            return "provider_mismatch"
        mode, kind = declared["mode"], profile["type"]
        if mode != kind and (mode, kind) != ("oauth", "token"):
            return "mode_mismatch"
    return credential_code(profile, semantics, now)


def credential_code(profile: Row, semantics: Semantics, now: int) -> str:
    """Return the reason code of a credential taken by itself, as this version of OpenClaw sees it."""
    state: str = profile["credential_state"]
    if profile["type"] == "oauth":
        return _login_code(profile, semantics)
    if state == "malformed_api_key":
        return state if semantics.refuses_malformed_key else OK
    # A reference counts, found or not: that it is missing shows only when it is used.
    if not (profile["token"] or profile["key"] or profile["ref_state"]):
        return "missing_credential"
    return _token_code(profile, semantics, now) if profile["type"] == "token" else OK


def _login_code(profile: Row, semantics: Semantics) -> str:
    if profile["fence"] and semantics.fences:
        return "expired"
    if profile["access"] or profile["refresh"]:
        return OK
    refers = profile["ref_state"] and semantics.names_unresolved_refs
    return "unresolved_ref" if refers else "missing_credential"


def _token_code(profile: Row, semantics: Semantics, now: int) -> str:
    expires = number(profile["expires"])
    if expires is None:
        return OK if profile["expires"] is None else "invalid_expires"
    if expires <= 0 or (semantics.limits_dates and expires > LATEST_DATE_MS):
        return "invalid_expires"
    return "expired" if expires <= now else OK
