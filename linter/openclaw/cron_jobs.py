"""The models that cron jobs ask for, from cron/jobs.json or, from 2026.6 on, the shared database.

A job without a model of its own runs on that of the agent's sub-agents, else the agent's.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from linter.openclaw.agents import default_agent, normalise
from linter.openclaw.config import Config
from linter.openclaw.location import expand
from linter.openclaw.model_config import use_row
from linter.openclaw.plain import members, public, text
from linter.openclaw.reading import Reading
from linter.sources.interface import Cell
from linter.sources.paths import join
from linter.sources.reading import load_cell

if TYPE_CHECKING:  # JSON files need no database
    from linter.sources.database import Database

_TABLE, _KEY, _COLUMN = "cron_jobs", "job_id", "job_json"


class StoredJob(NamedTuple):
    """A row of the database: its id, and the job as JSON."""

    id: str
    data: bytes


def stored_jobs(database: "Database") -> tuple[StoredJob, ...]:
    """Return the jobs of a database that are enabled."""
    rows = database.rows(_TABLE, [_KEY, "enabled"], [_COLUMN])
    return tuple(StoredJob(str(row[_KEY]), row[_COLUMN]) for row in rows if row["enabled"] and row[_COLUMN])


def add_cron_jobs(
    reading: Reading, config: Config, agents: Iterable[str], stored: Iterable[StoredJob], *, in_files: bool
) -> None:
    """Append to `model_uses` the jobs that name a model and whose agent is wanted."""
    wanted = frozenset(agents)
    found = _from_file(reading, config) if in_files else _from_database(reading, stored)
    for source, pointer, job in found:
        payload = members(job.get("payload"))
        agent = normalise(text(job.get("agentId")) or default_agent(config))
        if job.get("enabled") is False or not text(payload.get("model")) or agent not in wanted:
            continue
        name = public(text(job.get("name")) or text(job.get("id")) or pointer)
        at = {"source": source, "pointer": join(pointer, "payload", "model")}
        row = use_row(config, at, agent, "cron", name, payload["model"])
        reading.snapshot.tables["model_uses"].append(row)


def _from_file(reading: Reading, config: Config) -> Iterator[tuple[str, str, dict[str, Any]]]:
    location = reading.location
    path = location.state_dir / "cron" / "jobs.json"
    configured = config.text("cron", "store")
    if configured:
        path = expand(configured, location.home, location.state_dir)
    file = reading.open_json(path, "cron", secret=False)
    jobs = members(file.value).get("jobs") if file else None
    if file and isinstance(jobs, list):
        yield from ((file.source, join("/jobs", pos), members(job)) for pos, job in enumerate(jobs))


def _from_database(
    reading: Reading, stored: Iterable[StoredJob]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    path = reading.location.state_database
    for job in stored:
        loaded = load_cell(path, reading.shown(path), Cell(_TABLE, job.id, _COLUMN), job.data)
        if loaded.document is not None:
            reading.snapshot.documents.add(loaded.document)
            yield loaded.document.id, "", members(loaded.value)
