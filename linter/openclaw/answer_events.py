"""What an event of a transcript or a trajectory proves about who answered; its text is not looked at."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from linter.openclaw.plain import members, text
from linter.sources.times import to_ms

_NEEDLES = (b'"authProfileHash"', b'"authProfileId"')


class Answer(NamedTuple):
    """An answer, or a run that began: `mark` is the hash of the profile's id, `name` the id in clear.

    `time` is ms since the epoch.
    """

    time: float | None
    mark: str | None
    name: str | None
    provider: str | None
    model: str | None


def answers(events: Iterable[bytes]) -> Iterator[Answer]:
    """Yield the answers among JSON texts of events, in their order."""
    for event in events:
        if any(needle in event for needle in _NEEDLES):
            try:
                value = members(json.loads(event))
            except (ValueError, RecursionError):  # the first is cut off, the last may be half written
                continue
            found = _answer(value)
            if found is not None:
                yield found


def _answer(event: dict[str, Any]) -> Answer | None:
    when = to_ms(event.get("timestamp") or event.get("ts"))
    if event.get("type") == "session.started":  # a run in Codex's own runtime, from 2026.5.12 on
        name = members(event.get("data")).get("authProfileId")
        provider, model = event.get("provider"), event.get("modelId")
        return Answer(when, None, name, _text(provider), _text(model)) if _text(name) else None
    message = members(event.get("message"))
    if event.get("type") != "message" or message.get("role") != "assistant":
        return None
    for replay in _replays(message):
        mark = replay.get("authProfileHash")
        if _text(mark):
            provider, model = replay.get("provider"), replay.get("model")
            return Answer(to_ms(message.get("timestamp")) or when, mark, None, _text(provider), _text(model))
    return None


def _replays(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the replay contexts of a message: those of its encrypted reasoning, then of its compaction."""
    content = message.get("content")
    for block in content if isinstance(content, list) else ():
        yield members(members(block).get("openclawReasoningReplay"))
    yield members(message.get("providerReplay"))


def _text(value: Any) -> str | None:
    return text(value) if isinstance(value, str) and value.strip() else None
