import json

import pytest
import zstandard

from linter.openclaw import answers, thread_bindings
from linter.openclaw.profile_marks import replay_mark, short_mark
from linter.sources.zstd import CannotDecompressError

NOW = 1_795_305_600_000
FOLDER = "agents/main/sessions"
ALICE, BOB = "openai:alice", "openai:bob"


def answer(profile, time=NOW, mark=replay_mark, text="words of a chat"):
    replay = {"v": 1, "provider": "openai", "model": "gpt-5.4", "authProfileHash": mark(profile)}
    content = [{"type": "thinking", "openclawReasoningReplay": replay}, {"type": "text", "text": text}]
    return {"type": "message", "message": {"role": "assistant", "content": content, "timestamp": time}}


def lines(*events):
    return "".join(json.dumps(event) + "\n" for event in events)


@pytest.fixture
def chat(state):
    state.write("agents/main/agent/auth-profiles.json", {"version": 1, "profiles": {ALICE: {}, BOB: {}}})
    state.write(f"{FOLDER}/sessions.json", {"agent:main:main": {"sessionId": "s-1", "updatedAt": NOW}})
    return state


def profiles(snapshot):
    return [(row["profile"], row["proof"], row["latest"]) for row in snapshot.tables["answers"]]


def test_the_newest_answers_come_first_and_no_text_is_kept(chat):
    chat.write(f"{FOLDER}/s-1.jsonl", lines(answer(ALICE, NOW - 9), answer(BOB, NOW - 5)))
    snapshot = chat.read()
    assert profiles(snapshot) == [(BOB, "reasoning", True), (ALICE, "reasoning", False)]
    assert snapshot.tables["answers"][0]["answered_at"] == NOW - 5
    assert "words of" not in json.dumps(snapshot.tables)
    assert replay_mark(BOB) not in json.dumps(snapshot.tables)


def test_only_a_few_answers_are_kept(chat):
    chat.write(f"{FOLDER}/s-1.jsonl", lines(*[answer(ALICE)] * 9))
    assert len(chat.read().tables["answers"]) == answers.MOST_ANSWERS


def test_a_mark_that_nothing_has_is_an_answer_of_nobody_known(chat):
    chat.write(f"{FOLDER}/s-1.jsonl", lines(answer("openai:gone")))
    assert profiles(chat.read()) == [(None, "reasoning", True)]


def test_the_transcript_of_a_topic_counts(chat):
    chat.write(f"{FOLDER}/s-1-topic-7.jsonl", lines(answer(ALICE)))
    assert profiles(chat.read()) == [(ALICE, "reasoning", True)]


def test_a_run_of_codex_is_read_from_the_trajectory_where_the_transcript_has_no_mark(chat):
    run = {"type": "session.started", "ts": "2026-11-22T00:00:00Z", "data": {"authProfileId": BOB}}
    chat.write(f"{FOLDER}/s-1.trajectory.jsonl", lines(run))
    chat.write(f"{FOLDER}/s-1.jsonl", lines({"type": "session"}))
    assert profiles(chat.read()) == [(BOB, "run", True)]


def test_a_chat_that_is_not_in_use_is_left_alone(chat):
    chat.write(f"{FOLDER}/sessions.json", {"agent:main:main": {"sessionId": "s-1", "updatedAt": 1}})
    chat.write(f"{FOLDER}/s-1.jsonl", lines(answer(ALICE)))
    assert profiles(chat.read()) == []


def test_an_answer_before_the_end_of_a_long_transcript_is_not_looked_for(chat, monkeypatch):
    monkeypatch.setattr(answers, "_TAIL", 200)
    chat.write(f"{FOLDER}/s-1.jsonl", lines(answer(ALICE), {"type": "message", "pad": "x" * 400}))
    assert profiles(chat.read()) == []


def test_of_many_chats_the_newest_are_read(chat, monkeypatch):
    monkeypatch.setattr(thread_bindings, "MOST_READ", 1)
    entries = {f"agent:main:dm:{n}": {"sessionId": f"s-{n}", "updatedAt": NOW - n} for n in range(3)}
    chat.write(f"{FOLDER}/sessions.json", entries)
    for n in range(3):
        chat.write(f"{FOLDER}/s-{n}.jsonl", lines(answer(ALICE)))
    assert [row["session"] for row in chat.read().tables["answers"]] == ["agent:main:dm:0"]


def test_which_of_two_transcripts_a_chat_goes_on_with_cannot_be_told(chat):
    chat.write(f"{FOLDER}/s-1.jsonl", lines(answer(ALICE)))
    chat.write(f"{FOLDER}/s-1-topic-7.jsonl", lines(answer(BOB)))
    assert profiles(chat.read()) == []


@pytest.fixture
def events(state):
    """Return a function that reads a chat with these events in an agent's database."""
    store = json.dumps({"profiles": {ALICE: {}, BOB: {}}})

    def read(*events, runs=()):
        node = {
            "session_key": "agent:main:main",
            "current_session_id": "s-1",
            "entry_valid": 1,
            "archived_at": None,
            "entry_json": json.dumps({"sessionId": "s-1", "updatedAt": NOW}),
        }
        tables = {
            "auth_profile_store": [{"store_key": "primary", "store_json": store, "updated_at": NOW}],
            "auth_profile_state": [],
            "session_nodes": [node],
            "transcript_events": [
                {
                    "session_id": "s-1",
                    "seq": seq,
                    "event_json": None if isinstance(event, bytes) else json.dumps(event),
                    "event_zstd": event if isinstance(event, bytes) else None,
                }
                for seq, event in enumerate(events)
            ],
            "trajectory_runtime_events": [
                {"session_id": "s-1", "seq": seq, "event_json": json.dumps(run)}
                for seq, run in enumerate(runs)
            ],
        }
        state.write_database("agents/main/agent/openclaw-agent.sqlite", 23, tables)
        state.write_database("state/openclaw.sqlite", 18, {"config_machine_state": []})
        return profiles(state.read())

    return read


def test_events_in_a_database_are_read_from_the_newest(events):
    assert events(answer(ALICE, mark=short_mark), answer(BOB, mark=short_mark), {"type": "custom"}) == [
        (BOB, "reasoning", True),
        (ALICE, "reasoning", False),
    ]


def test_a_run_of_codex_in_a_database_names_its_profile(events):
    assert events(runs=[{"type": "session.started", "data": {"authProfileId": BOB}}]) == [(BOB, "run", True)]


def test_compressed_events_are_decompressed(events):
    packed = zstandard.compress(json.dumps(answer(BOB, mark=short_mark)).encode())
    assert events(answer(ALICE, mark=short_mark), packed)[0] == (BOB, "reasoning", True)


def test_compressed_events_that_cannot_be_read_hide_the_older_ones(events, monkeypatch):
    def fail(_):
        raise CannotDecompressError

    monkeypatch.setattr(answers, "decompressed", fail)
    assert events(answer(ALICE, mark=short_mark), b"packed") == [(None, "unread", True)]
    assert events(b"packed", answer(ALICE, mark=short_mark)) == [(ALICE, "reasoning", True)]
