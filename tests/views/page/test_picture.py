from itertools import pairwise

from linter.views.layers import LAYERS, Opinion, SessionLayers
from linter.views.logins import Account, Login, Logins, Missing
from linter.views.page.markup import tag_with
from linter.views.page.picture import Held, Node, drawn, in_words, picture
from tests.views.page.conftest import Parsed

NOW, DAY = 1_795_305_600_000, 86_400_000
tag = tag_with(str)


def login(name, **changes):
    nothing = {**dict.fromkeys(Login._fields), "next_for": (), "pinned_by": (), "orders": ()}
    held = {"id": name, "where": "shared", "kind": "oauth", "expires": NOW + 9 * DAY, "state": "ok"}
    return Login(**{**nothing, **held, **changes})


def account(email, *logins, **changes):
    return Account(f"id of {email}", email, "plus", 1, None, logins)._replace(**changes)


def chat(agent, key, profile, outcome="chosen"):
    nothing = [Opinion(layer, None, None, "", differs=False, at=None) for layer in LAYERS]
    nothing[LAYERS.index("next")] = Opinion("next", profile, None, outcome, differs=False, at=None)
    return SessionLayers(agent, key, True, tuple(nothing))


def test_a_way_is_as_wide_as_the_live_chats_that_go_it():
    used = login("openai:a", next_for=("one", "two", "three"))
    chats = [
        chat("main", "one", "openai:a"),
        chat("main", "two", "openai:a"),
        chat("work", "three", "openai:a"),
    ]
    shown = picture(Logins((account("a@example.com", used),), (), ()), chats, NOW)
    assert shown.accounts == (Node("a@example.com", "plus"),)
    node = Node("openai:a", "shared store · expires in 9 d")
    assert shown.logins == (Held(node, 0, {"main": 2, "work": 1}),)
    assert list(shown.agents.values()) == [
        Node("agent main", "2 live chats"),
        Node("agent work", "1 live chat"),
    ]
    widths = [
        one.get("stroke-width") for name, one in Parsed("".join(drawn(tag, shown))).elements if name == "path"
    ]
    assert widths == ["22", "15", "7"]


def test_a_login_that_no_chat_uses_is_dashed_to_the_agent_that_has_it():
    idle = login("openai:a", where="agent", owner="work")
    shown = picture(Logins((account("a@example.com", idle),), (), ()), [], NOW)
    assert shown.logins[0].chats == {"work": 0}
    assert shown.agents == {"work": Node("agent work", "0 live chats")}
    parsed = Parsed("".join(drawn(tag, shown)))
    assert [one["class"] for name, one in parsed.elements if name == "path"] == ["unused", "unused"]


def test_what_cannot_be_used_is_red():
    broken = login("openai:a", state="broken", next_for=("one",))
    blocked = login("openai:b", blocked_until=NOW + 1, next_for=("two",))
    fine = login("openai:c", state="expired", expires=NOW - DAY)
    missing = Missing("openai:gone", unknown=False, pinned_by=("three",), orders=())
    ordered = Missing("openai:never", unknown=False, pinned_by=(), orders=("shared openai order, 1 of 1",))
    found = Logins((account("a@example.com", broken, blocked, fine),), (missing, ordered), ())
    chats = [
        chat("main", "one", "openai:a"),
        chat("main", "two", "openai:b"),
        chat("main", "three", "openai:gone", "unrunnable"),
    ]
    shown = picture(found, chats, NOW)
    assert [one.node for one in shown.logins] == [
        Node("openai:a", "shared store · cannot be used", bad=True),
        Node("openai:b", "shared store · blocked", bad=True),
        Node("openai:c", "shared store · expired 1 d ago"),
        Node("openai:gone", "not stored", bad=True),
    ]
    assert [dict(one.chats) for one in shown.logins] == [{"main": 1}, {"main": 1}, {}, {"main": 1}]
    assert shown.agents == {"main": Node("agent main", "3 live chats · 1 cannot answer", bad=True)}
    parsed = Parsed("".join(drawn(tag, shown)))
    classes = [one.get("class") for name, one in parsed.elements if name == "path"]
    assert classes == ["bad", "bad", "unused", "bad", "bad", "bad"]


def test_a_pin_on_what_is_gone_leads_nowhere_where_another_login_answers():
    missing = Missing("openai:gone", unknown=True, pinned_by=("one",), orders=())
    used = login("openai:a", next_for=("one",))
    shown = picture(
        Logins((account("a@example.com", used),), (missing,), ()), [chat("main", "one", "openai:a")], NOW
    )
    assert shown.logins[1] == Held(Node("openai:gone", "unknown", bad=True), None, {"main": 0})
    paths = [one for name, one in Parsed("".join(drawn(tag, shown))).elements if name == "path"]
    assert [one.get("class") for one in paths] == [None, None, "bad unused"]


def test_accounts_of_one_email_are_told_apart():
    twins = [
        account("a@example.com", login(f"openai:{one}"), account=one, alike="same email, another account")
        for one in "xy"
    ]
    shown = picture(Logins(tuple(twins), (), ()), [], NOW)
    assert [node.detail for node in shown.accounts] == ["x", "y"]


def test_the_words_say_what_is_drawn():
    used = login("openai:a", next_for=("one", "two"))
    broken = login("openai:b", state="broken")
    missing = Missing("openai:gone", unknown=False, pinned_by=("two",), orders=())
    found = Logins((account("a@example.com", used, broken),), (missing,), ())
    shown = picture(found, [chat("main", "one", "openai:a"), chat("work", "two", "openai:a")], NOW)
    unused = "used by no live chat; it cannot be used."
    both = "1 live chat of agent main, 1 live chat of agent work"
    words = [
        f"a@example.com, login openai:a (shared store · expires in 9 d): used next by {both}.",
        f"a@example.com, login openai:b (shared store · cannot be used): {unused}",
        f"no account, login openai:gone (not stored): {unused}",
    ]
    assert list(in_words(shown)) == words
    parsed = Parsed("".join(drawn(tag, shown)))
    assert parsed.texts("words") == ["".join(words)]
    hidden = [one.get("class") for _, one in parsed.elements if one.get("aria-hidden") == "true"]
    assert hidden == ["picture", "key"]


def test_nodes_of_a_column_never_cover_each_other():
    logins = [login(f"openai:{number}", next_for=(str(number),)) for number in range(6)]
    chats = [chat(f"agent-{number % 3}", str(number), f"openai:{number}") for number in range(6)]
    found = Logins((account("a@example.com", *logins[:1]), account("b@example.com", *logins[1:])), (), ())
    parsed = Parsed("".join(drawn(tag, picture(found, chats, NOW))))
    tops = [
        float(one["style"].removeprefix("top:").removesuffix("px"))
        for name, one in parsed.elements
        if "style" in one and name == "div" and one["style"].startswith("top:")
    ]
    columns = [sorted(tops[:2]), sorted(tops[2:8]), sorted(tops[8:])]
    assert [len(column) for column in columns] == [2, 6, 3]
    for column in columns:
        assert all(below - above >= 60 for above, below in pairwise(column))


def test_without_a_login_there_is_no_picture():
    assert list(drawn(tag, picture(Logins((), (), ()), [], NOW))) == []
