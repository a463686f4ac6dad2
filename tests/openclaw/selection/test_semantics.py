import pytest

from linter.openclaw.selection.semantics import parse_version, semantics_of


def test_an_unknown_era_has_no_known_behaviour():
    assert semantics_of("unknown", "2026.9.6", None) is None


@pytest.mark.parametrize(
    ("era", "canonical", "version"),
    [
        ("J", "openai-codex", "2026.5.27"),
        ("J", None, "2026.5.27"),
        ("J", "openai", "2026.6.4"),
        ("H", "openai", "2026.7.35"),
        ("S", "openai", "2026.9.6"),
    ],
)
def test_without_a_version_the_last_of_the_era_is_taken(era, canonical, version):
    assert semantics_of(era, None, canonical) == semantics_of(era, version, canonical)


def test_without_a_version_only_2026_5_28_lets_an_api_key_answer_for_codex():
    assert not semantics_of("J", None, None).pairs_openai_and_codex
    assert semantics_of("J", "2026.5.28", None).pairs_openai_and_codex


def test_an_order_beside_the_credentials_was_written_by_a_version_that_kept_it_there():
    joined = semantics_of("J", None, None, joined=True)
    assert joined == semantics_of("J", "2026.4.5", None)
    assert not joined.keeps_unlisted_user_pin
    assert semantics_of("J", "2026.5.7", None, joined=True) == semantics_of("J", "2026.5.7", None)
    assert semantics_of("H", None, "openai", joined=True) == semantics_of("H", None, "openai")


def test_a_version_that_has_not_migrated_the_state_counts_as_the_last_that_kept_it_so():
    assert semantics_of("J", "2026.9.6", "openai-codex") == semantics_of("J", "2026.6.4", "openai-codex")
    assert semantics_of("S", "2026.3.24", "openai") == semantics_of("S", "2026.8.1", "openai")


def test_versions_compare_by_number():
    assert not semantics_of("J", "2026.4.5", None).reads_auth_state
    assert semantics_of("J", "2026.4.10", None).reads_auth_state


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("2026.9.6", (2026, 9, 6)),
        ("2026.7.2-beta.1", (2026, 7, 2)),
        (None, None),
        ("", None),
        ("latest", None),
    ],
)
def test_parse_version(text, version):
    assert parse_version(text) == version
