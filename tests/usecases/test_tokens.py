"""Tokens are found wherever they may be committed, and names that only look like one are left alone."""

import base64
import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linter.usecases.tokens import find_tokens

BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def jwt(payload):
    parts = [{"alg": "none"}, payload]
    encoded = [base64.urlsafe_b64encode(json.dumps(it).encode()).rstrip(b"=").decode() for it in parts]
    return ".".join([*encoded, "c2ln"])


OPENAI = jwt({"https://api.openai.com/auth": {"chatgpt_plan_type": "plus"}})
REFRESH = "rt_" + "Inv3nted" * 5
KEY = "sk-" + "inv3nted" * 5
FENCE = "openclaw-oauth-refresh-fence:v1:" + "0a" * 16 + ":failed:refresh:" + "1b" * 32


def kinds(text):
    return [token.kind for token in find_tokens(text)]


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        (OPENAI, "OpenAI token"),
        (REFRESH, "refresh token"),
        (KEY, "API key"),
        ("sk-proj-" + "A1b2_" * 8, "API key"),
        (FENCE, "refresh fence of OpenClaw"),
    ],
)
@pytest.mark.parametrize("text", ["{}", "export TOKEN={}\n", "see `{}`.", "(\x00\x17{}\x00)", '{{"x":"{}"}}'])
def test_tokens_are_known_by_their_shape(text, token, kind):
    assert kinds(text.format(token)) == [kind]


@pytest.mark.parametrize("name", ["access", "refresh", "refreshToken", "id_token", "access_token"])
@pytest.mark.parametrize("quoted", ['"{}": "{}"', "'{}':'{}'", '\\"{}\\":\\"{}\\"'])
def test_fields_of_credentials_give_away_what_has_no_shape(name, quoted):
    assert kinds(quoted.format(name, "Opaque0" * 5)) == [f"token in the field {name}"]


def test_a_token_with_a_shape_in_a_field_is_one_token():
    assert find_tokens(f'{{\n  "refresh": "{REFRESH}"}}') == [("refresh token", 2, 15)]


def test_places_count_lines_and_columns_from_1():
    assert [it[1:] for it in find_tokens(f"{KEY} {KEY}\n\n é {KEY}")] == [(1, 1), (1, 45), (3, 4)]


@pytest.mark.parametrize(
    "harmless",
    [
        jwt({"sub": "a token of some other service"}),
        '"refresh": {"fingerprint": "0123456789abcdef", "kind": "opaque"}',
        '"access": "${OPENAI_ACCESS_TOKEN_OF_ALICE_1}"',
        '"refresh": "0f0e0d0c-1111-4aaa-8aaa-000000000001"',
        '"session": "Opaque0Opaque0Opaque0Opaque0"',
        "rt_mutex_lock_interruptible_nested",
        "class='sk-folding-cube-with-many-words'",
        "risk-assessment-of-2026-and-later-years",
        "openclaw-oauth-refresh-fence:v1:<claim>:access:<digest>",
        "rt_...",
    ],
)
def test_names_fingerprints_and_placeholders_are_no_tokens(harmless):
    assert kinds(harmless) == []


def test_a_comment_allows_the_tokens_of_its_line():
    assert [token.line for token in find_tokens(f"{KEY}  # authlint: allow-token\n{KEY}")] == [2]


def test_a_pattern_allows_the_tokens_that_it_matches():
    assert [it.kind for it in find_tokens(f"{KEY} {REFRESH}", re.compile("Inv3nted"))] == ["API key"]


def test_the_files_of_this_repository_raise_no_alarm():
    root = Path(__file__).parents[2]
    folders = ("linter", "rules", "docs", "tests/reports/golden")
    found = (path for name in folders for path in (root / name).rglob("*"))
    files = [path for path in found if path.suffix not in (".pyc", ".png")]
    texts = [path.read_text() for path in [*files, root / "README.md"] if path.is_file()]
    assert len(texts) > 200
    assert [kinds(text) for text in texts if kinds(text)] == []


@given(st.text(alphabet=BASE64URL, min_size=40, max_size=60), st.text(), st.text())
def test_no_refresh_token_gets_through(body, before, after):
    assume(all(set(body) & set(kind) for kind in (BASE64URL[:26], BASE64URL[26:52], "0123456789")))
    assert len(find_tokens(f"{before} rt_{body} {after}")) >= 1


def test_a_line_of_many_tokens_takes_time_in_proportion():
    text = json.dumps([{"access": OPENAI, "refresh": REFRESH}] * 20_000)
    assert len(find_tokens(text)) == 40_000
