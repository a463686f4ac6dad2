"""Read an `authlint.yaml`."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from linter.configuration.checked_text import checked_text
from linter.configuration.extends import extended
from linter.configuration.find import TRUSTED, Reach
from linter.configuration.model import (
    Configuration,
    ConfigurationError,
    Exemption,
    Override,
    RuleChange,
)
from linter.engine.errors import RuleFileProblem
from linter.engine.yaml_text import YamlText
from linter.engine.yaml_values import Steps

_DAY = len("2026-12-31")


def read_configuration(path: Path, cache_dir: Path | None = None, reach: Reach = TRUSTED) -> Configuration:
    """Read and check a configuration, by itself: rule ids are checked against a pack later.

    Raises ConfigurationError with every problem that was found.
    """
    document = checked_text(path, cache_dir, reach)
    sets, folders = extended(document, reach)
    value = document.value
    problems: list[RuleFileProblem] = []
    configuration = Configuration(
        document=document,
        sets=sets,
        folders=folders,
        rules=_changes(value.get("rules", {}), ("rules",)),
        params=value.get("params", {}),
        overrides=tuple(
            _override(document, ("overrides", index), entry, problems)
            for index, entry in enumerate(value.get("overrides", ()))
        ),
        exemptions=tuple(
            _exemption(document, ("suppress", index), entry, problems)
            for index, entry in enumerate(value.get("suppress", ()))
        ),
        expectations=tuple(value.get("expect", ())),
        routers=tuple(value.get("routers", ())),
        providers=tuple(provider.strip().lower() for provider in value.get("providers", ())),
        evidence=tuple(path.parent / Path(name).expanduser() for name in value.get("evidence", ())),
        baseline=path.parent / Path(value["baseline"]).expanduser() if "baseline" in value else None,
        outside=tuple(path.parent / Path(name).expanduser() for name in value.get("outside", ())),
        reach=reach,
    )
    problems += _too_far(configuration)
    if problems:
        raise ConfigurationError(problems)
    return configuration


def _too_far(configuration: Configuration) -> Iterator[RuleFileProblem]:
    """Yield the files and folders that a configuration may not name."""
    named: list[tuple[Steps, Path]] = [
        *((("evidence", index), path) for index, path in enumerate(configuration.evidence)),
        *((("outside", index), path) for index, path in enumerate(configuration.outside)),
    ]
    if configuration.baseline is not None:
        named.append((("baseline",), configuration.baseline))
    for steps, path in named:
        objection = configuration.reach.objection(path)
        if steps[0] == "outside" and configuration.reach.folders is not None:
            objection = "may only be in a configuration that you name with --config, or in your own folder"
        if objection:
            yield configuration.document.problem(steps, f"this {objection}")


def _changes(rules: Mapping[str, Any], steps: Steps) -> tuple[RuleChange, ...]:
    return tuple(
        RuleChange(pattern, setting, {}, (*steps, pattern))
        if isinstance(setting, str)
        else RuleChange(pattern, setting.get("severity"), setting.get("params", {}), (*steps, pattern))
        for pattern, setting in rules.items()
    )


def _override(
    document: YamlText, steps: Steps, entry: Mapping[str, Any], problems: list[RuleFileProblem]
) -> Override:
    where = {name: pattern for name, pattern in entry.items() if name != "rules"}
    if not where:
        problems.append(
            document.problem(steps, "say for which `agent`, `profile`, `session` or `path` this is")
        )
    return Override(where, _changes(entry["rules"], (*steps, "rules")))


def _exemption(
    document: YamlText, steps: Steps, entry: Mapping[str, Any], problems: list[RuleFileProblem]
) -> Exemption:
    until, end = entry.get("until"), None
    if until is not None:
        try:
            end = _end(until)
        except ValueError:
            problems.append(
                document.problem(
                    (*steps, "until"), f"`{until}` is no date like 2026-12-31 or 2026-12-31T12:00:00Z"
                )
            )
    return Exemption(entry["rule"], entry["subject"], entry["reason"].strip(), until, end, steps)


def _end(until: str) -> int:
    """Return the first moment after a day, or a moment itself: ms since the epoch. Raises ValueError."""
    moment = datetime.fromisoformat(until)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if len(until) <= _DAY:
        moment += timedelta(days=1)
    return int(moment.timestamp() * 1000)
