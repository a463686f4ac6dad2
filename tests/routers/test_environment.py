"""Variables that bypass a login: names only."""

import json

import pytest

from linter.openclaw.location import ShellVariable

UNIT = ".config/systemd/user/openclaw-gateway.service"


def flags(snapshot):
    rows = snapshot.tables["env_flags"]
    return {(row["where"], row["name"]): (row["set"], row["points_elsewhere"]) for row in rows}


def test_variables_of_the_shell_are_taken_over(home):
    shell = (ShellVariable("CODEX_API_KEY", set=True, points_elsewhere=None),)
    assert flags(home.read(shell=shell)) == {("shell", "CODEX_API_KEY"): (True, None)}


def test_the_state_directorys_dotenv_is_read_by_name(home):
    home.write(
        ".openclaw/.env",
        "# CODEX_API_KEY=commented\nexport OPENAI_API_KEY='sk-secret-1'\nCODEX_ACCESS_TOKEN=\nOTHER=x\n",
    )
    assert flags(home.read()) == {
        ("state-env", "OPENAI_API_KEY"): (True, None),
        ("state-env", "CODEX_ACCESS_TOKEN"): (False, None),
    }


def test_a_codex_home_elsewhere_is_told_from_the_inspected_one(home):
    home.write(".openclaw/.env", "CODEX_HOME=~/.codex\n")
    assert flags(home.read()) == {("state-env", "CODEX_HOME"): (True, False)}
    home.write(".openclaw/.env", "CODEX_HOME=~/other\n")
    assert flags(home.read()) == {("state-env", "CODEX_HOME"): (True, True)}


def test_a_systemd_unit_of_the_gateway_is_read(home):
    unit = '[Service]\nEnvironment=HOME=/x "OPENAI_API_KEY=sk secret" CODEX_API_KEY=\nExecStart=/bin/true\n'
    home.write(".config/systemd/user/openclaw-gateway-work.service", unit)
    home.write(".config/systemd/user/other.service", "Environment=CODEX_API_KEY=x\n")
    assert flags(home.read()) == {
        ("service", "OPENAI_API_KEY"): (True, None),
        ("service", "CODEX_API_KEY"): (False, None),
    }


def test_a_launch_agent_of_the_gateway_is_read(home):
    plist = "<dict><key>CODEX_API_KEY</key>\n <string>sk-secret-2</string></dict>"
    home.write("Library/LaunchAgents/ai.openclaw.gateway.plist", plist)
    assert flags(home.read()) == {("service", "CODEX_API_KEY"): (True, None)}


def test_no_value_leaves(home):
    home.write(".openclaw/.env", "OPENAI_API_KEY=plain-secret\nCODEX_API_KEY=other-secret\n")
    assert "secret" not in json.dumps(home.read().tables)


def test_a_service_with_another_state_directory_is_told_with_that_directory(home):
    home.write(".config/systemd/user/openclaw-gateway.service", "Environment=OPENCLAW_STATE_DIR=~/srv\n")
    home.write("srv/agents/main/agent/auth-profiles.json", "{}")
    snapshot = home.read(own=True)
    assert flags(snapshot) == {("service", "OPENCLAW_STATE_DIR"): (True, True)}
    assert [row["path"] for row in snapshot.tables["files"] if row["role"] == "other-state"] == ["~/srv"]


def services(snapshot):
    return [row["path"] for row in snapshot.tables["files"] if row["role"] == "service"]


@pytest.mark.parametrize("written", ["%h/keys.env", '"{home}/keys.env"', "-{home}/keys.env"])
def test_the_files_that_a_unit_names_are_read_and_count_more(home, written):
    path = written.replace("{home}", str(home.root))
    home.write(UNIT, f"[Service]\nEnvironmentFile={path}\nEnvironment=XAI_API_KEY= GEMINI_API_KEY=made-up\n")
    home.write("keys.env", "# keys\nXAI_API_KEY=made-up\n")
    snapshot = home.read()
    assert flags(snapshot) == {
        ("service", "XAI_API_KEY"): (True, None),
        ("service", "GEMINI_API_KEY"): (True, None),
    }
    assert len(services(snapshot)) == 1


@pytest.mark.parametrize(
    ("line", "seen"),
    [("/none/keys.env", 0), ("-/none/keys.env", 1), ("%t/keys.env", 0), ("-%t/keys.env", 0)],
)
def test_a_unit_with_a_file_that_cannot_be_seen_does_not_tell_all(home, line, seen):
    home.write(UNIT, f"Environment=XAI_API_KEY=made-up\nEnvironmentFile={line}\n")
    snapshot = home.read()
    assert flags(snapshot) == {("service", "XAI_API_KEY"): (True, None)}
    assert len(services(snapshot)) == seen
