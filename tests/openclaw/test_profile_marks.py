from hypothesis import given
from hypothesis import strategies as st

from linter.openclaw.profile_marks import ids_by_mark, log_mark, replay_mark, short_mark
from linter.snapshot.tables import empty_tables


def test_marks_are_those_that_openclaw_wrote_in_real_runs():
    assert short_mark("openai:alice@example.com") == "wbrggl70383t"
    assert short_mark("openai:bob@example.com") == "a17r0s131ry18"
    assert replay_mark("openai:alice@example.com") == "08d596e1aec4d6cc"
    assert log_mark("openai:alice@example.com") == "sha256:08d596e1aec4"


def test_characters_beyond_16_bits_count_as_two():
    assert short_mark("openai:\U0001f600") == short_mark("openai:\ud83d\ude00")


@given(st.text())
def test_a_short_mark_is_two_numbers_in_base_36(name):
    assert 2 <= len(short_mark(name)) <= 14
    int(short_mark(name), 36)


def test_every_table_that_names_a_profile_gives_its_marks():
    tables = empty_tables()
    tables["profiles"].append({"id": "openai:a"})
    tables["sessions"].append({"authProfileOverride": "openai:pinned"})
    tables["sessions"].append({"authProfileOverride": ["not a name"]})
    tables["usage_stats"].append({"id": "openai:used"})
    found = ids_by_mark(tables, short_mark, replay_mark)
    assert set(found.values()) == {"openai:a", "openai:pinned", "openai:used"}
    assert found[replay_mark("openai:used")] == "openai:used"
