"""The answer to the first question: whether each chat uses the account that it is meant to use."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from linter.snapshot.tables import Row, Tables
from linter.snapshot.unread import turns

Meant = Literal["pinned", "selected"]


class OffChat(NamedTuple):
    """A chat whose next turn uses another account than it is pinned to, or than a helper has selected."""

    agent: str
    key: str
    meant: Meant
    wanted: str
    wanted_account: str | None
    used: str
    used_account: str | None


class Verdict(NamedTuple):
    """The live chats, how many there are, and the keys of those that fail or cannot be judged."""

    chats: int
    off: tuple[OffChat, ...] = ()
    failing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def verdict(tables: Tables) -> Verdict:
    """Judge the next turn of each live chat."""
    known_turns = turns(tables)
    chats = [
        (row, turn)
        for row in tables["sessions"]
        if row["live"] and (turn := known_turns.get((row["agent"], row["key"])))
    ]
    known = _Known(tables)
    unknown = tuple([_masked(row["key"]) for row, turn in chats if turn["outcome"] == "unknown"])
    failing = tuple([_masked(row["key"]) for row, turn in chats if _fails(turn)])
    judged = [(row, turn) for row, turn in chats if turn["profile"] and not _fails(turn)]
    return Verdict(len(chats), tuple(known.off(judged)), failing, unknown)


def added(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on several states together."""
    found = list(verdicts)
    return Verdict(
        sum(one.chats for one in found),
        tuple(chat for one in found for chat in one.off),
        tuple(key for one in found for key in one.failing),
        tuple(key for one in found for key in one.unknown),
    )


def _masked(key: str) -> str:
    from linter.snapshot.redact import scrub  # noqa: PLC0415 - where all is well no chat is named

    return scrub(key)


def _fails(turn: Row) -> bool:
    return cannot_answer(turn["outcome"], turn["profile"])


def cannot_answer(outcome: str, profile: str | None) -> bool:
    """Tell whether a turn has no login to run with, neither one of OpenClaw's nor Codex's own."""
    return outcome == "unrunnable" or (profile is None and outcome not in ("unknown", "native"))


class _Known:
    """What is known of accounts, and of who is meant to answer."""

    def __init__(self, tables: Tables) -> None:
        self._seen = {(row["agent"], row["id"]): row for row in tables["visible_profiles"]}
        self._entries = {(row["tool"], row["key"]): row["identity"] or {} for row in tables["repo_profiles"]}
        self._wishes = {agent: row for row in tables["preference"] if row["value"] for agent in row["agents"]}

    def off(self, chats: list[tuple[Row, Row]]) -> Iterator[OffChat]:
        for session, turn in chats:
            agent, used = session["agent"], turn["profile"]
            answering = self._seen.get((agent, used), {})
            for meant, name, wanted in self._wanted(session):
                known = meant == "pinned" or bool(wanted.get("seat") and answering.get("seat"))
                if name != used and known and not _same(wanted, answering):
                    accounts = _account(wanted), used, _account(answering)
                    yield OffChat(agent, _masked(session["key"]), meant, name, *accounts)

    def _wanted(self, session: Row) -> Iterator[tuple[Meant, str, Row]]:
        """Yield who is meant to answer: by a pin that somebody set, else by the helper of the agent."""
        wish = self._wishes.get(session["agent"])
        if session["pin"] and session["override_source"] != "auto":
            yield "pinned", session["pin"], self._seen.get((session["agent"], session["pin"]), {})
        elif wish is not None:
            yield "selected", wish["value"], self._entries.get((wish["tool"], wish["value"]), {})


def _same(one: Row, other: Row) -> bool:
    return bool(one.get("seat")) and one.get("seat") == other.get("seat")


def _account(identity: Row) -> str | None:
    return identity.get("email") or identity.get("account_id")


def told(found: Verdict, worst: str | None) -> str:
    """Return the answer in a sentence or two; `worst` is the title of the worst cause, if there is one."""
    said = []
    if found.off:
        pinned = [chat for chat in found.off if chat.meant == "pinned"] or found.off
        chat, others = pinned[0], len(pinned) - 1
        meant = "they are pinned to" if chat.meant == "pinned" else "is selected"
        if len(pinned) == 1:
            meant = "it is pinned to" if chat.meant == "pinned" else "is selected"
        wanted, used = _two_names(chat)
        more = f", and {others} more" if others else ""
        said.append(
            f"{len(pinned)} of {_chats(found.chats)} will use another account than {meant}: "
            f"{chat.key} → {used} instead of {wanted}{more}"
        )
    if found.failing:
        said.append(f"{len(found.failing)} of {_chats(found.chats)} cannot answer: {_some(found.failing)}")
    if found.unknown:
        said.append(
            f"Which account {len(found.unknown)} of {_chats(found.chats)} will use is unknown: "
            f"{_some(found.unknown)}"
        )
    if said:
        return ". ".join(said) + "."
    if worst and found.chats:
        word = worst.partition(" ")[0]
        first = worst[:1].lower() if word.isalpha() and word[1:] == word[1:].lower() else worst[:1]
        return f"No chat loses the account that it is pinned to, but: {first}{worst[1:]}."
    if worst:
        return f"{worst}."
    return "Every chat uses the account that it is meant to use." if found.chats else ""


def _two_names(chat: OffChat) -> tuple[str, str]:
    """Return what to call the account that is wanted and the one that is used, so that they differ."""
    wanted, used = chat.wanted_account or chat.wanted, chat.used_account or chat.used
    return (chat.wanted, chat.used) if wanted == used else (wanted, used)


def _chats(count: int) -> str:
    return f"{count} chat{'' if count == 1 else 's'}"


def _some(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
