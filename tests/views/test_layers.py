from linter.snapshot.tables import empty_tables
from linter.views.layers import LAYERS, layers

AT = {"source": "sessions.json", "pointer": "/k"}
SESSION = {
    "agent": "main",
    "key": "k",
    "live": True,
    "pin": "openai:b",
    "override_source": "user",
    "at": AT,
}


def opinions(**tables):
    everything = {**empty_tables(), "sessions": [SESSION], **tables}
    (row,) = layers(everything, [SESSION])
    return dict(zip(LAYERS, row.opinions, strict=True))


def test_a_layer_that_names_another_seat_differs():
    found = opinions(
        selections=[
            {"agent": "main", "key": "k", "provider": "openai", "profile": "openai:a", "outcome": "kept"}
        ],
        visible_profiles=[
            {"agent": "main", "id": "openai:a", "seat": "acc/one"},
            {"agent": "main", "id": "openai:b", "seat": "acc/two"},
        ],
    )
    assert found["pin"].differs
    assert not found["next"].differs
    assert found["pin"].at == {"source": "sessions.json", "pointer": "/k/authProfileOverride"}


def test_two_names_of_one_seat_agree():
    found = opinions(
        selections=[
            {"agent": "main", "key": "k", "provider": "openai", "profile": "openai:a", "outcome": "kept"}
        ],
        visible_profiles=[
            {"agent": "main", "id": "openai:a", "seat": "acc/one"},
            {"agent": "main", "id": "openai:b", "seat": "acc/one"},
        ],
    )
    assert not found["pin"].differs


def test_unknown_seats_differ_unless_the_names_are_equal():
    found = opinions(
        selections=[
            {"agent": "main", "key": "k", "provider": "openai", "profile": "openai:b", "outcome": "kept"}
        ],
        last_good=[{"agents": ["main"], "realm": "openai", "id": "openai:c", "at": AT}],
    )
    assert not found["pin"].differs
    assert found["last good"].differs


def test_a_slot_shows_the_repo_entry_that_it_holds():
    found = opinions(
        slots=[{"agent": "main", "id": "openai-codex:default", "at": AT}],
        comparisons=[
            {
                "kind": "slot-repo",
                "left_agent": "main",
                "left_id": "openai-codex:default",
                "right_id": "work",
                "verdict": "STALE_COPY",
            }
        ],
    )
    assert found["slot"].profile == "work"
    assert found["slot"].detail == "openai-codex:default"


SELECTED = [{"agent": "main", "key": "k", "provider": "openai", "profile": "openai:b", "outcome": "kept"}]


def answered(**fields):
    row = {"agent": "main", "session": "k", "latest": True, "at": AT, "proof": "reasoning", **fields}
    return opinions(selections=SELECTED, answers=[row])["answered"]


def test_who_answered_last_stands_beside_who_is_next():
    found = answered(profile="openai:a", answered_at=1_795_305_600_000)
    assert (found.profile, found.detail, found.differs) == ("openai:a", "2026-11-22 00:00 UTC", True)
    assert not answered(profile="openai:b", answered_at=1).differs


def test_what_is_not_known_of_the_last_answer_is_said():
    assert opinions(selections=SELECTED)["answered"].detail == "not recorded"
    assert "nothing names any more" in answered(profile=None, answered_at=1_795_305_600_000).detail
    unread = answered(profile=None, answered_at=None, proof="unread")
    assert (unread.profile, unread.detail) == (None, "compressed: pip install 'authlint[zstd]'")
    earlier = answered(profile="openai:a", answered_at=1, latest=False)
    assert earlier.profile is None
