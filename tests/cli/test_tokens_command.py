import pytest

from fixtures import load

KEY = "sk-" + "inv3nted" * 5


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(f"# Notes\n\nThe key is {KEY}\n")
    return path


def test_a_token_is_exit_code_1_with_its_place_and_never_itself(authlint, file):
    result = authlint("tokens", file)
    assert (result.exit_code, result.stdout) == (1, f"{file}:3:12: API key\n")
    assert KEY not in result.output


def test_files_without_tokens_are_exit_code_0_and_no_word(authlint, tmp_path):
    path = tmp_path / "clean.txt"
    path.write_text("nothing here")
    result = authlint("tokens", path)
    assert (result.exit_code, result.output) == (0, "")


def test_tokens_in_databases_and_in_utf_16_are_found(authlint, tmp_path):
    state = load.materialise("2026.9.6-clean", tmp_path / "home")
    windows = tmp_path / "windows.txt"
    windows.write_text(KEY, "utf-16")
    result = authlint("tokens", state / "state/openclaw.sqlite", windows)
    assert "openclaw.sqlite:" in result.stdout
    assert "windows.txt:1:1: API key" in result.stdout


def test_what_an_allow_pattern_matches_passes(authlint, file):
    assert authlint("tokens", "--allow", "^sk-inv3", file).exit_code == 0
    assert authlint("tokens", "--allow", "^sk-other", file).exit_code == 1


def test_a_wrong_pattern_is_wrong_use(authlint, file):
    result = authlint("tokens", "--allow", "(", file)
    assert result.exit_code == 2
    assert "regular expression" in result.stderr


def test_a_file_that_cannot_be_read_is_said_and_the_others_are_still_looked_at(authlint, file, tmp_path):
    result = authlint("tokens", tmp_path / "absent", file)
    assert result.exit_code == 2
    assert "cannot read" in result.stderr
    assert "API key" in result.stdout
