"""Who answered last in each chat, as transcripts and trajectories prove it.

They are read from their ends, for the chats in use only, and without any text. 2026.5.22 began to mark the
reasoning of an answer with the profile; Codex's own runtime names it since 2026.5.12, for each run. Answers
without encrypted reasoning carry no mark, in no version.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from linter.files import last_lines, names_in
from linter.openclaw.answer_events import Answer, answers
from linter.openclaw.profile_marks import ids_by_mark, replay_mark, short_mark
from linter.openclaw.reading import Reading
from linter.openclaw.thread_bindings import chats_in_use
from linter.snapshot.tables import Row, new_row
from linter.sources.text_document import TextDocument
from linter.sources.zstd import CannotDecompressError, decompressed

if TYPE_CHECKING:  # JSON files need no database
    from linter.sources.database import Database

MOST_ANSWERS = 3
"""The newest answers of a chat that are kept."""

_TAIL = 1 << 16  # bytes of a transcript; one answer with its tool calls is some kB
_EVENTS = 48  # of a chat in a database
_TRANSCRIPT, _TRAJECTORY = ".jsonl", ".trajectory.jsonl"
_TOPIC = "-topic-"
_TABLES = ("transcript_events", "trajectory_runtime_events")


class Heard(NamedTuple):
    """The newest answers of a chat, and the id of the source that they stand in.

    There are none where its newest events are compressed, and nothing here can decompress them.
    """

    session: Row
    source: str
    answers: tuple[Answer, ...]


def heard_in_files(reading: Reading, folders: Mapping[str, Path]) -> Iterator[Heard]:
    """Yield what the transcripts beside `sessions.json` prove; `folders` is by agent."""
    known = {agent: _transcripts(folder) for agent, folder in folders.items()}
    for session in chats_in_use(reading.snapshot.tables["sessions"], reading.now):
        for path in known.get(session["agent"], {}).get(session["sessionId"], ()):
            found = tuple(islice(answers(last_lines(path, _TAIL)), MOST_ANSWERS))
            if found:
                yield Heard(session, _register(reading, path, ""), found)
                break


def heard_in_database(
    reading: Reading, database: "Database", path: Path, sessions: Iterable[Row]
) -> Iterator[Heard]:
    """Yield what the events in an agent's database prove (2026.8 on)."""
    for session in chats_in_use(sessions, reading.now):
        for table in _TABLES:
            events = _Events(database, table, session["sessionId"])
            found = tuple(islice(answers(events), MOST_ANSWERS))
            if found or events.unread:
                source = _register(reading, path, f"#{table}/{session['sessionId']}")
                yield Heard(session, source, found)
                break


def add_answers(reading: Reading, heard: Iterable[Heard]) -> None:
    """Append to `answers` what was heard, once all ids are known that a mark may stand for."""
    found = list(heard)
    if not found:
        return
    tables = reading.snapshot.tables
    names = ids_by_mark(tables, replay_mark, short_mark)
    for session, source, proofs in found:
        for rank, answer in enumerate(proofs or (None,)):
            tables["answers"].append(_row(session, source, answer, names, latest=rank == 0))


def _row(session: Row, source: str, answer: Answer | None, names: Mapping[str, str], *, latest: bool) -> Row:
    """Return a row. The mark itself is not kept: whoever has it can try addresses."""
    proved = answer or Answer(None, None, None, None, None)
    return new_row(
        "answers",
        at={"source": source, "pointer": ""},
        agent=session["agent"],
        session=session["key"],
        answered_at=proved.time,
        profile=proved.name or names.get(proved.mark or ""),
        proof="unread" if answer is None else "run" if proved.name else "reasoning",
        provider=proved.provider,
        model=proved.model,
        latest=latest,
    )


class _Events:
    """The newest events of a chat, newest first, up to one that cannot be decompressed."""

    def __init__(self, database: "Database", table: str, session_id: str) -> None:
        self.unread = False
        self._rows = database.rows(
            table, ["event_zstd"], ["event_json"], where={"session_id": session_id}, newest=("seq", _EVENTS)
        )

    def __iter__(self) -> Iterator[bytes]:
        for row in self._rows:
            if row["event_json"] is not None:
                yield row["event_json"]
            elif isinstance(row["event_zstd"], bytes):
                try:
                    yield decompressed(row["event_zstd"])
                except CannotDecompressError:
                    self.unread = True
                    return


def _transcripts(folder: Path) -> dict[str, list[Path]]:
    """Return by session id its transcript, then its trajectory, each unless there are several."""
    names = [name for name in names_in(folder) if name.endswith(_TRANSCRIPT)]
    found: dict[tuple[bool, str], list[Path]] = {}
    for name in names:
        session = name.removesuffix(_TRAJECTORY).removesuffix(_TRANSCRIPT).partition(_TOPIC)[0]
        found.setdefault((name.endswith(_TRAJECTORY), session), []).append(folder / name)
    single: dict[str, list[Path]] = {}
    for (_, session), paths in sorted(found.items()):
        if len(paths) == 1:
            single.setdefault(session, []).extend(paths)
    return single


def _register(reading: Reading, path: Path, inside: str) -> str:
    """Register a source whose content is not shown, and return its id."""
    shown = reading.shown(path)
    reading.snapshot.documents.add(TextDocument(shown + inside, path, shown, "", "", "file"))
    return shown + inside
