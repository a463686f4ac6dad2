"""Captures in the format of `docs/evidence.md`: usage that was fetched, and what a surface showed."""

from collections.abc import Iterator
from typing import Any

from linter.openclaw.plain import members
from linter.openclaw.reading import StateFile
from linter.routers.place import located
from linter.routers.values import elements, number, shown_text
from linter.snapshot.tables import Row, Tables, new_row
from linter.sources.paths import join
from linter.sources.times import to_ms

_METHODS = frozenset({"hard-pin", "order-reorder", "provider-order", "rollout"})
_SEMANTICS = frozenset({"preferred", "effective", "usage"})
_USAGE_POINTERS = {
    "for_profile": "/profile",
    "fetched_profile": "/fetched_with/profile",
    "fetched_fingerprint": "/fetched_with/access",
    "header_account": "/fetched_with/account",
    "account_id": "/response/account_id",
    "user_id": "/response/user_id",
    "email": "/response/email",
    "windows": "/response/rate_limit",
    "fetched_at": "/at",
}
_DISPLAY_POINTERS = {"profile_id": "/profile", "shown_at": "/at"}


def add_captures(tables: Tables, file: StateFile, value: Row) -> None:
    """Append a row for each capture; one without a time has the file's own."""
    for pointer, raw in _entries(value, "usage"):
        tables["usage_evidence"].append(_usage(file, pointer, raw))
    for pointer, raw in _entries(value, "display"):
        tables["display_evidence"].append(_display(file, pointer, raw))


def _entries(value: Row, name: str) -> Iterator[tuple[str, Row]]:
    for index, raw in enumerate(elements(value.get(name))):
        if isinstance(raw, dict):
            yield f"/{name}/{index}", raw


def _usage(file: StateFile, pointer: str, raw: Row) -> Row:
    fetched, response = members(raw.get("fetched_with")), members(raw.get("response"))
    return usage_row(
        located(file.source, pointer, _USAGE_POINTERS),
        shown_text(raw.get("surface")) or "usage",
        session=shown_text(raw.get("session")),
        for_profile=shown_text(raw.get("profile")),
        fetched_profile=shown_text(fetched.get("profile")),
        fetched_fingerprint=_fingerprint(fetched.get("access")),
        header_account=shown_text(fetched.get("account")),
        method=_word(raw.get("method"), _METHODS),
        account_id=shown_text(response.get("account_id")),
        user_id=shown_text(response.get("user_id")),
        email=shown_text(response.get("email")),
        windows=list(_windows(response)),
        fetched_at=to_ms(raw.get("at")) or file.row["mtime"],
        used_by_router=raw.get("used_by_router") is True,
    )


def _display(file: StateFile, pointer: str, raw: Row) -> Row:
    return display_row(
        located(file.source, pointer, _DISPLAY_POINTERS),
        shown_text(raw.get("surface")) or "display",
        session=shown_text(raw.get("session")),
        semantic=_word(raw.get("semantic"), _SEMANTICS),
        profile_id=shown_text(raw.get("profile")),
        email=shown_text(raw.get("email")),
        workspace=shown_text(raw.get("workspace")),
        plan=shown_text(raw.get("plan")),
        shown_at=to_ms(raw.get("at")) or file.row["mtime"],
    )


def _windows(response: Row) -> Iterator[Row]:
    """Return the windows of a response of the usage service, the shorter one first."""
    limits = members(response.get("rate_limit"))
    for name in ("primary_window", "secondary_window"):
        window = limits.get(name)
        if isinstance(window, dict):
            yield {
                "seconds": number(window.get("limit_window_seconds")),
                "used_percent": number(window.get("used_percent")),
                "reset_at": to_ms(window.get("reset_at")),
            }


def _word(value: Any, known: frozenset[str]) -> str | None:
    return value if isinstance(value, str) and value in known else None


def _fingerprint(value: Any) -> str | None:
    """Return 16 hex digits; a longer SHA-256 is cut, anything else is no fingerprint."""
    text = value.strip().lower() if isinstance(value, str) else ""
    return text[:16] if len(text) >= 16 and not set(text) - set("0123456789abcdef") else None


def display_row(at: Row, surface: str, **columns: Any) -> Row:
    """Return a row of `display_evidence`."""
    return new_row("display_evidence", at=at, surface=surface) | columns


def usage_row(at: Row, surface: str, **columns: Any) -> Row:
    """Return a row of `usage_evidence`."""
    return new_row("usage_evidence", at=at, surface=surface) | columns


SURFACE = "openclaw models status"


def add_models_status(tables: Tables, file: StateFile, value: Row) -> None:
    """Append a row of `display_evidence` for each profile that is listed."""
    profiles = elements(members(value["auth"].get("oauth")).get("profiles"))
    for index, raw in enumerate(profiles):
        profile = shown_text(members(raw).get("profileId"))
        if profile is not None:
            tables["display_evidence"].append(
                display_row(
                    {
                        "source": file.source,
                        "pointer": join("", "auth", "oauth", "profiles", index),
                        "fields": {
                            column: {"source": file.source, "pointer": f"/auth/oauth/profiles/{index}/{name}"}
                            for column, name in (("profile_id", "profileId"), ("email", "label"))
                        },
                    },
                    f"{SURFACE}: {profile}",
                    profile_id=profile,
                    email=_email(raw.get("label")),
                    shown_at=file.row["mtime"],
                )
            )


def _email(label: object) -> str | None:
    """Return the address in a label such as `openai:work (ann@example.com)`."""
    text = shown_text(label) or ""
    inside = text.removesuffix(")").rpartition("(")[2] if text.endswith(")") else ""
    return inside if "@" in inside else None
