import pytest

from fixtures import load

NOW = "2026-11-22T00:00:00Z"


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("2026.3.24-pin-missing", 1, "Broken: 3, 4;"),
        ("2026.3.24-clean", 0, "Cannot be known: 5, 6; holds: 1, 2, 3, 4, 7."),
        ("2026.9.6-clean", 0, "Cannot be known: 5, 6; holds: 1, 2, 3, 4, 7."),
        ("2026.3.24-store-cut", 1, "Broken: 4; cannot be known: 2, 3, 5, 6, 7; holds: 1."),
    ],
)
def test_the_items_of_a_recorded_state(authlint, tmp_path, name, code, said):
    state = load.materialise(name, tmp_path / "home")
    result = authlint("checklist", state, "--now", NOW)
    assert result.exit_code == code
    assert said in result.stdout
    assert all(f"\n{number}  " in result.stdout for number in range(1, 8))


def test_evidence_makes_an_item_known(authlint, tmp_path):
    state = load.materialise("2026.9.6-clean", tmp_path / "home")
    evidence = tmp_path / "capture.json"
    evidence.write_text(
        '{"evidence": 1, "display": [{"surface": "/status", "session": "agent:main:main",'
        ' "semantic": "effective", "profile": "openai:alice@example.com", "at": "2026-11-22T00:00:00Z"}]}'
    )
    result = authlint("checklist", state, "--now", NOW, "--evidence", evidence)
    assert "5  The status shows the intended meaning\n   cannot" not in result.stdout


def test_nothing_to_check_gives_exit_code_3(authlint, tmp_path):
    assert authlint("checklist", tmp_path / "absent").exit_code == 3
