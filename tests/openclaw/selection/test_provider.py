import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.openclaw.selection.provider import (
    full_model,
    is_personal,
    prefix_of,
    realm_of,
    serves,
    split_profile,
)
from linter.openclaw.selection.semantics import semantics_of


@pytest.mark.parametrize(
    ("reference", "model", "profile"),
    [
        ("openai/gpt-5.5@openai:alice@example.com", "openai/gpt-5.5", "openai:alice@example.com"),
        ("gpt-5.5", "gpt-5.5", None),
        ("anthropic/claude@20260101", "anthropic/claude@20260101", None),
        ("anthropic/claude@20260101@work", "anthropic/claude@20260101", "work"),
        ("ollama/llama@q4_k_m", "ollama/llama@q4_k_m", None),
        ("ollama/llama@8bit@home", "ollama/llama@8bit", "home"),
        ("@openai/gpt-5.5", "@openai/gpt-5.5", None),
        ("openai/gpt-5.5@", "openai/gpt-5.5@", None),
        ("  ", "", None),
    ],
)
def test_a_profile_stands_behind_the_model(reference, model, profile):
    assert split_profile(reference) == (model, profile)


@given(st.text(alphabet="a/@ 12q_b:", max_size=20))
def test_splitting_loses_nothing_but_blanks(reference):
    model, profile = split_profile(reference)
    joined = model if profile is None else f"{model}@{profile}"
    assert joined.replace(" ", "") == reference.replace(" ", "")


def test_realms_are_compared_trimmed_and_in_lower_case():
    assert realm_of(" OpenAI ") == "openai"
    assert realm_of("  ") is None
    assert prefix_of("OpenAI:work") == "openai"
    assert prefix_of("work") is None


def test_personal_accounts_are_told_by_their_form():
    owner, account = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
    assert is_personal(f"personal:{owner}:{account}")
    assert is_personal(f"personal:gateway-owner:{account}")
    assert not is_personal("personal:work")


@pytest.mark.parametrize(
    ("provider", "model", "version", "full"),
    [
        ("openrouter", "auto", "2026.9.6", "openrouter/auto"),
        ("openrouter", "maker/auto", "2026.9.6", "maker/auto"),
        ("openai", "gpt-5.5", "2026.9.6", "gpt-5.5"),
        ("openrouter", None, "2026.9.6", None),
        ("openrouter", "auto", "2026.3.24", "auto"),
    ],
)
def test_a_model_without_a_maker_is_the_gateways_own(provider, model, version, full):
    era = "J" if version < "2026.6" else "S"
    assert full_model(semantics_of(era, version, None), provider, model) == full


@pytest.mark.parametrize(("version", "era", "same"), [("2026.5.7", "J", True), ("2026.9.6", "S", False)])
def test_old_versions_take_spellings_for_one_provider(version, era, same):
    assert serves(semantics_of(era, version, None), "zai", "api_key", "z.ai") == same
