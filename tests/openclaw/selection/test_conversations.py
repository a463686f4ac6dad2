from linter.openclaw.selection.conversations import fill_conversations


def session(key, session_id, *, archived=False, agent="main"):
    return {
        "agent": agent,
        "key": key,
        "folded_key": key.lower(),
        "sessionId": session_id,
        "archived": archived,
        "conversation": None,
    }


def names(*rows):
    fill_conversations(list(rows))
    return [row["conversation"] for row in rows]


def test_entries_with_one_session_id_are_one_conversation():
    assert names(session("cron:7", "s1"), session("main", "s2"), session("cron:7:run:1", "s1")) == [
        "cron:7",
        None,
        "cron:7",
    ]


def test_so_are_two_spellings_of_a_key():
    assert names(session("slack:C1", "s1"), session("slack:c1", "s2")) == ["slack:C1", "slack:C1"]


def test_archived_entries_other_agents_and_missing_ids_stand_alone():
    assert (
        names(
            session("a", "s1"),
            session("b", "s1", archived=True),
            session("c", "s1", agent="ops"),
            session("d", None),
            session("e", None),
        )
        == [None] * 5
    )
