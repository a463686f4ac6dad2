"""Fleets for real, for `.ci/live/fleet`: an S3 server, a cluster that loses a worker, 10,000 machines."""

import json
import os
import signal
import subprocess
import sys

import pytest

from fixtures.fleet import host_name, write_fleet
from linter.configuration.find import TRUSTED
from linter.fleet.compute import Crew, computed
from linter.fleet.judge import Plan

pytestmark = pytest.mark.skipif("AUTHLINT_LIVE" not in os.environ, reason="run by .ci/live/fleet")
PLAN = Plan(None, TRUSTED, (), (), (), None, buckets=1)


def run(*words, **environment):
    command = [sys.executable, "-c", "from linter.__main__ import main; main()", "fleet", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def told(outcome):
    return [*outcome.tallies], sorted(outcome.rows, key=str)


@pytest.fixture
def bucket(monkeypatch):
    """An S3 server on loopback, with a bucket."""
    moto, s3fs = (pytest.importorskip(name) for name in ("moto.server", "s3fs"))
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "fake",
        "AWS_SECRET_ACCESS_KEY": "fake",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    files = s3fs.S3FileSystem()
    files.mkdir("fleet")
    yield files
    server.stop()


def test_snapshots_come_from_s3_and_findings_go_there(bucket, write):
    for path in write(40, shared=5):
        bucket.put_file(str(path), f"fleet/night/{path.name}")
    bucket.pipe_file("fleet/night/torn.json", b"{")
    done = run("s3://fleet/night", "-o", "s3://fleet/findings", "-f", "json", "--workers", 2)
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert {tuple(one["machines"]) for one in found["shared"] if one["severity"] == "error"} == {
        (host_name(number), host_name(number + 1)) for number in range(0, 10, 2)
    }
    assert found["unread"][0]["snapshot"] == "s3://fleet/night/torn.json"
    assert (found["snapshots"], found["states"]["unread"]) == (41, 1)
    names = [name.rpartition("/")[2] for name in bucket.ls("fleet/findings")]
    assert "shared.parquet" in names
    sarif = json.loads(run("s3://fleet/night", "-f", "sarif").stdout)
    error = next(one for one in sarif["runs"][0]["results"] if one["level"] == "error")
    place = error["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "s3://fleet/night/000000.json"
    assert "uriBaseId" not in place


def test_a_cluster_that_loses_a_worker_says_the_same(write):
    distributed = pytest.importorskip("distributed")
    paths = [*map(str, write(120, shared=10))]
    parts = [paths[start : start + 4] for start in range(0, 120, 4)]
    wanted = told(computed(PLAN, parts, Crew(1), lambda *_: None))
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        killed = []

        def kill(done, of):
            if done == of // 3 and not killed:
                killed.append(cluster.workers[0].process.pid)
                os.kill(killed[0], signal.SIGKILL)

        crew = Crew(2, cluster.scheduler_address)
        assert told(computed(PLAN, parts, crew, kill)) == wanted
    assert killed


def test_a_scheduler_that_is_not_there_is_told(write, tmp_path):
    write(1)
    done = run(tmp_path / "hosts", "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert done.stderr.startswith("authlint: no scheduler answers at tcp://127.0.0.1:9")


def test_twenty_tokens_among_ten_thousand_machines_are_found_and_none_else(tmp_path, text):
    write_fleet(tmp_path / "hosts", 10_000, 20, text)
    found = json.loads(run(tmp_path / "hosts", "-f", "json").stdout)
    assert found["machines"] == 10_000
    assert {tuple(one["machines"]) for one in found["shared"] if one["severity"] == "error"} == {
        (host_name(number), host_name(number + 1)) for number in range(0, 40, 2)
    }
