"""What may be in files that were not read whole, and whose it is."""

import pytest

from linter.openclaw.incomplete import list_unread, mark_incomplete
from linter.snapshot.tables import empty_tables, new_row

AT = {"source": "s", "pointer": ""}


@pytest.mark.parametrize(
    ("role", "marked", "expected"),
    [
        ("store", "incomplete", ["logins"]),
        ("agent-db", "incomplete", ["logins"]),
        ("state-db", "incomplete", ["logins"]),
        ("legacy-auth", "waits", ["logins"]),
        ("archive", "waits", ["logins"]),
        ("legacy-auth", "incomplete", []),
        ("sessions", "incomplete", []),
        ("repo", "incomplete", ["accounts"]),
        ("router-snapshot", "incomplete", ["accounts"]),
        ("router-config", "incomplete", ["accounts"]),
        ("store", "exists", []),
    ],
)
def test_the_kind_of_what_may_be_in_a_file(role, marked, expected):
    assert [row["what"] for row in unread(role=role, **{marked: True})] == expected


@pytest.mark.parametrize(
    ("agent", "whose"), [("ops", "ops"), ("main", "main"), ("owner", None), (None, None)]
)
def test_what_all_inherit_is_missed_by_all(agent, whose):
    (row,) = unread(role="store", agent=agent, incomplete=True)
    assert (row["whose"], row["path"], row["at"]) == (whose, "p", AT)


@pytest.mark.parametrize(("holder", "waits"), [("boss", False), (None, False), ("main", True)])
def test_a_shared_archive_waits_unless_the_agent_that_all_inherit_from_has_logins(holder, waits):
    archive = new_row("files", at=AT, path="a/auth-profiles.json.bak", role="archive", exists=True)
    database = new_row("files", at=AT, path="d", role="agent-db", agent=holder, exists=True, profile_count=1)
    tables = {**empty_tables(), "files": [archive, database]}
    mark_incomplete(tables, "S", "boss")
    assert archive["waits"] is waits


def unread(**columns):
    tables = {**empty_tables(), "files": [new_row("files", at=AT, path="p", **columns)]}
    list_unread(tables, "owner")
    return tables["unread"]
