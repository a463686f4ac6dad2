"""Members of `auth` in openclaw.json that OpenClaw's schema does not know: it refuses a file that has one.

So `config validate` and all other commands of 2026.3.24, 2026.5.7, 2026.6.6, 2026.8.2 and 2026.9.6.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from linter.openclaw.config import Config
from linter.openclaw.plain import folded, members, public
from linter.openclaw.reading import Reading
from linter.openclaw.selection.blocked import number
from linter.openclaw.selection.semantics import Semantics
from linter.snapshot.secrets import reduce_secret

_AUTH = ("profiles", "order")
_PROFILE = ("provider", "mode", "email", "displayName")
_MODES = ("api_key", "oauth", "token", "aws-sdk")
_COOLDOWNS = (
    "billingBackoffHours",
    "billingBackoffHoursByProvider",
    "billingMaxHours",
    "failureWindowHours",
)
_ROTATIONS = (
    "authPermanentBackoffMinutes",
    "authPermanentMaxMinutes",
    "overloadedProfileRotations",
    "overloadedBackoffMs",
    "rateLimitedProfileRotations",
)
_TAKEN_FOR_AUTH = frozenset({"auth", "auths", "authentication", "authprofiles", "authorder", "auth_order"})
_SECRETS = frozenset({"token", "key", "apiKey", "api_key", "access", "refresh", "secret", "password"})
_ORDER = '{"PROVIDER": ["PROFILE-ID", …]}'

Path = tuple[str | int, ...]


class _Member(NamedTuple):
    """What is wrong at a path, as in the column `fault`, and what is valid there, if anything."""

    path: Path
    fault: str | None = None
    valid: str | None = None


def add_config_members(reading: Reading, config: Config, semantics: Semantics | None) -> None:
    """Append the members of `auth` to `config_members`, and what else makes OpenClaw refuse openclaw.json.

    Where the version is not known (None), all that any version knows is valid.
    """
    for member in _members(config, semantics):
        path = public(".".join(map(str, member.path)))
        reading.snapshot.tables["config_members"].append(
            {
                "at": config.at(*member.path),
                "path": path,
                "fault": member.fault,
                "valid": member.valid,
                "value": number(config.get(*member.path)),
            }
        )


def _members(config: Config, semantics: Semantics | None) -> Iterator[_Member]:
    known = _AUTH if semantics and not semantics.sets_cooldowns else (*_AUTH, "cooldowns")
    cooldowns = _COOLDOWNS if semantics and not semantics.sets_rotations else (*_COOLDOWNS, *_ROTATIONS)
    for name, _ in config.members():
        if name != "auth" and folded(name) in _TAKEN_FOR_AUTH:
            yield _Member((name,), "unknown", "auth")
    yield from _unknown(config, ("auth",), known)
    if "cooldowns" in known:
        yield from _unknown(config, ("auth", "cooldowns"), cooldowns)
    for name in known:
        value = config.get("auth", name)
        if isinstance(value, dict):
            yield _Member(("auth", name))
        elif value is not None:
            yield _Member(("auth", name), "type", _ORDER if name == "order" else "an object")
    for provider, ids in config.members("auth", "order"):
        if not isinstance(ids, list) or not all(isinstance(id_, str) for id_ in ids):
            yield _Member(("auth", "order", provider), "type", '["PROFILE-ID", …]')
    for id_, entry in config.members("auth", "profiles"):
        yield from _of_profile(config, ("auth", "profiles", id_), entry)


def _of_profile(config: Config, path: Path, entry: Any) -> Iterator[_Member]:
    if not isinstance(entry, dict):
        yield _Member(path, "type", '{"provider": …, "mode": …}')
        return
    yield from _unknown(config, path, _PROFILE)
    if entry.get("provider") is None:
        yield _Member(path, "missing", "provider")
    if entry.get("mode") is None:
        yield _Member(path, "missing", "mode")
    elif entry["mode"] not in _MODES:
        yield _Member((*path, "mode"), "type", " | ".join(_MODES))


def _unknown(config: Config, path: Path, known: tuple[str, ...]) -> Iterator[_Member]:
    for name, value in members(config.get(*path)).items():
        if name in known:
            if number(value) is not None:
                yield _Member((*path, name))
        elif name in _SECRETS and reduce_secret(value) is not None:
            yield _Member((*path, name), "secret", "openclaw models auth")
        else:
            yield _Member((*path, name), "unknown", _near(name, known))


def _near(name: str, known: tuple[str, ...]) -> str:
    """Return the member that was probably meant, else all that there are."""
    from difflib import get_close_matches  # noqa: PLC0415 - most files have no fault

    by_letters = {folded(one).replace("_", ""): one for one in known}
    found = get_close_matches(folded(name).replace("_", "").replace("-", ""), by_letters, n=1)
    return by_letters[found[0]] if found else ", ".join(known)
