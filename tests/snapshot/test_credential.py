import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.snapshot.credential import age, credential_columns

NOW = 1_795_305_600_000


def jwt(**claims):
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"eyJhbGciOiJub25lIn0.{body}.c2ln"


def openai_jwt(account="acc-1", user="user-a", email="A@example.com", exp=NOW // 1000 + 60):
    return jwt(
        exp=exp,
        iat=exp - 10,
        **{
            "https://api.openai.com/auth": {"chatgpt_account_id": account, "chatgpt_user_id": user},
            "https://api.openai.com/profile": {"email": email},
        },
    )


def oauth(**fields):
    return {"type": "oauth", "provider": "openai-codex", "access": openai_jwt(), "refresh": "r-1", **fields}


def test_claims_come_before_stored_fields():
    row = credential_columns(oauth(accountId="other", email="other@example.com"), NOW)
    assert row["identity"] == {
        "account_id": "acc-1",
        "user_id": "user-a",
        "email": "a@example.com",
        "seat": "acc-1/user-a",
        "strength": 3,
    }
    assert row["accountId"] == "other"


def test_id_token_completes_the_claims_but_not_the_times():
    access = jwt(exp=10)
    row = credential_columns(oauth(access=access, idToken=openai_jwt(exp=99)), NOW)
    assert row["claims"]["account_id"] == "acc-1"
    assert row["claims"]["exp"] == 10_000
    assert row["claims"]["auth"] is False


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        (oauth(), "ok"),
        (oauth(expires=NOW - 1), "ok"),
        (oauth(access=" ", refresh=""), "missing_credential"),
        (oauth(access=None, refresh=None, oauthRef={"id": "0" * 32}), "unresolved_ref"),
        ({"type": "token", "provider": "openai", "token": "t", "expires": NOW}, "expired"),
        ({"type": "token", "provider": "openai", "token": "t", "expires": "soon"}, "invalid_expires"),
        ({"type": "token", "provider": "openai", "token": "t", "expires": 0}, "invalid_expires"),
        ({"type": "token", "provider": "openai", "tokenRef": {"source": "env", "id": "X"}}, "ok"),
        ({"type": "api_key", "provider": "openai"}, "missing_credential"),
        ({"mode": "apiKey", "provider": "openai", "apiKey": "k"}, "ok"),
        ({"type": "api_key", "key": "openclaw onboard x --auth-choice=apiKey"}, "malformed_api_key"),
        (oauth(setup={"replacement": True}), "setup_inactive"),
    ],
)
def test_credential_state(raw, state):
    assert credential_columns(raw, NOW)["credential_state"] == state


def fence(failed="", claim="a" * 32):
    prefix = f"openclaw-oauth-refresh-fence:v1:{claim}:{failed}"
    return {"access": f"{prefix}access:{'0' * 64}", "refresh": f"{prefix}refresh:{'1' * 64}", "expires": 1}


def test_a_failed_fence_is_dead_and_a_pending_one_is_not():
    assert credential_columns(oauth(**fence("failed:")), NOW)["dead"] is True
    pending = credential_columns(oauth(**fence()), NOW)
    assert (pending["fence"], pending["dead"], pending["credential_state"]) == ("pending", False, "expired")


def test_a_fence_needs_one_claim_and_its_expiry():
    torn = oauth(**{**fence(), "refresh": fence(claim="b" * 32)["refresh"]})
    assert credential_columns(torn, NOW)["fence"] is None
    assert credential_columns(oauth(**{**fence(), "expires": NOW}), NOW)["fence"] is None


def test_expired_without_refresh_is_dead():
    assert credential_columns(oauth(expires=NOW - 1, refresh=""), NOW)["dead"] is True
    assert credential_columns(oauth(expires=NOW - 1), NOW)["dead"] is False


def test_a_credential_ends_at_the_moment_that_it_names():
    credential = oauth(expires=NOW, refresh="")
    assert credential_columns(credential, NOW)["dead"] is True
    row = {"id": "openai:a", "refresh": None, **credential, **credential_columns(credential, NOW - 1)}
    assert row["dead"] is False
    age(row, NOW)
    assert row["dead"] is True


def test_foreign_fields_count_only_beside_an_empty_canonical_one():
    raw = oauth(refresh="", refreshToken="x", accountId="a", account_id="b")
    assert credential_columns(raw, NOW)["foreign_fields"] == [
        {"field": "refreshToken", "canonical": "refresh"}
    ]


SECRET_FIELDS = ["access", "refresh", "idToken", "token", "key", "apiKey", "refreshToken"]


@given(st.dictionaries(st.sampled_from(SECRET_FIELDS), st.text("abcXYZ0189-_", min_size=9, max_size=40)))
def test_no_secret_survives(secrets):
    row = credential_columns({"type": "oauth", "provider": "openai", **secrets}, NOW)
    dump = json.dumps(row)
    assert all(secret not in dump for secret in secrets.values())


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x, max_size=2)))
def test_any_value_in_any_field_is_survived(value):
    fields = ["type", "provider", "email", "accountId", "expires", "setup", "oauthRef", *SECRET_FIELDS]
    for field in fields:
        credential_columns({**oauth(), field: value}, NOW)
