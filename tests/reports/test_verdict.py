"""Which chats use the account that they are meant to use."""

from linter.reports.verdict import OffChat, Verdict, told, verdict
from linter.snapshot.tables import empty_tables


def tables(*sessions, preference=()):
    found = empty_tables()
    for key, pin, source, profile, outcome in sessions:
        found["sessions"].append(
            {"agent": "main", "key": key, "live": True, "pin": pin, "override_source": source}
        )
        found["selections"].append({"agent": "main", "key": key, "profile": profile, "outcome": outcome})
    found["visible_profiles"] = [
        {
            "agent": "main",
            "id": f"openai:{name}",
            "seat": seat,
            "email": f"{name}@example.com",
            "account_id": None,
        }
        for name, seat in (("a", "1"), ("a2", "1"), ("b", "2"))
    ]
    found["preference"] = [{"tool": "t", "value": value, "agents": ["main"]} for value in preference]
    found["repo_profiles"] = [{"tool": "t", "key": "b", "identity": {"seat": "2", "email": "b@example.com"}}]
    return found


def test_a_chat_that_keeps_its_seat_is_in_order():
    assert verdict(tables(("k", "openai:a", "user", "openai:a2", "kept"))) == Verdict(1)


def test_a_pin_that_is_not_followed_is_told_with_both_accounts():
    found = verdict(
        tables(
            ("k", "openai:b", "user", "openai:a", "replaced"),
            ("l", "openai:b", "auto", "openai:a", "replaced"),
        )
    )
    assert found == Verdict(
        2, (OffChat("main", "k", "pinned", "openai:b", "b@example.com", "openai:a", "a@example.com"),)
    )
    assert told(found, None) == (
        "1 of 2 chats will use another account than it is pinned to: "
        "k → a@example.com instead of b@example.com."
    )


def test_a_pinned_login_that_is_gone_is_another_account():
    found = verdict(tables(("k", "openai:gone", "user", "openai:a", "replaced")))
    assert [(chat.wanted, chat.wanted_account) for chat in found.off] == [("openai:gone", None)]


def test_a_selection_that_the_slot_does_not_follow_is_told():
    found = verdict(tables(("k", None, None, "openai:a", "first"), preference=("b",)))
    assert [(chat.meant, chat.wanted) for chat in found.off] == [("selected", "b")]
    assert verdict(tables(("k", None, None, "openai:b", "first"), preference=("b",))).off == ()


def test_failing_and_unknown_turns_are_told_apart():
    found = verdict(
        tables(
            ("f", "openai:x", "user", "openai:x", "unrunnable"),
            ("n", None, None, None, "none"),
            ("u", None, None, None, "unknown"),
        )
    )
    assert (found.failing, found.unknown, found.off) == (("f", "n"), ("u",), ())
    assert (
        told(found, "x")
        == "2 of 3 chats cannot answer: f and 1 more. Which account 1 of 3 chats will use is unknown: u."
    )


def test_a_chat_that_codex_answers_with_its_own_login_neither_fails_nor_is_off():
    assert verdict(tables(("k", "openai:b", "user", None, "native"))) == Verdict(1)


def test_where_no_chat_is_off_the_worst_cause_is_named():
    assert told(Verdict(2), "a is lost") == "No chat loses the account that it is pinned to, but: a is lost."
    assert told(Verdict(0), "a is lost") == "a is lost."
    for worst, said in (("A file is lost", "a file is lost"), ("OpenClaw refuses", "OpenClaw refuses")):
        assert told(Verdict(2), worst).endswith(f"but: {said}.")
