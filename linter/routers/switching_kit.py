"""The codex-oauth-switching-kit: an order router over several profiles of OpenClaw's own store.

`ops/state/oauth-pool-config.json` lists the accounts, `oauth-pool-state.json` holds leases, quarantines and
the order that the router wrote. Scripts of the kit disagree about the base directory (workspace or state
directory), so that one installation may have two of each.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from linter.openclaw.plain import members
from linter.openclaw.reading import Reading
from linter.routers.files import RouterFile, Schema, open_json, words
from linter.routers.interface import Found
from linter.routers.place import fields_in
from linter.routers.rows import router_row
from linter.routers.selection import resolve
from linter.routers.sight import Sight
from linter.routers.switching_kit_pool import account_rows, lease_rows, parsed, usage_rows
from linter.routers.times import ACTIVE_WINDOW_MS
from linter.routers.values import elements, shown_text, texts
from linter.snapshot.tables import Row
from linter.sources.times import to_ms

TOOL = "switching-kit"
_INBOX = "openai-codex:default"
_CONFIG, _STATE, _ONBOARDING = "oauth-pool-config.json", "oauth-pool-state.json", "onboarding-lock.json"
_CONFIG_SCHEMA = Schema(
    known_keys=words(
        "version provider accounts managedAgents concurrencyCapPerAccount retryPolicy override focus"
        " autoProfileSync safeSwitch sessionRebind authOrderPolicy routing routingGuards usageProbe"
        " oauthAutoRefresh alerts timeouts weights throttlePolicy healthChecks commandTimeoutSec"
        " liveCanary runtimeFailover"
    )
)
_STATE_SCHEMA = Schema(
    newest=2,
    known_keys=words(
        "version lastTickAt override focus accounts leases tasks history alerts monitor routing"
        " authOrderTrace runtimeFailover sessionRebind liveCanary recovery"
    ),
)
_CONFIG_POINTERS = {
    "provider": "/provider",
    "managed_agents": "/managedAgents",
    "ignored_ids": "/autoProfileSync/ignoreProfileIds",
    "rebinds_sessions": "/sessionRebind/enabled",
    "config_problem": "/accounts",
}
_ORDER_POINTERS = {
    "selection": "/authOrderTrace/effectiveOrder/0",
    "set_at": "/authOrderTrace/lastAppliedAt",
    "intended_order": "/authOrderTrace/effectiveOrder",
    "intended_at": "/authOrderTrace/lastAppliedAt",
    "override_enabled": "/override/enabled",
}
_OVERRIDE_POINTERS = {"selection": "/override/profileId", "set_at": "/override/setAt"}
_UNREAD: dict[str, tuple[Any, ...]] = {
    "override/enabled": (False,),
    "focus/enabled": (False,),
    "sessionRebind/agents": (["main"], []),
    "sessionRebind/disableInAuto": (False,),
    "sessionRebind/controlSurfacePrimary": (True,),
    "sessionRebind/controlSurfaceLeaseSec": (900,),
    "autoProfileSync/removedProfileIds": ([],),
}
"""Settings that the router never reads, with the values that its template gives them."""


class _Installation(NamedTuple):
    name: str
    config: RouterFile | None
    state: RouterFile | None
    onboarding: RouterFile | None

    @property
    def main(self) -> RouterFile | None:
        return self.config or self.state


def read(reading: Reading, found: Sequence[Found]) -> None:
    """Read each base directory that has a config or a state as a router of its own."""
    installations = [
        _Installation(
            TOOL if number == 0 else f"{TOOL}-{number + 1}",
            open_json(reading, one.folder / _CONFIG, "router-config", _CONFIG_SCHEMA),
            open_json(reading, one.folder / _STATE, "router-state", _STATE_SCHEMA),
            open_json(reading, one.folder / _ONBOARDING, "router-state", Schema()),
        )
        for number, one in enumerate(found)
    ]
    # Onboarding writes below the state directory, whichever base the router itself uses.
    stray_folder, stray = reading.location.state_dir / "ops" / "state", None
    if stray_folder not in [one.folder for one in found]:
        stray = open_json(reading, stray_folder / _ONBOARDING, "router-state", Schema())
    for installation in installations:
        twin = next((other.main for other in installations if other is not installation), None)
        _read_one(reading, installation, installation.onboarding or stray, twin)


def _read_one(
    reading: Reading, files: _Installation, onboarding: RouterFile | None, twin: RouterFile | None
) -> None:
    main = files.main
    if main is None:
        return
    tables = reading.snapshot.tables
    router = _router(reading, files, main)
    router["twin_path"] = twin.source if twin else None
    if onboarding is not None and isinstance(onboarding.value, dict):
        lock = onboarding.value
        names = (shown_text(lock.get(name)) for name in ("profileId", "displayName"))
        router["pending"] = next((name for name in names if name), "login")
        router["pending_at"] = to_ms(lock.get("startedAt"))
        pointers = {"pending": "/profileId", "pending_at": "/startedAt"}
        router["at"]["fields"] |= fields_in(onboarding.source, pointers)
    tables["routers"].append(router)
    leases = list(lease_rows(files.state, files.name)) if files.state else []
    tables["leases"].extend(leases)
    if files.config is not None and isinstance(files.config.value, dict):
        accounts = list(account_rows(files.config, files.state, router, leases, Sight(reading.snapshot)))
        tables["router_accounts"].extend(accounts)
        known = list(dict.fromkeys(row["id"] for row in accounts))
        router["selected_key"], router["selection_state"] = resolve("order-head", router["selection"], known)
    if files.state is not None:
        tables["usage_evidence"].extend(usage_rows(files.state, files.name))


def _router(reading: Reading, files: _Installation, main: RouterFile) -> Row:
    config, state = parsed(files.config), parsed(files.state)
    override, trace = members(state.get("override")), members(state.get("authOrderTrace"))
    intended = texts(trace.get("effectiveOrder")) or None
    forced = override.get("enabled") is True
    applied = to_ms(trace.get("lastAppliedAt"))
    fields: Row = {}
    if files.config is not None:
        fields |= fields_in(files.config.source, _CONFIG_POINTERS)
    if files.state is not None:
        fields |= fields_in(files.state.source, _ORDER_POINTERS | (_OVERRIDE_POINTERS if forced else {}))
    return router_row(
        {"source": main.source, "pointer": "", "fields": fields},
        files.name,
        TOOL,
        "order-head",
        selection=shown_text(override.get("profileId")) if forced else intended[0] if intended else None,
        set_at=to_ms(override.get("setAt")) if forced else applied,
        provider=shown_text(config.get("provider")),
        managed_agents=texts(config.get("managedAgents")) or ["main"],
        inbox_ids=[_INBOX],
        ignored_ids=texts(members(config.get("autoProfileSync")).get("ignoreProfileIds")),
        intended_order=intended,
        intended_at=applied,
        rebinds_sessions=members(config.get("sessionRebind")).get("enabled") is True,
        live=any(
            file is not None and reading.now - file.mtime < ACTIVE_WINDOW_MS
            for file in (files.config, files.state)
        ),
        override_enabled=forced,
        config_problem=_config_problem(files.config),
        dead_knobs=_dead_knobs(config),
    )


def _config_problem(file: RouterFile | None) -> str | None:
    """Say why the router's own check would refuse the config, which it then replaces by its default."""
    if file is None or not isinstance(file.value, dict):
        return None
    if shown_text(file.value.get("provider")) is None:
        return "`provider` is empty"
    accounts = elements(file.value.get("accounts"))
    if not accounts:
        return "`accounts` is empty"
    ids = [shown_text(members(account).get("profileId")) for account in accounts]
    if None in ids:
        return "an account has no `profileId`"
    repeated = [name for name, count in Counter(ids).items() if count > 1]
    return f"`profileId` {repeated[0]} occurs more than once" if repeated else None


def _dead_knobs(config: Row) -> list[str]:
    """Return the settings that somebody changed and nothing reads."""
    knobs = []
    for path, defaults in _UNREAD.items():
        section, _, name = path.partition("/")
        value = members(config.get(section)).get(name)
        if value is not None and value not in defaults:
            knobs.append(path)
    return knobs
