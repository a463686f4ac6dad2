"""What a configuration makes of the findings on one state."""

from collections.abc import Mapping
from typing import Any

from linter.configuration.model import Configuration
from linter.configuration.overrides import overridden
from linter.configuration.suppress import suppressed
from linter.engine.finding import Evaluation
from linter.engine.pack import Pack
from linter.engine.settings import Settings


def applied(
    configuration: Configuration,
    evaluation: Evaluation,
    pack: Pack,
    root: Mapping[str, Any],
    settings: Settings,
) -> Evaluation:
    """Return an evaluation after overrides, with suppressed findings marked."""
    for override in configuration.overrides:
        evaluation = overridden(evaluation, override, pack, root, settings)
    if not configuration.exemptions:
        return evaluation
    now = root["meta"]["now"]
    return evaluation._replace(findings=suppressed(evaluation.findings, configuration, now))
