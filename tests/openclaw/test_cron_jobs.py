"""The models of cron jobs, wherever a version keeps them."""

import json
import sqlite3

import pytest

import linter
from fixtures import load

JOB = {
    "id": "7f0c0000-0000-4000-8000-000000000001",
    "name": "morning",
    "agentId": "main",
    "enabled": True,
    "payload": {"kind": "agentTurn", "message": "whisper", "model": "openai/gpt-5.4"},
}


def in_database(state, job):
    with sqlite3.connect(state / "state/openclaw.sqlite") as database:
        columns = {row[1]: row for row in database.execute("PRAGMA table_info(cron_jobs)")}
        values = {
            name: "" if "TEXT" in kind else 0 for _, name, kind, required, *_ in columns.values() if required
        }
        values |= {
            "store_key": "cron",
            "job_id": job["id"],
            "name": job["name"],
            "enabled": int(job["enabled"]),
            "job_json": json.dumps(job),
            "state_json": "{}",
        }
        names = [name for name in values if name in columns]
        marks = ", ".join("?" * len(names))
        database.execute(
            f"INSERT INTO cron_jobs ({', '.join(names)}) VALUES ({marks})", [values[name] for name in names]
        )
    database.close()


def in_file(state, job):
    (state / "cron").mkdir()
    (state / "cron/jobs.json").write_text(json.dumps({"version": 1, "jobs": [job]}))


WRITERS = {"2026.5.7": in_file, "2026.6.6": in_database, "2026.9.6": in_database}


def uses_of(state, name):
    taken = linter.take_snapshot(state, now=load.describe(name).now)
    return taken, [row for row in taken.tables["model_uses"] if row["use"] == "cron"]


@pytest.mark.parametrize("version", WRITERS)
def test_a_job_runs_on_the_model_that_it_names(version, tmp_path):
    name = f"{version}-clean"
    state = load.materialise(name, tmp_path)
    WRITERS[version](state, JOB)
    taken, (row,) = uses_of(state, name)
    assert (row["agent"], row["name"], row["provider"]) == ("main", "morning", "openai")
    assert "whisper" not in json.dumps(taken.tables)


@pytest.mark.parametrize(
    "job",
    [
        {**JOB, "enabled": False},
        {**JOB, "agentId": "elsewhere"},
        {**JOB, "payload": {"kind": "systemEvent", "text": "whisper"}},
        {**JOB, "payload": "whisper"},
    ],
)
@pytest.mark.parametrize("version", ["2026.5.7", "2026.9.6"])
def test_a_job_that_does_not_run_or_names_no_model_is_left_out(version, job, tmp_path):
    name = f"{version}-clean"
    state = load.materialise(name, tmp_path)
    WRITERS[version](state, job)
    assert uses_of(state, name)[1] == []
