from fixtures import load

NOW = "2026-11-22T00:00:00Z"


def test_trace_says_who_wins_why_and_what_is_written(authlint, tmp_path):
    state = load.materialise("2026.3.24-pin-missing", tmp_path)
    result = authlint("trace", "agent:main:main", state, "--now", NOW)
    assert result.exit_code == 0
    assert "pin openai-codex:ghost@example.com (user) ≠ next" in " ".join(result.stdout.split())
    assert "agents/main/sessions/sessions.json:17:28" in result.stdout
    told = " ".join(result.stdout.split())
    assert "openai-codex:carol@example.com is not stored for this agent" in told
    assert "because the pinned profile is not stored for this agent." in told
    assert "pinned to openai-codex:alice@example.com (source auto)" in told


def test_from_2026_9_a_dead_pin_of_a_user_fails_the_turn(authlint, tmp_path):
    state = load.materialise("2026.9.6-logged-out", tmp_path)
    result = authlint("trace", "agent:main:main", state, "--now", load.describe("2026.9.6-logged-out").now)
    assert "Next turn: fails with" in result.stdout
    assert "It writes: nothing; the pin stays as it is." in result.stdout


def test_without_a_session_every_live_one_is_explained(authlint, tmp_path):
    state = load.materialise("2026.3.24-clean", tmp_path)
    result = authlint("trace", state, "--now", NOW)
    assert result.stdout.count("Next turn:") == 3


def test_an_unknown_session_is_exit_code_3(authlint, tmp_path):
    state = load.materialise("2026.3.24-clean", tmp_path)
    result = authlint("trace", "agent:nobody:main", state, "--now", NOW)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "agent:nobody:main" in result.stderr


def test_layers_marks_what_differs_from_the_next_turn(authlint, tmp_path):
    state = load.materialise("2026.3.24-pin-missing", tmp_path)
    result = authlint("layers", state, "--now", NOW)
    (pinned,) = [block for block in result.stdout.split("\n\n") if block.startswith("agent:main:main")]
    assert "pin        ≠ openai-codex:ghost@example.com (user)" in pinned
    assert "2 with a layer that names another account" in result.stdout


def test_layers_leaves_idle_sessions_out_unless_asked(authlint, tmp_path):
    state = load.materialise("2026.3.24-clean", tmp_path)
    later = "2027-06-01T00:00:00Z"
    assert authlint("layers", state, "--now", later).exit_code == 3
    assert authlint("layers", state, "--now", later, "--all").stdout.count("(idle)") == 3
