import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.openclaw.answer_events import Answer, answers

REPLAY = {"v": 1, "provider": "openai", "model": "gpt-5.4", "authProfileHash": "08d596e1aec4d6cc"}
REASONING = {"type": "thinking", "thinking": "", "openclawReasoningReplay": REPLAY}


def message(*content, role="assistant", time=1_795_305_600_532, **fields):
    return {
        "type": "message",
        "message": {"role": role, "content": list(content), "timestamp": time, **fields},
    }


def read(*events):
    return list(answers(json.dumps(event).encode() for event in events))


def test_an_answer_tells_its_mark_time_and_model():
    assert read(message({"type": "text", "text": "hi"}, REASONING)) == [
        Answer(1_795_305_600_532, "08d596e1aec4d6cc", None, "openai", "gpt-5.4")
    ]


def test_a_compacted_answer_has_its_mark_beside_the_content():
    assert read(message(providerReplay=REPLAY))[0].mark == "08d596e1aec4d6cc"


def test_the_time_of_the_event_stands_in_for_that_of_the_message():
    event = {**message(REASONING, time=None), "timestamp": "2026-11-22T00:00:00Z"}
    assert read(event)[0].time == 1_795_305_600_000


def test_a_run_of_codex_names_its_profile():
    event = {
        "type": "session.started",
        "ts": "2026-11-22T00:00:00Z",
        "provider": "openai",
        "modelId": "gpt-5.5",
        "data": {"authProfileId": "openai:bob@example.com"},
    }
    assert read(event) == [Answer(1_795_305_600_000, None, "openai:bob@example.com", "openai", "gpt-5.5")]


@pytest.mark.parametrize(
    "event",
    [
        message(REASONING, role="user"),
        message({"type": "toolCall", "arguments": {"authProfileHash": "x"}}),
        message({"type": "text", "text": json.dumps(REASONING)}),
        {**message(REASONING), "type": "custom_message"},
        {"type": "session.started", "data": {"authProfileId": None}},
        {"type": "trace.metadata", "data": {"authProfileId": "openai:bob"}},
        ["authProfileHash"],
        message({"openclawReasoningReplay": {"authProfileHash": ["no", "text"]}}),
    ],
)
def test_nothing_else_is_an_answer(event):
    assert read(event) == []


@given(st.binary(), st.integers(0, 40))
def test_no_bytes_make_it_fail(noise, cut):
    whole = json.dumps(message(REASONING)).encode()
    assert [found.mark for found in answers([noise, whole[cut:] if cut else noise, whole])][-1:] == [
        "08d596e1aec4d6cc"
    ]
