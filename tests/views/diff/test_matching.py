"""Things of two snapshots that are the same thing."""

from hypothesis import given
from hypothesis import strategies as st

from linter.views.diff.matching import naming, paired

J = {"canonical": "openai-codex", "era": "J"}
H = {"canonical": "openai", "era": "H"}
S = {"canonical": "openai", "era": "S"}

keys = st.lists(
    st.tuples(
        st.sampled_from(["shared", "agent:main", "agent:ops"]),
        st.sampled_from(["openai:a", "openai-codex:a", "openai:b", "x"]),
    ),
    unique=True,
)


def pairs(before, after, metas):
    found = paired({key: key for key in before}, {key: key for key in after}, naming(*metas))
    return [*found]


@given(keys, keys, st.sampled_from([(J, J), (J, H), (J, S), (S, J)]))
def test_everything_is_told_once_and_what_has_the_same_key_stays_together(before, after, metas):
    found = pairs(before, after, metas)
    assert sorted(one for one, _ in found if one) == sorted(before)
    assert sorted(two for _, two in found if two) == sorted(after)
    assert all((key, key) in found for key in {*before} & {*after})


def test_an_upgrade_renames_the_provider_and_moves_mains_store():
    old, new = ("agent:main", "openai-codex:a"), ("shared", "openai:a")
    assert pairs([old], [new], (J, S)) == [(old, new)]
    assert pairs([old], [new], (J, H)) == [(old, None), (None, new)]


def test_within_a_version_nothing_moves():
    old, new = ("agent:main", "openai:a"), ("shared", "openai:a")
    assert pairs([old], [new], (S, S)) == [(old, None), (None, new)]


def test_the_first_order_is_of_no_importance():
    ids = [("shared", name) for name in "cab"]
    assert pairs(ids, reversed(ids), (S, S)) == pairs(sorted(ids), ids, (S, S))


def test_a_text_is_the_same_under_the_new_name_of_the_provider():
    names = naming(J, S)
    assert names.same("openai-codex:a (user)", "openai:a (user)")
    assert names.same("openai-codex:a (user)", "openai-codex:a (user)")
    assert not names.same("openai:a (user)", "openai-codex:a (user)")
