"""The accounts, leases and measured usage in the pool of the switching kit."""

from collections import Counter
from collections.abc import Iterator, Sequence

from linter.openclaw.plain import members
from linter.routers.files import RouterFile
from linter.routers.place import fields_in, located
from linter.routers.rows import account_row, lease_row
from linter.routers.sight import Sight
from linter.routers.values import count, elements, number, shown_text
from linter.snapshot.tables import Row
from linter.sources.paths import join
from linter.sources.times import to_ms

_STATE_POINTERS = {
    "quarantine_active": "/quarantine/active",
    "quarantine_until": "/quarantine/until",
    "quarantine_reason": "/quarantine/reason",
    "lease_count": "/activeLeaseCount",
    "health_stage": "/health/stage",
}
_USAGE_METHODS = {
    "active-profile": "provider-order",
    "probe": "order-reorder",
    "stale-probe": "order-reorder",
}
_WINDOWS = (("fiveHourRemaining", 5 * 3600), ("weekRemaining", 7 * 86_400))


def account_rows(
    config: RouterFile, state: RouterFile | None, router: Row, leases: Sequence[Row], sight: Sight
) -> Iterator[Row]:
    """Return the accounts of the config, each with what the state says of it."""
    active = Counter(row["profile"] for row in leases if row["active"])
    states = members(parsed(state).get("accounts"))
    seen: set[str] = set()
    for index, raw in enumerate(elements(parsed(config).get("accounts"))):
        account = members(raw)
        profile = shown_text(account.get("profileId"))
        if profile is None:
            continue
        runtime = members(states.get(profile))
        quarantine = members(runtime.get("quarantine"))
        at = located(config.source, f"/accounts/{index}", {"id": "/profileId"})
        if state is not None:
            at["fields"] |= fields_in(state.source, _STATE_POINTERS, join("", "accounts", profile))
        yield account_row(
            at,
            router["id"],
            profile,
            name=shown_text(account.get("name")),
            enabled=account.get("enabled") is not False,
            priority=number(account.get("priority")),
            ignored=profile in router["ignored_ids"],
            quarantine_active=quarantine.get("active") is True,
            quarantine_until=to_ms(quarantine.get("until")),
            quarantine_reason=shown_text(quarantine.get("reason")),
            lease_count=count(runtime.get("activeLeaseCount")),
            active_leases=active[profile],
            health_stage=shown_text(members(runtime.get("health")).get("stage")),
            duplicate=profile in seen,
            seen_by=sight.of(profile, router["managed_agents"]),
        )
        seen.add(profile)


def lease_rows(state: RouterFile, router: str) -> Iterator[Row]:
    """Return the leases, released ones included."""
    for key, raw in members(parsed(state).get("leases")).items():
        lease = members(raw)
        yield lease_row(
            located(
                state.source,
                join("", "leases", key),
                {"task": "/taskId", "profile": "/profileId", "acquired_at": "/acquiredAt"},
            ),
            router,
            key,
            lane=shown_text(lease.get("lane")),
            task=shown_text(lease.get("taskId")),
            profile=shown_text(lease.get("profileId")),
            active=lease.get("active") is True,
            acquired_at=to_ms(lease.get("acquiredAt")),
        )


def usage_rows(state: RouterFile, router: str) -> Iterator[Row]:
    """Return the usage that the router selects by; how it was measured decides whether it can be trusted."""
    for profile, raw in members(parsed(state).get("accounts")).items():
        usage = members(members(raw).get("usage"))
        if usage.get("available") is True:
            pointers = {"for_profile": "", "method": "/source", "fetched_at": "/observedAt"}
            yield {
                "at": located(state.source, join("", "accounts", profile, "usage"), pointers),
                "surface": router,
                "session": None,
                "for_profile": shown_text(profile),
                "fetched_profile": None,
                "fetched_fingerprint": None,
                "header_account": None,
                "method": _USAGE_METHODS.get(str(usage.get("source"))),
                "account_id": None,
                "user_id": None,
                "email": None,
                "windows": [
                    {"seconds": seconds, "used_percent": 100 - left, "reset_at": None}
                    for name, seconds in _WINDOWS
                    if (left := number(usage.get(name))) is not None
                ],
                "fetched_at": to_ms(usage.get("observedAt")),
                "used_by_router": True,
            }


def parsed(file: RouterFile | None) -> Row:
    """Return the object that a file holds; an empty one where it holds none."""
    return members(file.value) if file is not None else {}
