import base64
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.sources.masking import masked, masked_in_torn, readable

opaque = st.builds(  # as likely to be any token as any other
    lambda seed, size: base64.urlsafe_b64encode(random.Random(seed).randbytes(size)).decode(),
    st.integers(0, 2**64),
    st.integers(15, 40),
)


@pytest.mark.parametrize(
    "string",
    [
        "openai-codex:alice@example.com",
        "openai:default",
        "openai:id-AbCdEf0123456789AbCdEf01",
        "openai-codex:dr2d2x@sub.example.com",
        "alice.b+work_2@mail.example.com",
        "agent:main:telegram:group:-1001234567890",
        "agent:ops-2:subagent:3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "personal:3f2504e0-4f89-41d3-9a0c-0305e82c3301:0b0e7a3c-4f89-41d3-9a0c-0305e82c3302",
        "openai/gpt-5.1-codex-max",
        "anthropic/claude-opus-4-20250514",
        "gpt-4o-2024-08-06",
        "authProfileOverrideCompactionCount",
        "accountId",
        "2026-11-22T00:00:00.000Z",
        "~/.openclaw/agents/main/agent",
        "https://chatgpt.com/backend-api",
        "user-link",
        "team",
        "",
    ],
)
def test_what_readers_need_is_readable_under_any_key(string):
    assert readable(string, None)
    assert readable(string, "anything")


@pytest.mark.parametrize(
    "string",
    [
        "sk-abc",
        "rt_abc",
        "Bearer sk-abc",
        "eyJhbGci.eyJzdWIi.c2ln",
        "openclaw-oauth-refresh-fence:v1:00",
        "0123456789abcdef0123456789abcdef",
        "deadbeefdeadbeefdead",
        "123456789012345678",
        "https://user:correcthorsebattery@example.com",
        "https://user:x7k2p9q4@example.com",
        "hello there, this is a private message",
        "x7k2p9q4",
        "word " * 50,
    ],
)
def test_what_may_be_secret_is_not_readable(string):
    assert not readable(string, None)
    assert not readable(string, "note")


@pytest.mark.parametrize(
    "key", ["access", "refresh", "idToken", "access_token", "key", "apiKey", "OPENAI_API_KEY", "clientSecret"]
)
def test_nothing_is_readable_under_the_key_of_a_secret(key):
    assert not readable("plain", key)
    assert readable("", key)


def test_prose_is_readable_under_the_keys_of_prose_only():
    assert readable("Alice Example (work)", "displayName")
    assert not readable("Alice Example (work)", "lastMessage")
    assert not readable("Alice 0123456789abcdef0123456789abcdef", "displayName")


@given(opaque, st.sampled_from([None, "provider", "email", "displayName", "path", "x"]))
def test_opaque_tokens_are_not_readable(token, key):
    assert not readable(token, key)


def cover(text, places):
    for place in reversed(list(places)):
        text = text[: place.start] + "*" + text[place.end :]
    return text


def test_numbers_and_words_of_json_are_shown_and_strings_judged_by_their_key():
    text = '{"expires": 1763800000000, "on": true, "maxTokens": -4, "token": "plain", "type": "oauth"}'
    assert cover(text, masked(text)) == text.replace("plain", "*")


def test_a_key_covers_the_strings_of_its_array_and_no_further():
    text = '{"tokens": ["plain", "words"]}, ["plain"]'
    assert cover(text, masked(text)) == '{"tokens": ["*", "*"]}, ["plain"]'


def test_a_string_without_an_end_is_masked():
    assert cover('{"mode": "oau', masked('{"mode": "oau')) == '{"mode": "*'


def test_the_last_word_of_a_cut_text_is_masked():
    assert cover("mode = auth", masked("mode = auth", cut=True)) == "mode = *"


def test_other_dialects_are_understood():
    text = "{mode: 'oauth', refresh: 'plain', } mode = \"oauth\" # sk-abcdefgh"
    assert cover(text, masked(text)) == "{mode: 'oauth', refresh: '*', } mode = \"oauth\" # *"


def shown_of_torn(text):
    return cover(text, masked_in_torn(text))


def test_in_a_torn_text_only_field_names_numbers_and_short_words_are_shown():
    text = '{"provider": "openai", "expires": 1763800000000, "accountId": "alice@example.com", 12345678'
    assert (
        cover(text, masked_in_torn(text))
        == '{"provider": "openai", "expires": 1763800000000, "accountId": "*", *'
    )
