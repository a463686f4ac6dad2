import pytest

from linter.openclaw.session_rows import session_rows


def row_of(key, entry=None, main_key="main"):
    (row,) = session_rows([(key, entry or {})], lambda _: {}, lambda named: named or "main", main_key)
    return row


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("agent:main:main", "main"),
        ("agent:main:direct:42", "direct"),
        ("agent:main:telegram:direct:42", "direct"),
        ("agent:main:telegram:work:direct:42", "direct"),
        ("agent:main:telegram:group:-100", "group"),
        ("agent:main:discord:channel:7", "group"),
        ("agent:main:discord:channel:7:thread:9", "thread"),
        ("agent:main:telegram:group:-100:topic:3", "thread"),
        ("agent:main:cron:job", "cron"),
        ("agent:main:cron:job:run:id", "cron-run"),
        ("agent:main:subagent:id", "subagent"),
        ("agent:main:subagent:id:subagent:other", "subagent"),
        ("agent:main:acp:id", "acp"),
        ("agent:main:telegram:slash:1", "other"),
        ("global", "global"),
        ("unknown", "other"),
        ("agent:main", "other"),
        ("", "other"),
    ],
)
def test_the_key_tells_the_kind(key, kind):
    assert row_of(key)["kind"] == kind


def test_the_main_key_is_configurable():
    assert row_of("agent:main:home", main_key="home")["kind"] == "main"


def test_case_is_folded_beside_the_key_as_written():
    row = row_of("agent:Work:Telegram:direct:A")
    assert (row["key"], row["folded_key"]) == ("agent:Work:Telegram:direct:A", "agent:work:telegram:direct:a")
    assert (row["key_agent"], row["agent"]) == ("work", "work")


@pytest.mark.parametrize("key", ["agent:", "agent::main", "agent:main", "agent:main:", "cron:x", ""])
def test_a_key_may_name_no_agent(key):
    assert row_of(key)["key_agent"] is None


def test_values_of_a_wrong_type_keep_only_their_shape():
    row = row_of(
        "global", {"authProfileOverride": ["secret"], "updatedAt": {"a": 1}, "model": 7, "sessionId": []}
    )
    assert (row["authProfileOverride"], row["updatedAt"]) == ([], {})
    assert (row["model"], row["sessionId"]) == (None, None)


def test_a_token_in_place_of_a_profile_id_is_masked():
    pin = row_of("global", {"authProfileOverride": "sk-made-up-key-0123456789"})["authProfileOverride"]
    assert "made-up" not in pin
