import pytest

from linter.snapshot.renaming import possible_scopes, renaming


@pytest.mark.parametrize(
    ("text", "renamed"),
    [
        ("openai-codex", "openai"),
        ("openai-codex:alice@example.com", "openai:alice@example.com"),
        ("openai-codex/gpt-5.4", "openai/gpt-5.4"),
        ("my-openai-codex:a", "my-openai-codex:a"),
        ("openai:a", "openai:a"),
    ],
)
def test_the_provider_is_renamed_as_a_whole_word(text, renamed):
    assert renaming({"canonical": "openai-codex"}, {"canonical": "openai"})(text) == renamed


@pytest.mark.parametrize("pair", [("openai", "openai"), (None, "openai"), ("openai-codex", None)])
def test_nothing_is_renamed_where_the_name_stayed_or_is_not_known(pair):
    before, after = ({"canonical": name} for name in pair)
    assert renaming(before, after)("openai-codex:a") == "openai-codex:a"


def test_only_mains_store_and_the_shared_one_take_each_others_place():
    assert [*possible_scopes("shared")] == ["shared", "agent:main"]
    assert [*possible_scopes("agent:ops")] == ["agent:ops"]
