import json

import pytest

from fixtures import load

NOW = "2026-11-22T00:00:00Z"


@pytest.fixture
def fingerprints(authlint, tmp_path):
    """Lint a state, and return the fingerprints of what is found."""
    state = load.materialise("2026.3.24-pin-missing", tmp_path / "home")
    out = tmp_path / "out.json"
    authlint("lint", state, "--now", NOW, "-f", f"json={out}")
    found = json.loads(out.read_text())["findings"]
    return [one["fingerprint"] for one in found if one["rule"] == "session-override-exists"]


def test_a_rule_has_a_page(authlint, cache_home):
    (cache_home / "authlint" / "last-run.json").unlink(missing_ok=True)
    result = authlint("explain", "session-override-exists")
    assert result.exit_code == 0
    for part in ("session-override-exists", "HOW TO MEND IT", "ABOUT THE RULE"):
        assert part in result.stdout
    assert "\x1b" not in result.stdout


def test_a_rule_of_ones_own_has_a_page_too(authlint, tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "id: mine\ntitle: Mine\nlayer: session\nseverity: note\nfor: {session: sessions}\n"
        "require: {that: session.live}\nmessage: never\nabout: What mine means.\nexamples: {}\n"
    )
    result = authlint("explain", "mine", "--rules", tmp_path)
    assert "What mine means." in result.stdout


def test_a_rule_that_does_not_exist_is_not_explained(authlint):
    result = authlint("explain", "session-override-exist")
    assert result.exit_code == 2
    assert "did you mean `session-override-exists`?" in result.stderr


@pytest.mark.parametrize("digits", [8, 32])
def test_a_finding_of_the_last_run_is_explained_by_its_values(authlint, fingerprints, digits):
    result = authlint("explain", fingerprints[0][:digits])
    assert result.exit_code == 0
    for part in (
        "sessions.json:17:28",
        "session.authProfileOverride",
        "openai-codex:ghost@example.com",
        "Fix (unsafe): Drop the pin",
        fingerprints[0],
    ):
        assert part in result.stdout


def test_the_page_of_a_rule_ends_with_what_was_found_last(authlint, fingerprints):
    result = authlint("explain", "session-override-exists")
    assert [digits[:8] in result.stdout for digits in fingerprints] == [True] * len(fingerprints)


@pytest.mark.parametrize("digits", ["0123456789", "0123456", "ffff"])
def test_an_unknown_fingerprint_gives_exit_code_2(authlint, digits):
    assert authlint("explain", digits).exit_code == 2


def test_a_clean_run_keeps_nothing(authlint, cache_home, tmp_path):
    state = load.materialise("2026.3.24-clean", tmp_path / "home")
    kept = cache_home / "authlint" / "last-run.json"
    kept.unlink(missing_ok=True)
    authlint("lint", state, "--now", NOW, "--select", "session-override-exists")
    assert not kept.exists()
