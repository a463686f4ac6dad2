"""Lints chats with and without transcripts, and prints what reading who answered adds.

python benchmarks/answers.py [CHATS]     # default 1,000; exit status 1 above the goals

Each transcript ends in answers of bob's and alice's. Goals: 1,000 of 1 MB are read within 1.5 times the time
of a lint without them, and a chat costs the same however long its transcript is (at most 1.25 times).
"""

import json
import sys
import tempfile
from pathlib import Path

from measure import REPOSITORY, authlint, side_by_side
from states import make

sys.path.insert(0, str(REPOSITORY))

from fixtures.recording.logins import PROVIDER
from linter.openclaw.profile_marks import replay_mark

NOW = 1_795_305_600_000
SIZES = {"none": 0, "100 kB": 100_000, "1 MB": 1_000_000, "2 MB": 2_000_000}
MOST, MOST_PER_LENGTH = 1.5, 1.25
RUNS = 3


def line(role: str, person: str, words: int) -> bytes:
    """Return an entry of a transcript; an answer bears the mark of a person's login."""
    replay = {"provider": PROVIDER, "authProfileHash": replay_mark(f"{PROVIDER}:{person}@example.com")}
    thinking = {"type": "thinking", "openclawReasoningReplay": replay}
    content = [*([thinking] if role == "assistant" else ()), {"type": "text", "text": "word " * words}]
    message = {"role": role, "content": content, "timestamp": NOW - 3_600_000}
    return json.dumps({"type": "message", "message": message}).encode() + b"\n"


def write_transcripts(state: Path, size: int) -> None:
    """Write a transcript of about a size beside every chat; a size of 0 writes none."""
    turn = line("user", "", 60) + line("assistant", "bob", 400) + line("toolResult", "", 900)
    text = turn * (size // len(turn)) + line("assistant", "alice", 200)
    for file in state.glob("agents/*/sessions/sessions.json"):
        for entry in json.loads(file.read_text()).values() if size else ():
            (file.parent / f"{entry['sessionId']}.jsonl").write_bytes(text)


def main() -> int:
    """Measure; return how the process ends."""
    chats = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as folder:
        commands = {}
        for name, size in SIZES.items():
            state = make(Path(folder) / name, {"main": chats, "work": 1, "home": 1})
            write_transcripts(state, size)
            commands[name] = authlint("lint", str(state), "--now", str(NOW), "-f", "json")
        found = side_by_side(commands, RUNS)
    bare = found["none"].seconds
    print(f"{chats} chats, processor time of a lint, the least of {RUNS}")
    for name, least in found.items():
        print(f"  transcripts of {name:7} {least.seconds:6.2f} s  {least.seconds / bare:5.2f} times")
    ratio, growth = found["1 MB"].seconds / bare, found["2 MB"].seconds / found["100 kB"].seconds
    print(
        f"1 MB against none: {ratio:.2f} (goal {MOST}); 2 MB against 100 kB: {growth:.2f} ({MOST_PER_LENGTH})"
    )
    return 1 if ratio > MOST or growth > MOST_PER_LENGTH else 0


if __name__ == "__main__":
    sys.exit(main())
