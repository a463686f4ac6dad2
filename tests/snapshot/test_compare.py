"""Verdicts and freshness of two credentials."""

import base64
import json

from hypothesis import given
from hypothesis import strategies as st

from linter.snapshot.compare import compare
from linter.snapshot.credential import credential_columns

NOW = 1_790_000_000_000


def jwt(account=None, user=None, email=None, iat=1_789_000_000, exp=1_789_900_000, serial=0):
    auth = {"chatgpt_account_id": account, "chatgpt_user_id": user}
    payload = {
        "https://api.openai.com/auth": {name: value for name, value in auth.items() if value},
        "https://api.openai.com/profile": {"email": email} if email else {},
        "iat": iat,
        "exp": exp,
        "jti": serial,
    }
    body = base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("=")
    return f"e30.{body}.c2ln"


def row(**fields):
    return credential_columns({"type": "oauth", "provider": "openai-codex", **fields}, NOW)


A1 = jwt("acct-a", "user-1", "ann@example.com")
A2 = jwt("acct-a", "user-1", "ann@example.com", iat=1_789_100_000, exp=1_790_000_000)
B1 = jwt("acct-b", "user-1", "ann@example.com")


def test_equal_tokens_are_exact():
    assert compare(row(access=A1, refresh="r-1"), row(access=A1, refresh="r-1")).verdict == "EXACT"


def test_two_empty_credentials_do_not_match():
    found = compare(row(), row())
    assert (found.verdict, found.same_refresh, found.same_access) == ("UNKNOWN", None, None)


def test_absent_accounts_do_not_match_as_equal():
    assert compare(row(access="opaque-1"), row(access="opaque-2")).verdict == "UNKNOWN"


def test_a_rotated_token_of_the_same_seat_is_a_stale_copy():
    found = compare(row(access=A2, refresh="r-2"), row(access=A1, refresh="r-1"))
    assert (found.verdict, found.fresher, found.same_refresh) == ("STALE_COPY", "left", False)


def test_a_renewed_access_token_with_the_same_refresh_token_is_a_stale_copy():
    found = compare(row(access=A2, refresh="r-1"), row(access=A1, refresh="r-1"))
    assert (found.verdict, found.same_refresh) == ("STALE_COPY", True)


def test_account_and_email_suffice_where_a_user_is_unknown():
    left = row(access="opaque-1", refresh="r-1", accountId="acct-a", email="Ann@Example.com")
    right = row(access="opaque-2", refresh="r-2", accountId="acct-a", email="ann@example.com")
    assert compare(left, right).verdict == "STALE_COPY"


def test_an_email_alone_is_no_identity_for_a_copy():
    left = row(access="opaque-1", refresh="r-1", email="ann@example.com")
    right = row(access="opaque-2", refresh="r-2", email="ann@example.com")
    assert compare(left, right).verdict == "UNKNOWN"


def test_the_same_email_with_another_account_is_different():
    found = compare(row(access=A1, refresh="r-1"), row(access=B1, refresh="r-2"))
    assert (found.verdict, found.contradiction) == ("DIFFERENT", "account")


def test_two_seats_of_one_workspace_are_different():
    other = jwt("acct-a", "user-2", "bob@example.com")
    found = compare(row(access=A1, refresh="r-1"), row(access=other, refresh="r-2"))
    assert (found.verdict, found.contradiction) == ("DIFFERENT", "user")


def test_a_changed_email_of_one_seat_is_not_different():
    renamed = jwt("acct-a", "user-1", "ann@new.example.com", iat=1_789_100_000)
    assert compare(row(access=A1, refresh="r-1"), row(access=renamed, refresh="r-2")).verdict == "STALE_COPY"


def test_one_token_under_two_stored_accounts_is_shared():
    left = row(access=A1, refresh="r-1", accountId="acct-a")
    right = row(access=A1, refresh="r-1", accountId="acct-b")
    assert compare(left, right).verdict == "SHARED_TOKEN"


def test_the_access_token_of_one_generation_with_the_refresh_token_of_another_is_mixed():
    assert compare(row(access=A1, refresh="r-1"), row(access=A1, refresh="r-2")).verdict == "MIXED"


def test_a_refresh_token_beside_the_access_token_of_another_account_is_mixed():
    assert compare(row(access=A1, refresh="r-1"), row(access=B1, refresh="r-1")).verdict == "MIXED"


def test_a_missing_refresh_token_on_one_side_is_not_mixed():
    assert compare(row(access=A1, refresh="r-1"), row(access=A1)).verdict == "EXACT"


def test_static_tokens_are_compared():
    left, right = row(type="token", token="t-1"), row(type="token", token="t-2")
    assert compare(left, right).verdict == "UNKNOWN"
    assert compare(left, row(type="token", token="t-1")).verdict == "EXACT"


def test_claims_stand_before_stored_fields():
    mislabelled = row(access=A2, refresh="r-2", accountId="acct-b", email="other@example.com")
    assert compare(row(access=A1, refresh="r-1", accountId="acct-a"), mislabelled).verdict == "STALE_COPY"


def test_references_and_fences_are_not_compared():
    fence = "openclaw-oauth-refresh-fence:v1:" + "a" * 32 + ":access:" + "b" * 64
    assert compare(row(access=fence), row(access=fence)).verdict == "UNKNOWN"
    assert compare(row(access={"source": "env"}), row(access={"source": "env"})).verdict == "UNKNOWN"


def test_signs_that_disagree_leave_freshness_undefined():
    longer = jwt("acct-a", "user-1", iat=1_788_000_000, exp=1_795_000_000)
    assert compare(row(access=A1), row(access=longer)).fresher is None


def test_an_invented_expiry_tells_nothing():
    left = row(access=A2, expires=NOW - 30 * 86_400_000)
    assert compare(left, row(access=A1, expires=1_789_900_000_000)).fresher == "left"


def test_expiry_decides_between_opaque_tokens():
    assert compare(row(access="o-1", expires=NOW), row(access="o-2", expires=NOW + 1)).fresher == "right"


_maybe_jwt = st.builds(
    jwt,
    st.sampled_from([None, "acct-a", "acct-b"]),
    st.sampled_from([None, "user-1", "user-2"]),
    st.sampled_from([None, "a@example.com", "b@example.com"]),
    iat=st.sampled_from([1_789_000_000, 1_789_100_000]),
    exp=st.sampled_from([1_789_900_000, 1_790_000_000]),
)
_token = st.one_of(st.none(), st.sampled_from(["", "o-1", "o-2"]), _maybe_jwt)
_raw = st.fixed_dictionaries(
    {},
    optional={
        "access": _token,
        "refresh": st.sampled_from([None, "", "r-1", "r-2", {"source": "env", "id": "X"}]),
        "idToken": _token,
        "token": st.sampled_from([None, "o-1", "t-1"]),
        "accountId": st.sampled_from([None, "", "unknown", "acct-a", "acct-b", 7]),
        "email": st.sampled_from([None, "A@example.com", "b@example.com"]),
        "expires": st.sampled_from([None, 1, "soon", 1_789_900_000_000, 1_790_000_000_000]),
    },
)
_MIRRORED = {"left": "right", "right": "left", None: None}


@given(_raw, _raw)
def test_sides_can_be_exchanged(left, right):
    one, other = row(**left), row(**right)
    there, back = compare(one, other), compare(other, one)
    assert there._replace(fresher=_MIRRORED[there.fresher]) == back


@given(_raw)
def test_a_credential_equals_itself_or_says_nothing(raw):
    made = row(**raw)
    secrets = [made[name] for name in ("access", "refresh", "idToken", "token")]
    has_secret = any(secret and secret["kind"] != "reference" for secret in secrets)
    assert compare(made, made).verdict == ("EXACT" if has_secret else "UNKNOWN")


@given(_raw)
def test_nothing_matches_an_empty_credential(raw):
    assert compare(row(**raw), row()).verdict == "UNKNOWN"
