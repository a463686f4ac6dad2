"""Every difference between OpenClaw's versions that changes which credential is chosen, in one place."""

from typing import NamedTuple

Version = tuple[int, int, int]


class Semantics(NamedTuple):
    """What one version of OpenClaw does. Each flag is true in the versions named beside it in `_HISTORY`."""

    agent_store: bool
    shared_store: bool
    openai_namespace: bool
    reads_auth_state: bool
    keeps_unlisted_user_pin: bool
    imports_codex_login: bool
    copies_inherited: bool
    reconciles_default: bool
    reconciles_invalidated: bool
    replaces_blocked_user_pin: bool
    splits_model_choice: bool
    strips_model_provider: bool
    topics_take_model: bool
    marks_default_choice: bool
    coerces_state: bool
    limits_dates: bool
    pairs_openai_and_codex: bool
    aliases_providers: bool
    merge_forgets_missing: bool
    stored_order_falls_back: bool
    own_profiles_first: bool
    names_unresolved_refs: bool
    refuses_malformed_key: bool
    unexpired_first: bool
    knows_global_blocks: bool
    rotates_on_compaction: bool
    blocks_by_model: bool
    keeps_missing_user_pin: bool
    links_users: bool
    moves_up: bool
    hides_personal: bool
    fences: bool
    gates_setup: bool
    honours_suffix: bool
    limits_rotations: bool
    sets_rotations: bool
    sets_cooldowns: bool
    limits_cooldowns: bool
    probes_primary: bool
    prefers_config_key: bool
    obeys_provider_auth: bool
    stores_account: bool
    one_openai: bool
    logs_out: bool
    names_login: bool
    login_goes_first: bool
    login_makes_order: bool
    respells_providers: bool


_HISTORY: dict[str, tuple[Version | None, Version | None]] = {
    # Where state lives.
    "agent_store": ((2026, 6, 5), None),  # agent databases instead of JSON files
    "shared_store": ((2026, 8, 1), None),  # a store of its own for what all agents share
    "openai_namespace": ((2026, 6, 1), None),  # Codex logins are `openai`, before `openai-codex`
    "reads_auth_state": ((2026, 4, 7), (2026, 6, 5)),  # order and statistics beside the credentials
    "stores_account": ((2026, 4, 29), None),  # a login notes the account of its token beside it
    "logs_out": ((2026, 8, 2), None),  # `models auth logout` removes a single login
    "names_login": ((2026, 6, 6), None),  # `models auth login` takes `--profile-id`
    "login_goes_first": ((2026, 5, 7), None),  # a login puts itself first in a list that its agent has
    "login_makes_order": ((2026, 6, 6), None),  # and without a list makes one of all declared profiles
    "one_openai": ((2026, 5, 8), None),  # `openai` and `openai-codex` are names for the same logins
    # How an agent's store and the one it inherits become one view.
    "imports_codex_login": (None, (2026, 4, 11)),  # the Codex CLI's login becomes `:default` of every store
    "copies_inherited": (None, (2026, 4, 29)),  # an agent without a store gets copies of main's logins
    "reconciles_default": ((2026, 4, 26), None),  # a stale `<provider>:default` gives way to the main login
    "reconciles_invalidated": ((2026, 5, 7), (2026, 6, 1)),  # so does a login that was rejected
    "coerces_state": ((2026, 5, 28), None),  # providers are normalised, values of a wrong type dropped
    "limits_dates": ((2026, 6, 1), None),  # times that JavaScript cannot tell count as none
    "aliases_providers": ((2026, 5, 7), None),  # `claude-cli` is a name of `anthropic`, and the like
    "respells_providers": (None, (2026, 6, 6)),  # `z.ai` is a spelling of `zai`, and the like
    "merge_forgets_missing": ((2026, 5, 28), (2026, 6, 1)),  # merging drops unknown ids from the order lists
    "own_profiles_first": ((2026, 6, 5), None),  # own ids stand before an inherited order
    "hides_personal": ((2026, 9, 3), None),  # `personal:` ids never come from a store
    # Which profiles may be used, and in which order.
    "pairs_openai_and_codex": ((2026, 5, 28), (2026, 6, 1)),  # `openai` API keys also serve `openai-codex`
    "stored_order_falls_back": ((2026, 6, 1), None),  # a stored order of missing ids only is ignored
    "names_unresolved_refs": ((2026, 6, 1), None),  # a reference without its login has its own reason code
    "refuses_malformed_key": ((2026, 6, 35), None),  # (absent in 2026.6.6)
    "unexpired_first": ((2026, 8, 1), None),  # rotation prefers access tokens that have not expired
    "blocks_by_model": ((2026, 9, 3), None),  # the order ignores blocks of other models
    "fences": ((2026, 9, 6), None),  # a refresh fence is no credential
    "gates_setup": ((2026, 9, 6), None),  # a login that the wizard has not activated is no credential
    # What a turn does to a session's pin.
    "splits_model_choice": ((2026, 4, 26), None),  # a chosen model may name its provider before a slash
    "strips_model_provider": ((2026, 6, 1), None),  # a chosen model may repeat its provider before a slash
    "topics_take_model": (None, (2026, 5, 7)),  # a topic without a choice takes its group's, as a thread does
    "marks_default_choice": ((2026, 9, 6), None),  # a choice marked `default` counts as none
    "keeps_unlisted_user_pin": ((2026, 4, 7), None),  # a user's pin may lie outside the order
    "replaces_blocked_user_pin": ((2026, 5, 7), (2026, 8, 1)),  # a blocked one gives way to a free profile
    "knows_global_blocks": ((2026, 8, 1), None),  # all blocked: no pin; rotation keeps the kind of billing
    "rotates_on_compaction": (None, (2026, 9, 6)),  # a compacted session moves to the next profile
    "keeps_missing_user_pin": ((2026, 9, 3), None),  # a user's pin on a removed profile stays, unrunnable
    "links_users": ((2026, 9, 3), None),  # source `user-link`
    "moves_up": ((2026, 9, 3), None),  # an automatic pin returns to a profile whose rate limit is over
    "honours_suffix": ((2026, 9, 6), None),  # `model@profile` of the agent's primary model
    # How far a turn that meets limits goes through the order, and how it comes back.
    "limits_rotations": ((2026, 4, 26), None),  # with fallback models, few profiles are tried before them
    "sets_rotations": ((2026, 4, 26), (2026, 8, 1)),  # `auth.cooldowns` says how many, else one change
    "sets_cooldowns": (None, (2026, 8, 1)),  # `auth.cooldowns` is known at all
    "limits_cooldowns": ((2026, 4, 26), None),  # a turn on another model than a cooldown's is free to go on
    "probes_primary": ((2026, 6, 6), None),  # a session on a fallback model tries the primary now and then
    # What `models.providers` in openclaw.json does to stored logins.
    "prefers_config_key": ((2026, 5, 7), None),  # `auth: api-key` with a key goes before them
    "obeys_provider_auth": (
        (2026, 8, 1),
        None,
    ),  # it excludes them without a key, too; a key may be a profile id
}
"""Per flag: the first version that has it, and the first that has it no more. Read in 2026.3.24, 4.26, 5.7,
5.28, 6.1, 6.6, 6.35, 7.35, 8.1, 8.2, 9.1, 9.3 and 9.6; a change in between is dated to the later one."""

_SPAN: dict[str, tuple[Version, Version]] = {
    "J": ((2026, 3, 24), (2026, 6, 4)),
    "H": ((2026, 6, 5), (2026, 7, 99)),
    "S": ((2026, 8, 1), (9999, 0, 0)),
}
"""First and last version that keeps its state as the era does."""

_NO_CODEX_IMPORT: Version = (2026, 4, 5)
"""The one version without it, before it came back in 2026.4.7."""

_LATEST_CODEX: Version = (2026, 5, 27)
"""The last before 2026.5.28, which alone lets API keys of `openai` answer for `openai-codex`."""

_LAST_JOINED: Version = (2026, 4, 5)
"""The last version that keeps orders and statistics in auth-profiles.json."""


def semantics_of(
    era: str, version: str | None, canonical: str | None, *, joined: bool = False
) -> Semantics | None:
    """Return what the OpenClaw does that runs on a state of this era; None for an unknown era.

    Without a version, the last one of the era (and, for JSON files, of the namespace) is taken; where orders
    or statistics lie beside the credentials only (`joined`), the last that writes them there. A version that
    does not keep its state this way has not migrated it yet: the nearest one that does is taken.
    """
    if era not in _SPAN:
        return None
    first, last = _SPAN[era]
    number = parse_version(version)
    if number is None:
        number = _LATEST_CODEX if era == "J" and canonical != "openai" else last
        number = _LAST_JOINED if number == _LATEST_CODEX and joined else number
    return semantics_in(min(max(number, first), last))


def semantics_in(number: Version) -> Semantics:
    """Return what one version does."""
    flags = {name: _holds(number, span) for name, span in _HISTORY.items()}
    if number == _NO_CODEX_IMPORT:
        flags["imports_codex_login"] = False
    return Semantics(**flags)


def parse_version(text: str | None) -> Version | None:
    """Return the three numbers of `2026.9.6` or `2026.7.2-beta.1`, None for anything else."""
    parts = (text or "").split("-")[0].split(".")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    return int(parts[0]), int(parts[1]), int(parts[2])


def _holds(number: Version, span: tuple[Version | None, Version | None]) -> bool:
    first, end = span
    return (first is None or first <= number) and (end is None or number < end)
