"""What a rule is filed under: the layer that is wrong, the symptoms it explains, the checks it answers."""

LAYERS = {
    "preference": "Stored preference: the profile that a user or helper asked for",
    "order": "Auth order: the profiles that are tried, in turn",
    "session": "Session override: the profile that a session is pinned to",
    "runtime": "Effective profile: the credential that the next turn really uses",
    "usage": "Usage source: the credential with which quota figures were fetched",
    "display": "Display metadata: the names that status views show",
    "repo": "External repository: a router's own store of identities, and the slot it fills",
}
SYMPTOMS = {
    "wrong-account": "The wrong account is selected",
    "status-does-not-follow": "A helper switches, but the status does not follow",
    "usage-does-not-follow": "The status changes, but usage does not",
    "works-sometimes": "It works only sometimes",
    "broken-entry": "A token or an entry is broken",
    "labels-disagree": "Status, labels and runtime disagree",
}
CHECKLIST = {
    1: "The stored preference or helper selection is as expected",
    2: "The auth order is as expected",
    3: "The session override is as expected",
    4: "The runtime uses the intended profile",
    5: "The status shows the intended meaning",
    6: "Usage figures match that meaning",
    7: "Helpers resolve the id that the runtime uses",
}
ERAS = ("J", "H", "S", "unknown")
"""How OpenClaw keeps a state, as `meta.era` says: JSON files, agent databases, a shared database."""
