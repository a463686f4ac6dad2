"""Which session entries are one conversation, though they have keys of their own."""

from linter.snapshot.tables import Row


def fill_conversations(sessions: list[Row]) -> None:
    """Give unarchived entries of one agent that share a session id, or a key but for its case, one name.

    The name is the key of the first of them. Entries that stand alone keep none.
    """
    known: dict[tuple[str, str], Row] = {}
    for row in sessions:
        if row["sessionId"] and not row["archived"]:
            _join(known.setdefault((row["agent"], row["sessionId"]), row), row)
    spelled = {(row["agent"], row["folded_key"]) for row in sessions if row["folded_key"] != row["key"]}
    if spelled:
        namesakes: dict[tuple[str, str], Row] = {}
        for row in sessions:
            name = (row["agent"], row["folded_key"])
            if name in spelled and not row["archived"]:
                _join(namesakes.setdefault(name, row), row)


def _join(first: Row, row: Row) -> None:
    if first is not row:
        first["conversation"] = row["conversation"] = first["conversation"] or first["key"]
