"""The dataset: one row a finding, masked, in files of one schema that anything reads."""

import json
import re
from pathlib import Path

import pytest

from fixtures import load
from fixtures.fleet import host_name
from linter.fleet.dataset import COLUMNS, UNREADABLE

pq = pytest.importorskip("pyarrow.parquet")
PAGE = Path(__file__).parents[2] / "docs/fleet.md"


@pytest.fixture
def rows(fleet, tmp_path):
    """Return a function that writes the dataset of the machines, and returns what is in it."""

    def run():
        fleet(tmp_path / "hosts", "-o", tmp_path / "out")
        return pq.read_table(tmp_path / "out").to_pylist()

    return run


@pytest.fixture
def broken(authlint, tmp_path):
    """Return a function that adds a machine with a pin to a profile that is gone."""

    def run(number):
        state = load.materialise("2026.3.24-pin-missing", tmp_path / f"home{number}")
        file = tmp_path / f"hosts/b{number}.json"
        authlint("snapshot", state, "--now", "2026-11-22T00:00:00Z", "-o", file)
        value = json.loads(file.read_text())
        value["meta"]["host"] = host_name(number)
        file.write_text(json.dumps(value))
        return file

    return run


def test_each_finding_is_a_row(rows, write, broken, authlint):
    write(2)
    file = broken(10)
    alone = json.loads(authlint("lint", file, "-f", "json").stdout)["findings"]
    found = [row for row in rows() if row["snapshot"] == str(file) and row["machines"] is None]
    assert {row["fingerprint"] for row in found} == {one["fingerprint"] for one in alone}
    one = next(row for row in found if row["rule"] == "session-override-exists")
    assert (one["host"], one["era"], one["severity"]) == (host_name(10), "J", "error")
    assert (one["cause"], one["about"]) == ("missing-profile", "openai-codex:ghost@example.com")
    assert one["subject"] == "agent main, session agent:main:main"
    assert one["source"] == "agents/main/sessions/sessions.json"
    assert one["taken_at"].isoformat() == "2026-11-22T00:00:00+00:00"


def test_a_machine_without_findings_has_a_row_without_one(fleet, write, tmp_path):
    write(2)
    fleet(tmp_path / "hosts", "--select", "token-expired", "-o", tmp_path / "clean")
    found = pq.read_table(tmp_path / "clean").to_pylist()
    assert [(row["host"], row["version"], row["rule"]) for row in found] == [
        (host_name(number), "2026.9.6", None) for number in range(2)
    ]


def test_what_is_shared_is_a_row_for_each_machine(rows, write):
    write(4, shared=2)
    found = [row for row in rows() if row["rule"] == "fleet-refresh-token-unique"]
    assert [(row["host"], row["machines"]) for row in found] == [(host_name(n), 2) for n in range(4)]
    assert len({row["fingerprint"] for row in found}) == 2
    assert all("openclaw-agent.sqlite#" in row["source"] and row["pointer"] for row in found)


def test_what_cannot_be_read_is_a_row(rows, write):
    one, _ = write(2)
    one.write_text("{")
    (found,) = [row for row in rows() if row["rule"] == UNREADABLE]
    assert (found["snapshot"], found["severity"], found["host"]) == (str(one), "error", None)
    assert found["message"].startswith(f"{one}:1:2: ")


def test_all_files_have_the_documented_schema(rows, write, tmp_path):
    write(3, shared=1)
    rows()
    files = sorted((tmp_path / "out").iterdir())
    assert files[-1].name == "shared.parquet"
    for file in files:
        assert pq.read_schema(file).names == [*COLUMNS]
    documented = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(), re.MULTILINE)
    assert documented == [*COLUMNS]


def test_findings_of_two_runs_are_not_mixed(fleet, rows, write, tmp_path):
    write(2)
    rows()
    again = fleet(tmp_path / "hosts", "-o", tmp_path / "out")
    assert again.exit_code == 2
    assert "has the findings of an earlier run" in again.stderr


def test_no_token_is_in_the_dataset(rows, write):
    for path in write(6):
        path.write_text(path.read_text().replace("alice@example.com", "rt_FAKE_0123456789abcdef@example.com"))
    text = json.dumps(rows(), default=str)
    assert "rt_FAKE" not in text
    assert "[secret]" in text


def queries():
    return re.findall(r"```sql\n(.*?)```", PAGE.read_text(), re.DOTALL)


@pytest.mark.parametrize("number", range(3))
def test_the_queries_of_the_page_work(rows, write, broken, tmp_path, monkeypatch, number):
    duckdb = pytest.importorskip("duckdb")
    write(4, shared=1)
    broken(10)
    rows()
    (tmp_path / "out").rename(tmp_path / "findings")
    monkeypatch.chdir(tmp_path)
    found = duckdb.sql(queries()[number]).fetchall()
    assert found
