import json

import pytest

ID = "0123456789abcdef0123456789abcdef"
PROFILE = "openai-codex:a"
SIDECAR = f"credentials/auth-profiles/{ID}.json"
REF = {"source": "openclaw-credentials", "provider": "openai-codex", "id": ID}
ENCRYPTED = {"version": 1, "profileId": PROFILE, "provider": "openai-codex", "encrypted": {"iv": "x"}}


def reference(state, **credential):
    entry = {"type": "oauth", "provider": "openai-codex", **credential}
    state.write("agents/main/agent/auth-profiles.json", {"profiles": {PROFILE: entry}})
    (row,) = state.rows("profiles")
    return row["ref_state"], row["ref_detail"]


def test_a_credential_without_a_reference_has_no_state(state):
    assert reference(state, refresh="made-up") == (None, None)


def test_a_sidecar_needs_its_file_its_key_and_its_profile(state):
    assert reference(state, oauthRef=REF) == ("missing", SIDECAR)
    state.write(SIDECAR, ENCRYPTED)
    assert reference(state, oauthRef=REF) == ("missing", "~/.config/openclaw/auth-profile-secret-key")
    state.write("../.config/openclaw/auth-profile-secret-key", "made-up seed")
    assert reference(state, oauthRef=REF) == ("ok", None)
    state.write(SIDECAR, ENCRYPTED | {"profileId": "openai-codex:b"})
    assert reference(state, oauthRef=REF) == ("missing", f"{SIDECAR} belongs to another profile")


def test_a_sidecar_and_its_key_are_files_that_matter(state):
    state.write(SIDECAR, ENCRYPTED)
    state.write("../.openclaw-auth-profile-secrets/auth-profile-secret-key", "made-up seed", mode=0o644)
    reference(state, oauthRef=REF)
    roles = {row["role"]: (row["path"], row["mode"]) for row in state.rows("files")}
    assert roles["sidecar"] == (SIDECAR, 0o600)
    assert roles["sidecar-key"] == ("~/.openclaw-auth-profile-secrets/auth-profile-secret-key", 0o644)


def test_databases_never_resolve_a_sidecar(state):
    state.write(SIDECAR, ENCRYPTED)
    state.write("../.config/openclaw/auth-profile-secret-key", "made-up seed")
    entry = {"type": "oauth", "provider": "openai-codex", "oauthRef": REF}
    row = {"store_key": "primary", "store_json": json.dumps({"profiles": {PROFILE: entry}})}
    tables = {"auth_profile_store": [row], "auth_profile_state": []}
    state.write_database("agents/main/agent/openclaw-agent.sqlite", 1, tables)
    (row,) = state.rows("profiles")
    assert row["ref_state"] == "unresolved"


@pytest.mark.parametrize("ref", [{"id": "../../x"}, "text", {}, 7])
def test_a_reference_without_a_usable_id_leads_nowhere(state, ref):
    assert reference(state, oauthRef=ref)[0] in ("missing", None)


def test_a_reference_beside_tokens_is_not_needed(state):
    assert reference(state, oauthRef=REF, refresh="made-up")[0] == "not-checked"


def test_a_secret_in_a_file_needs_that_file(state):
    ref = {"source": "file", "provider": "vault", "id": "/key"}
    assert reference(state, type="api_key", keyRef=ref)[0] == "not-checked"
    state.write(
        "openclaw.json", {"secrets": {"providers": {"vault": {"source": "file", "path": "secrets.json"}}}}
    )
    assert reference(state, type="api_key", keyRef=ref) == ("missing", "secrets.json")
    state.write("secrets.json", "{}")
    assert reference(state, type="api_key", key=ref) == ("ok", None)
    assert reference(state, type="api_key", key={"source": "env", "id": "KEY"})[0] == "not-checked"
